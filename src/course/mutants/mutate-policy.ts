import { compileDocument } from '../../iam/policy.ts';
import { isObject } from '../../iam/problem.ts';
import type { ContentPath } from '../problem.ts';
import { editJson, itemsAt, type JsonEdit } from './edit-json.ts';
import { flipTest, withTest } from './flip-condition.ts';
import { widerActions, widerPrincipals, widerResources } from './widen.ts';

type Document = Readonly<Record<string, unknown>>;

/** A policy document changed in one way. */
export interface Mutation {
  /** What was changed, from the document. */
  readonly path: ContentPath;
  /** What was done to it, such as `the condition on aws:PrincipalTag/team is dropped`. */
  readonly what: string;
  readonly document: Document;
}

interface Edit {
  /** What is pointed at. */
  readonly path: ContentPath;
  /** What is edited, where that is more than what is pointed at. */
  readonly whole?: ContentPath;
  readonly what: string;
  readonly to: JsonEdit;
}

/**
 * Every way in which a policy is changed to see whether a goal notices: a statement dropped, Allow and Deny
 * swapped, a condition dropped, flipped or made to hold without its key, an action, resource or principal widened.
 * Documents that AWS would not accept are left out.
 */
export function mutatePolicy(document: Document): readonly Mutation[] {
  return itemsAt(document.Statement, ['Statement'])
    .flatMap(([statement, path]) => (isObject(statement) ? editsOf(statement, path) : []))
    .flatMap(({ path, whole, what, to }) => {
      const edited = editJson(document, whole ?? path, to);
      return isObject(edited) && compileDocument(edited).problems.length === 0
        ? [{ path, what, document: edited }]
        : [];
    });
}

function editsOf(statement: Document, path: ContentPath): readonly Edit[] {
  const denies = statement.Effect === 'Deny';
  const swapped = denies ? 'Allow' : 'Deny';
  return [
    { path, what: `${denies ? 'the explicit deny' : 'the statement'} is dropped`, to: { kind: 'remove' } },
    { path: [...path, 'Effect'], what: `Effect is ${swapped}`, to: { kind: 'put', value: swapped } },
    ...conditionEdits(statement, [...path, 'Condition']),
    ...widened(statement.Action, [...path, 'Action'], widerActions),
    ...widened(statement.Resource, [...path, 'Resource'], widerResources),
    ...exceptions(statement, path),
    ...principalEdits(statement.Principal, [...path, 'Principal']),
  ];
}

/** Keys that a service which asks for somebody always brings: without them nobody is there to notice. */
const BROUGHT_BY_SERVICES = /^aws:Source(Account|Arn)$/i;

function conditionEdits(
  { Condition: condition, Principal: principal }: Document,
  path: ContentPath,
): readonly Edit[] {
  if (!isObject(condition)) return [];
  const ofService = isObject(principal) && Object.keys(principal).every((kind) => kind === 'Service');
  return Object.entries(condition).flatMap(([operator, block]) =>
    Object.entries(isObject(block) ? block : {}).flatMap(([key, values]) => {
      const at: ContentPath = [...path, operator, key];
      const flipped = flipTest(operator, values);
      const always = ofService && BROUGHT_BY_SERVICES.test(key);
      const loose =
        always || /IfExists$|^Null$/i.test(operator) ? null : { operator: `${operator}IfExists`, values };
      return [
        { path: at, what: `the condition on ${key} is dropped`, to: { kind: 'remove' } } as const,
        ...[flipped, loose].flatMap((test): readonly Edit[] =>
          test === null
            ? []
            : [
                {
                  path: at,
                  whole: path,
                  what: `the condition on ${key} ${test === loose ? 'holds without the key' : 'is flipped'}`,
                  to: { kind: 'put', value: withTest(condition, operator, key, test) },
                },
              ],
        ),
      ];
    }),
  );
}

function widened(
  value: unknown,
  path: ContentPath,
  wider: (text: string) => readonly string[],
): readonly Edit[] {
  return itemsAt(value, path).flatMap(([item, at]) =>
    typeof item !== 'string'
      ? []
      : wider(item).map(
          (text): Edit => ({
            path: at,
            what: `\`${item}\` is widened to \`${text}\``,
            to: { kind: 'put', value: text },
          }),
        ),
  );
}

/** What a `NotAction` or `NotResource` leaves out, left out no more. */
function exceptions(statement: Document, path: ContentPath): readonly Edit[] {
  return ['NotAction', 'NotResource', 'NotPrincipal'].flatMap((element) =>
    itemsAt(statement[element], [...path, element]).flatMap(([item, at]) =>
      typeof item === 'string'
        ? [{ path: at, what: `\`${item}\` is no exception any more`, to: { kind: 'remove' } } as const]
        : [],
    ),
  );
}

function principalEdits(principal: unknown, path: ContentPath): readonly Edit[] {
  if (!isObject(principal)) return [];
  return Object.entries(principal).flatMap(([kind, names]) =>
    itemsAt(names, [...path, kind]).flatMap(([name, at]): readonly Edit[] =>
      typeof name !== 'string'
        ? []
        : widerPrincipals({ kind, name }).map((wider): Edit => {
            const what = `\`${name}\` is widened to \`${wider.name}\``;
            return wider.kind === kind
              ? { path: at, what, to: { kind: 'put', value: wider.name } }
              : { path, what, to: { kind: 'put', value: wider.name } };
          }),
    ),
  );
}
