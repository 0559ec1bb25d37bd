import type { Json, Operation } from '../../../cloud/operation.ts';
import { commandOf } from '../../names.ts';
import { isPaginated, type Page, pageOf } from './pagination.ts';
import { applyQuery, type Found } from './query.ts';
import { isList, isObject } from './scalar.ts';
import { asTable, type Table } from './table.ts';
import { asText } from './text.ts';

/** The forms in which an answer can be shown. */
export const OUTPUT_FORMATS = ['json', 'table', 'text'] as const;

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** How an answer is to be shown. */
export interface Presentation {
  readonly format: OutputFormat;
  /** A JMESPath expression that `readQuery` took. */
  readonly query: string | null;
  readonly page: Page;
}

/** An answer as it is printed; or why it cannot be, when AWS has answered already. */
export type AnswerText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly message: string };

/** An answer as the AWS CLI prints it. `output` null is an answer without a body: it prints nothing. */
export function answerText(
  operation: Operation,
  output: Json,
  { format, query, page }: Presentation,
): AnswerText {
  const answer = pageOf(output ?? {}, page);
  if (format === 'text') return textForm(operation, answer, query);
  const found = queried(answer, query);
  if (found.kind === 'problem') return found;
  if (format === 'table') return tableForm(asTable(commandOf(operation.id).api, found.value));
  const isEmpty = isObject(found.value) && Object.keys(found.value).length === 0;
  return { kind: 'text', text: isEmpty ? '' : JSON.stringify(found.value, null, 4) };
}

/** In text, the AWS CLI shows a paginated answer's lists only, and the token after them as if it were a page. */
function textForm(operation: Operation, answer: Json, query: string | null): AnswerText {
  const pages = isPaginated(operation) && isObject(answer) ? textPages(answer) : [answer];
  const texts: string[] = [];
  for (const page of pages) {
    const found = queried(page, query);
    if (found.kind === 'problem') return found;
    texts.push(asText(found.value));
  }
  return { kind: 'text', text: texts.filter((text) => text !== '').join('\n') };
}

function textPages(answer: Readonly<Record<string, Json>>): readonly Json[] {
  const { NextToken, ...rest } = answer;
  const lists = Object.fromEntries(Object.entries(rest).filter(([, value]) => isList(value)));
  return NextToken === undefined ? [lists] : [lists, { NextToken: { NextToken } }];
}

function queried(answer: Json, query: string | null): Found {
  return query === null ? { kind: 'found', value: answer } : applyQuery(query, answer);
}

function tableForm(table: Table): AnswerText {
  return table.kind === 'table' ? { kind: 'text', text: table.text } : table;
}
