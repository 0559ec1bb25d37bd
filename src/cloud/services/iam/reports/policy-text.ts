import type { PolicyDocument } from '../../../../iam/request.ts';

/** A place in a text, both counted from 1. */
export interface Position {
  readonly Line: number;
  readonly Column: number;
}

/** A document as text, for places in it. */
export function policyText(document: PolicyDocument): string {
  return JSON.stringify(document, null, 2);
}

/** Where the statement of an index begins and ends in a policy's text; null when it is not found there. */
export function statementSpan(
  text: string,
  index: number,
): { readonly start: Position; readonly end: Position } | null {
  const depthOfStatements = /"Statement"\s*:\s*\[/.test(text) ? 3 : 2;
  let depth = 0;
  let count = -1;
  let start = -1;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted) {
      at += character === '\\' ? 1 : 0;
      quoted = character !== '"';
    } else if (character === '"') {
      quoted = true;
    } else if (character === '{' || character === '[') {
      depth += 1;
      if (character === '{' && depth === depthOfStatements) {
        count += 1;
        start = at;
      }
    } else if (character === '}' || character === ']') {
      if (character === '}' && depth === depthOfStatements && count === index) {
        return { start: positionOf(text, start), end: positionOf(text, at + 1) };
      }
      depth -= 1;
    }
  }
  return null;
}

function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { Line: lines.length, Column: (lines.at(-1)?.length ?? 0) + 1 };
}
