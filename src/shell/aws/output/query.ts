import { compile, type JSONValue, search } from '@jmespath-community/jmespath';
import type { Json } from '../../../cloud/operation.ts';
import { isObject } from '../../../iam/problem.ts';

/** Whether an expression can be used with `--query`, or why not. */
export type Query =
  | { readonly kind: 'query'; readonly expression: string }
  | { readonly kind: 'problem'; readonly message: string };

/** What an expression found in an answer, or why it cannot be applied to it. */
export type Found =
  | { readonly kind: 'found'; readonly value: Json }
  | { readonly kind: 'problem'; readonly message: string };

/** Literals in backquotes may be bare text: people write ``[?UserName==`joanne`]`` and the AWS CLI takes it. */
const OPTIONS = { enable_legacy_literals: true };

/** Parts of an expression that the library knows and the AWS CLI's JMESPath does not. */
const FOREIGN: Readonly<Record<string, string>> = {
  LetExpression: 'let',
  Variable: '$',
  Root: '$',
  Ternary: '?',
  Unary: 'arithmetic',
  Arithmetic: 'arithmetic',
};

/** The functions of JMESPath as the AWS CLI has it: https://jmespath.org/specification.html#built-in-functions */
const FUNCTIONS: ReadonlySet<string> = new Set(
  'abs avg ceil contains ends_with floor join keys length map max max_by merge min min_by not_null reverse sort sort_by starts_with sum to_array to_number to_string type values'.split(
    ' ',
  ),
);

/** Most values in what an expression finds. */
const MOST_VALUES = 100_000;

/** Reads a `--query` expression: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-filter.html */
export function readQuery(expression: string): Query {
  if (expression.trim() === '') return badQuery(expression, 'Invalid JMESPath expression: cannot be empty.');
  try {
    const foreign = nodes(compile(expression, OPTIONS)).find(({ type }) => Object.hasOwn(FOREIGN, type));
    return foreign === undefined
      ? { kind: 'query', expression }
      : badQuery(
          expression,
          `Invalid jmespath expression: the AWS CLI does not know ${FOREIGN[foreign.type]} in it`,
        );
  } catch (error) {
    return badQuery(expression, `Invalid jmespath expression: ${reason(error)}`);
  }
}

/** Applies an expression that `readQuery` took. What is not there is null, as JMESPath has it. */
export function applyQuery(expression: string, answer: Json): Found {
  try {
    const unknown = nodes(compile(expression, OPTIONS)).find(
      (node) => node.type === 'Function' && 'name' in node && !FUNCTIONS.has(String(node.name)),
    );
    if (unknown !== undefined && 'name' in unknown) {
      return { kind: 'problem', message: `Unknown function: ${unknown.name}()` };
    }
    // The library's type is of lists that may change. It gets a copy of its own, whose structures have no names but
    // their own: it would find `toString` in any other.
    const copy: JSONValue = JSON.parse(JSON.stringify(answer), (_, value: unknown) =>
      isObject(value) ? Object.assign(Object.create(null), value) : value,
    );
    const value: Json = search(copy, expression, OPTIONS);
    return isLarger(value, MOST_VALUES)
      ? { kind: 'problem', message: `What --query finds is too large: more than ${MOST_VALUES} values.` }
      : { kind: 'found', value };
  } catch (error) {
    return { kind: 'problem', message: reason(error) };
  }
}

/** Every node of an expression. */
function nodes(root: ReturnType<typeof compile>): readonly { readonly type: string }[] {
  const found: { readonly type: string }[] = [];
  const left: unknown[] = [root];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ('type' in node && typeof node.type === 'string') {
      found.push({ ...node, type: node.type });
      // A literal holds a value, not nodes.
      if (node.type === 'Literal') continue;
    }
    left.push(...Object.values(node).filter((each) => each !== undefined));
  }
  return found;
}

/** Expressions such as `[@,@]|[@,@]|…` double what they find at each step. */
function isLarger(value: Json, most: number): boolean {
  const left: Json[] = [value];
  for (let count = 0; left.length > 0; count++) {
    const next = left.pop();
    if (count > most) return true;
    if (typeof next === 'object' && next !== null) left.push(...Object.values(next));
  }
  return false;
}

function badQuery(expression: string, why: string): Query {
  return { kind: 'problem', message: `Bad value for --query ${expression}: ${why}` };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
