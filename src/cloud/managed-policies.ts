import type { NamedPolicy, PolicyDocument } from '../iam/request.ts';
import slice from './aws-managed-policies.json' with { type: 'json' };
import { own } from './own.ts';
import type { Instant, ManagedPolicy, PolicyVersion, World } from './world.ts';

/** The AWS managed policies that are simulated, by ARN. They belong to no account, and nobody can change them. */
export const awsManagedPolicies: Readonly<Record<string, ManagedPolicy>> = Object.fromEntries(
  Object.entries(slice).map(([arn, { name, version, created, updated, document }]) => [
    arn,
    {
      name,
      path: arn.slice(arn.indexOf('policy/') + 'policy'.length, -name.length),
      id: idOfAwsPolicy(name),
      arn,
      created: Date.parse(created),
      description: '',
      versions: [versionOf(version, Date.parse(updated), document)],
      defaultVersion: version,
      nextVersion: Number(version.slice(1)) + 1,
    },
  ]),
);

/** A version whose document is read from its text when it is first asked for: most never are, and they are long. */
function versionOf(id: string, created: Instant, text: string): PolicyVersion {
  let read: PolicyDocument | null = null;
  return {
    id,
    created,
    get document() {
      read ??= documentIn(text);
      return read;
    },
  };
}

function documentIn(text: string): PolicyDocument {
  return JSON.parse(text);
}

/** A managed policy, AWS's or a customer's, by its ARN; undefined when there is none. */
export function managedPolicy(world: World, arn: string): ManagedPolicy | undefined {
  // `arn:aws:iam::` has 13 characters, and an account id 12.
  const account = own(world.accounts, arn.slice(13, 25));
  return own(account?.policies ?? awsManagedPolicies, arn);
}

/** The document of a managed policy's default version; undefined when there is no such policy. */
export function policyDocument(world: World, arn: string): PolicyDocument | undefined {
  const policy = managedPolicy(world, arn);
  return policy?.versions.find(({ id }) => id === policy.defaultVersion)?.document;
}

const named = new WeakMap<ManagedPolicy, NamedPolicy>();

/**
 * A managed policy as the engine takes it; undefined when there is no such policy. The same object for the same
 * policy, since the engine remembers it by identity.
 */
export function namedPolicy(world: World, arn: string): NamedPolicy | undefined {
  const policy = managedPolicy(world, arn);
  const known = policy && named.get(policy);
  if (policy === undefined || known !== undefined) {
    return known;
  }
  const document = policyDocument(world, arn);
  const made = document && { name: arn.slice(arn.lastIndexOf('/') + 1), arn, document };
  if (made !== undefined) {
    named.set(policy, made);
  }
  return made;
}

/** AWS's own unique ids are not public knowledge that matters here: the name, spelled as an id. */
function idOfAwsPolicy(name: string): string {
  return `ANPA${name.toUpperCase().replaceAll(/[^A-Z2-7]/g, '')}AAAAAAAAAAAAAAAAA`.slice(0, 21);
}
