import { jsonObject } from '../cloud/json-object.ts';
import { HAVE_POLICIES } from '../cloud/resource-policy.ts';
import type { DocumentSpec, GroupSpec, WorldSpec } from '../cloud/world-spec.ts';
import { compileDocument } from '../iam/policy.ts';
import type { PathProblem } from './path-problem.ts';
import type { ContentPath } from './problem.ts';

/** A policy of a world, and where it stands in the file. */
export interface DocumentAt {
  readonly path: ContentPath;
  readonly document: DocumentSpec;
}

/**
 * Policies of a world that are not JSON or not in the policy language, each at the element that is wrong. What a
 * document lacks for its place, such as a Principal, is found when the world is built.
 */
export function documentProblems(world: WorldSpec): readonly PathProblem[] {
  return documentsOf(world).flatMap(({ path, document }) => {
    if (path.at(-2) === 'inline' && ['Version', 'Statement'].includes(String(path.at(-1)))) {
      const mend = 'Write the name above it: `inline: {my-policy: {Version: …, Statement: …}}`.';
      return [{ path, what: 'A policy under `inline` has a name.', mend }];
    }
    const parsed = typeof document === 'string' ? jsonObject(document) : document;
    if (parsed === null) {
      const mend = 'Look for a missing or extra comma or bracket, or write the policy as YAML.';
      return [{ path: [...path, 'Statement'], what: 'This policy is not a JSON object.', mend }];
    }
    return compileDocument(parsed).problems.map((problem) => ({
      path: [...path, ...problem.path],
      what: problem.message,
      mend: '',
    }));
  });
}

/** Every policy that an author has put into a world. */
export function documentsOf({ accounts, organization, identityCenter }: WorldSpec): readonly DocumentAt[] {
  const sets = Object.entries(identityCenter?.permissionSets ?? {}).flatMap(([name, { inline }]) =>
    documentAt(['world', 'identityCenter', 'permissionSets', name, 'inline'], inline),
  );
  return [...inAccounts(accounts), ...controlPolicies(organization), ...sets];
}

function documentAt(path: ContentPath, document: DocumentSpec | undefined): readonly DocumentAt[] {
  return document === undefined ? [] : [{ path, document }];
}

function controlPolicies(organization: WorldSpec['organization']): readonly DocumentAt[] {
  return (['scps', 'rcps'] as const).flatMap((field) =>
    Object.entries(organization?.[field] ?? {}).map(([name, { document }]) => ({
      path: ['world', 'organization', field, name, 'document'],
      document,
    })),
  );
}

function inAccounts(accounts: WorldSpec['accounts']): readonly DocumentAt[] {
  return Object.entries(accounts).flatMap(([id, account]) => {
    const path: ContentPath = ['world', 'accounts', id];
    const all = (field: string, holders: Readonly<Record<string, GroupSpec>> | undefined) =>
      Object.entries(holders ?? {}).flatMap(([name, { inline }]) => inlineOf([...path, field, name], inline));
    return [
      ...all('users', account.users),
      ...all('groups', account.groups),
      ...all('roles', account.roles),
      ...Object.entries(account.roles ?? {}).map(([name, { trust }]) => ({
        path: [...path, 'roles', name, 'trust'],
        document: trust,
      })),
      ...Object.entries(account.policies ?? {}).map(([name, { document }]) => ({
        path: [...path, 'policies', name, 'document'],
        document,
      })),
      ...HAVE_POLICIES.flatMap((kind) =>
        Object.entries(account[kind] ?? {}).flatMap(([name, { policy }]) =>
          documentAt([...path, kind, name, 'policy'], policy),
        ),
      ),
      ...Object.entries(account.vpcs ?? {}).flatMap(([name, { endpoints }]) =>
        Object.entries(endpoints ?? {}).flatMap(([service, { policy }]) =>
          documentAt([...path, 'vpcs', name, 'endpoints', service, 'policy'], policy),
        ),
      ),
    ];
  });
}

function inlineOf(path: ContentPath, inline: GroupSpec['inline']): readonly DocumentAt[] {
  return Object.entries(inline ?? {}).map(([name, document]) => ({
    path: [...path, 'inline', name],
    document,
  }));
}
