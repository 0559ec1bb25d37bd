import type { DocumentSpec, GroupSpec, WorldSpec } from '../cloud/world-spec.ts';
import { compileDocument } from '../iam/policy.ts';
import { isObject } from '../iam/problem.ts';
import type { PathProblem } from './path-problem.ts';
import type { ContentPath } from './problem.ts';

interface DocumentAt {
  readonly path: ContentPath;
  readonly document: DocumentSpec;
}

/**
 * Policies of a world that are not JSON or not in the policy language, each at the element that is wrong. What a
 * document lacks for its place, such as a Principal, is found when the world is built.
 */
export function documentProblems(world: WorldSpec): readonly PathProblem[] {
  return documentsOf(world).flatMap(({ path, document }) => {
    const parsed = typeof document === 'string' ? parse(document) : document;
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

function documentsOf({ accounts, organization }: WorldSpec): readonly DocumentAt[] {
  return [...inAccounts(accounts), ...controlPolicies(organization)];
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
      ...Object.entries(account.buckets ?? {}).flatMap(([name, { policy }]) =>
        policy === undefined ? [] : [{ path: [...path, 'buckets', name, 'policy'], document: policy }],
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

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
