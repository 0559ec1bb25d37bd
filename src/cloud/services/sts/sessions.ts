import type { ContextValue } from '../../../iam/request.ts';
import type { Caller } from '../../caller.ts';
import { generated, put } from '../../change.ts';
import { newAccessKeyId, newSecret, newToken } from '../../identifiers.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type {
  AccountId,
  Instant,
  SessionHolder,
  SessionPolicies,
  TemporaryCredentials,
  World,
} from '../../world.ts';
import { isoTime } from '../define.ts';

/** A session to be made: who holds it, for how long, and what else is known of it. */
export interface NewSession {
  readonly holder: SessionHolder;
  readonly seconds: number;
  readonly limits?: SessionPolicies | null;
  readonly context?: Readonly<Record<string, ContextValue>>;
  readonly transitive?: readonly string[];
  readonly mfa?: Instant | null;
}

/** Issues temporary credentials in an account. */
export function issueSession(
  world: World,
  account: AccountId,
  { holder, seconds, limits = null, context = {}, transitive = [], mfa = null }: NewSession,
): [credentials: TemporaryCredentials, world: World] {
  const [credentials, next] = generated(
    world,
    (generator): TemporaryCredentials => ({
      id: newAccessKeyId(generator, 'ASIA'),
      secret: newSecret(generator),
      token: newToken(generator),
      issued: world.clock,
      expires: world.clock + seconds * 1000,
      holder,
      limits,
      context,
      transitive,
      mfa,
    }),
  );
  const keyAccounts = { ...next.keyAccounts, [credentials.id]: account };
  return [credentials, put({ ...next, keyAccounts }, account, 'sessions', credentials.id, credentials)];
}

/** The temporary credentials a caller signs with; undefined for a long-term key. */
export function sessionOf(world: World, caller: Caller): TemporaryCredentials | undefined {
  return own(own(world.accounts, caller.account)?.sessions ?? {}, caller.accessKey);
}

/** Credentials as the AWS CLI prints them. */
export function described({ id, secret, token, expires }: TemporaryCredentials): Json {
  return { AccessKeyId: id, SecretAccessKey: secret, SessionToken: token, Expiration: isoTime(expires) };
}
