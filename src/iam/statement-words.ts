import { type ConditionWords, conditionWords, listOf } from './condition-trace.ts';
import type { Path } from './problem.ts';
import { type Statement, statementPath } from './statement.ts';
import type { Template } from './template.ts';

/** What the traces of a statement have in common, whatever the request. */
export interface StatementWords {
  readonly principal: Path;
  readonly action: PatternWords;
  readonly resource: PatternWords;
  /** For each key of the conditions. */
  readonly conditions: readonly ConditionWords[];
}

/** How to say of a value that it matches, or does not match, an element with patterns. */
export interface PatternWords {
  /** For each pattern: where it stands, and what to say after the value that it matches. */
  readonly hits: readonly { readonly path: Path; readonly says: string }[];
  readonly miss: { readonly path: Path; readonly says: string };
  /** The patterns that hold variables: what they stand for is said too. */
  readonly variables: readonly Template[];
}

/** The words of a statement, put together once. */
export function wordsOf(statement: Statement): StatementWords {
  if (statement.words !== null) return statement.words;
  const at = statementPath(statement.index, statement.listed);
  const { actionElement, resourceElement } = statement;
  const words: StatementWords = {
    principal: [...at, statement.principalElement ?? 'Principal'],
    action: patternWords(statement, at, actionElement, statement.actions),
    resource: {
      ...patternWords(statement, at, resourceElement ?? 'Resource', statement.resources),
      variables: dynamic(statement.resources.map((pattern) => pattern.template)),
    },
    conditions: statement.conditions.map((test) =>
      conditionWords(test, [...at, 'Condition', test.operatorName, test.key]),
    ),
  };
  statement.words = words;
  return words;
}

function dynamic(templates: readonly Template[]): readonly Template[] {
  return templates.filter((template) => template.dynamic);
}

function patternWords(
  statement: Statement,
  at: Path,
  element: string,
  patterns: readonly { readonly source: string }[],
): PatternWords {
  const negated = element.startsWith('Not');
  const listed = Array.isArray(statement.source[element]);
  const all = listOf(patterns.map((pattern) => pattern.source));
  return {
    hits: patterns.map(({ source }, i) => ({
      path: listed ? [...at, element, i] : [...at, element],
      says: negated ? ` matches the exception "${source}".` : ` matches "${source}".`,
    })),
    miss: {
      path: [...at, element],
      says: ` matches ${negated ? 'none of the exceptions' : 'no pattern'}: ${all}.`,
    },
    variables: [],
  };
}
