import type { Json, Operation } from '../../../cloud/operation.ts';
import { UNABLE, USAGE, usageError } from '../usage.ts';
import { isList, isObject } from './scalar.ts';

/** Which part of a long answer is wanted. */
export interface Page {
  /** How many items; null for all. */
  readonly maxItems: number | null;
  /** How many to leave out before: what a `NextToken` says. */
  readonly skipped: number;
}

/** The words of a line without what asks for pages, and what was asked; or the AWS CLI's complaint. */
export type Pagination =
  | { readonly kind: 'page'; readonly page: Page; readonly words: readonly string[] }
  | { readonly kind: 'problem'; readonly output: string; readonly exit: number };

const PAGINATED =
  /:(List\w+|LookupEvents|Simulate\w+|GetGroup|GetAccountAuthorizationDetails)$|^ec2:Describe\w+$/;
const OPTIONS = ['--max-items', '--starting-token', '--page-size'];

/** Whether the AWS CLI gathers the pages of this operation's answer, and so can stop early. */
export function isPaginated({ id }: Operation): boolean {
  return PAGINATED.test(id);
}

/** The options for pages that an operation takes. */
export function paginationOptions(operation: Operation): readonly string[] {
  return isPaginated(operation) ? OPTIONS : [];
}

/**
 * Takes the options for pages out of an operation's words. The page size is read and has no effect: it is a matter
 * between the CLI and AWS. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html
 */
export function takePagination(
  operation: Operation,
  words: readonly string[],
  noPaginate: boolean,
): Pagination {
  const rest: string[] = [];
  const given = new Map<string, string>();
  const known = paginationOptions(operation);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [name = '', ...value] = word.split('=');
    if (!known.includes(name)) {
      rest.push(word);
      continue;
    }
    const text = value.length > 0 ? value.join('=') : words[++at];
    if (text === undefined || text.startsWith('--')) {
      return problem(usageError(`argument ${name}: expected one argument`), USAGE);
    }
    given.set(name, text);
  }
  if (noPaginate && given.size > 0) {
    return problem(
      `Cannot specify --no-paginate along with pagination arguments: ${[...given.keys()].join(', ')}`,
      USAGE,
    );
  }
  for (const name of ['--max-items', '--page-size']) {
    const text = given.get(name);
    if (text !== undefined && !/^\d{1,9}$/.test(text)) {
      return problem(
        `invalid literal for int() with base 10: '${text}'\n${name} takes a whole number.`,
        USAGE,
      );
    }
  }
  const token = given.get('--starting-token');
  const skipped = token === undefined ? 0 : skippedIn(token);
  if (skipped === null) return problem(`Bad starting token: ${token}`, UNABLE);
  const maxItems = given.get('--max-items');
  return {
    kind: 'page',
    page: { maxItems: maxItems === undefined ? null : Number(maxItems), skipped },
    words: rest,
  };
}

/** The part of an answer that was asked for: its first list cut, and a token for the rest when there is more. */
export function pageOf(answer: Json, { maxItems, skipped }: Page): Json {
  if ((maxItems === null && skipped === 0) || !isObject(answer)) return answer;
  const [entry] = Object.entries(answer).flatMap(([name, value]) => (isList(value) ? [{ name, value }] : []));
  if (entry === undefined) return answer;
  const end = maxItems === null ? entry.value.length : skipped + maxItems;
  const page = { ...answer, [entry.name]: entry.value.slice(skipped, end) };
  return end < entry.value.length ? { ...page, NextToken: tokenFor(end) } : page;
}

function tokenFor(skipped: number): string {
  return btoa(`{"Marker": null, "boto_truncate_amount": ${skipped}}`);
}

function skippedIn(token: string): number | null {
  try {
    const amount = /^\{"Marker": null, "boto_truncate_amount": (\d{1,9})\}$/.exec(atob(token))?.[1];
    return amount === undefined ? null : Number(amount);
  } catch {
    return null;
  }
}

function problem(output: string, exit: number): Pagination {
  return { kind: 'problem', output, exit };
}
