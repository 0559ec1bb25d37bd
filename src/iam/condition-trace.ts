import { type KeyTest, keyTestMatches, missingMatches, nullMatches } from './condition.ts';
import type { RequestContext } from './context.ts';
import type { ElementTrace } from './decision.ts';
import type { Path } from './problem.ts';
import type { Template } from './template.ts';

/** Holds one key of a condition against the request and says why it is met or not. */
export function traceKeyTest(test: KeyTest, context: RequestContext, words: ConditionWords): ElementTrace {
  const given = context.find(test.key, test.lookup);
  if (given === undefined) return words.missing;
  const matched = keyTestMatches(test, context, given);
  const value = typeof given === 'string' ? given : given.join(', ');
  const shown = typeof given === 'string' ? `"${given}"` : listOf(given);
  let because = words.is + shown + (matched ? words.met : words.unmet);
  for (const template of words.variables) because += variableNotes(template, context);
  return { element: 'Condition', matched, path: words.path, value, because };
}

/** How to say of a condition key that its value meets its operator or does not. */
export interface ConditionWords {
  readonly path: Path;
  /** What to say before the value, and after it. */
  readonly is: string;
  readonly met: string;
  readonly unmet: string;
  /** What to say when the key is missing. */
  readonly missing: ElementTrace;
  /** The values that hold variables: what they stand for is said too. */
  readonly variables: readonly Template[];
}

/** The words for one key of a condition that stands at a path. */
export function conditionWords(test: KeyTest, path: Path): ConditionWords {
  const { key, operatorName, use, values } = test;
  const listed = listOf(values.map((value) => value.template.source));
  const matched = use.kind === 'null' ? nullMatches(test, false) : missingMatches(use);
  const wanted =
    use.kind === 'null' ? `; Null asks that it is ${listed === '"true"' ? 'missing' : 'there'}.` : null;
  return {
    path,
    is: `${key} is `,
    met: wanted ?? `: it meets ${operatorName} ${listed}.`,
    unmet: wanted ?? `: it does not meet ${operatorName} ${listed}.`,
    missing: {
      element: 'Condition',
      matched,
      path,
      value: null,
      because: wanted === null ? missingReason(test, matched) : `The request has no ${key}${wanted}`,
    },
    variables: values.map((value) => value.template).filter((template) => template.dynamic),
  };
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
