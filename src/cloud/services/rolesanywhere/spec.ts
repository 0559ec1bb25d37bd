import type { Draft } from 'immer';
import { newUuid } from '../../identifiers.ts';
import { entries, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import { profileArn } from './profiles.ts';
import { trustAnchorArn } from './trust-anchors.ts';

/** What an author says of Roles Anywhere in an account. */
export interface RolesAnywhereSpec {
  /** By name: the certificate authorities that the account takes certificates of. */
  readonly trustAnchors?: Readonly<Record<string, TrustAnchorSpec>>;
  /** By name: which roles certificates may be traded for. */
  readonly anywhereProfiles?: Readonly<Record<string, AnywhereProfileSpec>>;
}

export interface TrustAnchorSpec {
  /** A UUID; generated unless said. */
  readonly id?: string;
  /** Name of the authority: what a workload's certificate has as `issuer`. */
  readonly authority: string;
}

export interface AnywhereProfileSpec {
  /** A UUID; generated unless said. */
  readonly id?: string;
  /** Names of roles. */
  readonly roles: readonly string[];
}

const HOUR = 3600;

/** Fills an account with its trust anchors and profiles, all of them enabled. */
export function readRolesAnywhere(
  reader: SpecReader,
  at: SpecPath,
  account: Draft<Account>,
  spec: RolesAnywhereSpec,
): void {
  for (const [name, { authority, ...anchor }] of entries(spec.trustAnchors)) {
    const id = idOf(reader, [...at, 'trustAnchors', name], anchor.id, account.trustAnchors);
    const arn = trustAnchorArn(account.id, id);
    account.trustAnchors[id] = { id, arn, name, authority, enabled: true, created: reader.world.clock };
  }
  for (const [name, { roles, ...profile }] of entries(spec.anywhereProfiles)) {
    const path = [...at, 'anywhereProfiles', name];
    const id = idOf(reader, path, profile.id, account.anywhereProfiles);
    account.anywhereProfiles[id] = {
      id,
      arn: profileArn(account.id, id),
      name,
      roleArns: roles.flatMap((role, place) =>
        reader.refersTo([...path, 'roles', place], 'role', role, account.roles)
          ? [account.roles[role]?.arn ?? '']
          : [],
      ),
      durationSeconds: HOUR,
      enabled: true,
      created: reader.world.clock,
    };
  }
}

/** The id that an author gives, or a new one. */
function idOf(
  reader: SpecReader,
  path: SpecPath,
  given: string | undefined,
  taken: Readonly<Record<string, unknown>>,
): string {
  if (given !== undefined && (!UUID.test(given) || Object.hasOwn(taken, given))) {
    reader.problem([...path, 'id'], `${given} cannot be its id: a UUID in small letters, each once.`);
  }
  return given ?? newUuid(reader.world);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
