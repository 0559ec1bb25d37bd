import { type KeyTest, keyTestMatches } from './condition.ts';
import type { KeyValue, RequestContext } from './context.ts';
import type { ElementTrace } from './decision.ts';
import type { Path } from './problem.ts';
import type { Template } from './template.ts';

/** Holds one key of a condition against the request and says why it is met or not. */
export function traceKeyTest(test: KeyTest, context: RequestContext, statement: Path): ElementTrace {
  const given = context.get(test.lookup);
  const matched = keyTestMatches(test, context);
  return {
    element: 'Condition',
    matched,
    path: [...statement, 'Condition', test.operatorName, test.key],
    value: given === undefined ? null : shownValue(given),
    because:
      reason(test, given, matched) +
      variableNotes(
        test.values.map((value) => value.template),
        context,
      ),
  };
}

function shownValue(given: KeyValue): string {
  return typeof given === 'string' ? given : given.join(', ');
}

function reason(test: KeyTest, given: KeyValue | undefined, matched: boolean): string {
  const { key, operatorName, use } = test;
  if (use.kind === 'null') {
    const presence = given === undefined ? 'has no' : 'has';
    return `The request ${presence} ${key}, ${matched ? 'as' : 'and'} Null ${matched ? 'asks' : 'asks otherwise'}.`;
  }
  if (given === undefined) return missingReason(test, matched);
  const listed = listOf(test.values.map((value) => value.template.source));
  const several = typeof given !== 'string' && given.length > 1;
  const value = typeof given === 'string' ? quoted(given) : listOf(given);
  const verb = several ? 'are' : 'is';
  const fits = matched ? 'meets' : 'does not meet';
  return `${key} ${verb} ${value}: ${several ? fits.replace('meets', 'meet').replace('does not', 'do not') : fits} ${operatorName} ${listed}.`;
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

/** What the variables in some policy values stand for here; empty when there are none. */
export function variableNotes(templates: readonly Template[], context: RequestContext): string {
  let notes = '';
  for (const template of templates) {
    if (!template.dynamic) continue;
    for (const part of template.parts) {
      if (part.kind !== 'variable') continue;
      const value = context.variable(part.key) ?? part.fallback;
      notes +=
        value === null
          ? ` \${${part.name}} has no value here, so it matches nothing.`
          : ` \${${part.name}} is ${quoted(value)} here.`;
    }
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
