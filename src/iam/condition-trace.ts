import { type KeyTest, keyTestMatches } from './condition.ts';
import type { KeyValue, RequestContext } from './context.ts';
import type { ElementTrace } from './decision.ts';
import type { ConditionWords } from './statement-words.ts';
import type { Template } from './template.ts';

/** Holds one key of a condition against the request and says why it is met or not. */
export function traceKeyTest(test: KeyTest, context: RequestContext, words: ConditionWords): ElementTrace {
  const given = context.find(test.key, test.lookup);
  const matched = keyTestMatches(test, context, given);
  const value = given === undefined || typeof given === 'string' ? (given ?? null) : given.join(', ');
  let because = reason(test, given, matched, words);
  for (const { template } of test.values) because += variableNotes(template, context);
  return { element: 'Condition', matched, path: words.path, value, because };
}

function reason(test: KeyTest, given: KeyValue | undefined, matched: boolean, words: ConditionWords): string {
  const { key, use } = test;
  if (use.kind === 'null') {
    const wanted = words.listed === '"true"' ? 'missing' : 'there';
    return `The request has ${given === undefined ? 'no ' : ''}${key}; Null asks that it is ${wanted}.`;
  }
  if (given === undefined) return missingReason(test, matched);
  const shown = typeof given === 'string' ? `"${given}"` : listOf(given);
  return `${key} is ${shown}${matched ? words.met : words.unmet}`;
}

function missingReason({ key, operatorName, use }: KeyTest, matched: boolean): string {
  const without = `The request has no ${key}`;
  if (use.kind === 'null' || !matched) return `${without}, so ${operatorName} is not met.`;
  if (use.ifExists && use.quantifier === 'any') {
    return `${without}, and IfExists takes that as met; AWS does not say what ForAnyValue makes of it.`;
  }
  if (use.ifExists) return `${without}, and IfExists takes that as met.`;
  if (use.quantifier === 'all') return `${without}, and ForAllValues is met when there is nothing to check.`;
  return `${without}, and ${operatorName} is met when the key is missing.`;
}

/** What the variables in a policy's value stand for here; empty when there are none. */
export function variableNotes(template: Template, context: RequestContext): string {
  if (!template.dynamic) return '';
  let notes = '';
  for (const part of template.parts) {
    if (part.kind !== 'variable') continue;
    const value = context.variable(part.key) ?? part.fallback;
    notes +=
      value === null
        ? ` \${${part.name}} has no value here, so it matches nothing.`
        : ` \${${part.name}} is "${value}" here.`;
  }
  return notes;
}

const SHOWN = 3;

/** Some texts in quotes: the first few, and how many more. */
export function listOf(texts: readonly string[]): string {
  if (texts.length === 1) return quoted(texts[0] ?? '');
  const first = texts.slice(0, SHOWN).map(quoted).join(', ');
  return texts.length > SHOWN ? `${first} and ${texts.length - SHOWN} more` : first;
}

function quoted(text: string): string {
  return `"${text}"`;
}
