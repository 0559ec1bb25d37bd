import type { Actor } from '../../src/cloud/index.ts';
import { ACCOUNT } from './stage.ts';

interface Answered {
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly SessionToken: string;
  };
}

/** Whoever holds the credentials that an operation of STS answered. */
export function holder(output: unknown, account = ACCOUNT): Actor {
  const { AccessKeyId, SecretAccessKey, SessionToken } = (output as Answered).Credentials;
  return { kind: 'key', account, accessKey: AccessKeyId, secret: SecretAccessKey, token: SessionToken };
}
