import { listOf } from './condition-trace.ts';
import type { Path } from './problem.ts';
import { type Statement, statementPath } from './statement.ts';

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
}

/** How to say of a condition key that its value meets its operator or does not. */
export interface ConditionWords {
  readonly path: Path;
  /** The policy's values. */
  readonly listed: string;
  readonly met: string;
  readonly unmet: string;
}

const remembered = new WeakMap<Statement, StatementWords>();

/** The words of a statement, put together once. */
export function wordsOf(statement: Statement): StatementWords {
  const known = remembered.get(statement);
  if (known !== undefined) return known;
  const at = statementPath(statement.index, statement.listed);
  const { actionElement, resourceElement } = statement;
  const words: StatementWords = {
    principal: [...at, statement.principalElement ?? 'Principal'],
    action: patternWords(statement, at, actionElement, statement.actions),
    resource: patternWords(statement, at, resourceElement ?? 'Resource', statement.resources),
    conditions: statement.conditions.map((test) => {
      const listed = listOf(test.values.map((value) => value.template.source));
      return {
        path: [...at, 'Condition', test.operatorName, test.key],
        listed,
        met: `: it meets ${test.operatorName} ${listed}.`,
        unmet: `: it does not meet ${test.operatorName} ${listed}.`,
      };
    }),
  };
  remembered.set(statement, words);
  return words;
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
  };
}
