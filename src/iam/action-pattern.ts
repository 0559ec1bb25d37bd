import { type Glob, globOf } from './glob.ts';
import type { PatternProblem } from './problem.ts';

/** One value of an Action or NotAction. Case does not count. */
export class ActionPattern {
  /** As written. */
  readonly source: string;
  private readonly lower: string;
  private glob: Glob | null = null;

  constructor(source: string) {
    this.source = source;
    this.lower = source.toLowerCase();
  }

  /** True when the pattern covers an action in lower case. */
  matches(action: string): boolean {
    // Most patterns are of another service, and their first letters tell.
    const first = this.lower.charCodeAt(0);
    if (first !== action.charCodeAt(0) && first !== STAR) return false;
    if (this.glob === null) this.glob = globOf(this.lower === '*:*' ? '*' : this.lower);
    return this.glob.matches(action);
  }
}

const STAR = 0x2a;

/** What is wrong with an action pattern; null when nothing is. The service prefix takes no wildcards. */
export function actionProblem(text: string): PatternProblem | null {
  if (text === '*' || text === '*:*') return null;
  const colon = text.indexOf(':');
  if (colon <= 0 || colon === text.length - 1 || text.includes(':', colon + 1)) {
    const message = `${JSON.stringify(text)} is no action: write service:Action, such as s3:GetObject, or "*".`;
    return { code: 'INVALID_ACTION', message };
  }
  const star = text.indexOf('*');
  const question = text.indexOf('?');
  if ((star >= 0 && star < colon) || (question >= 0 && question < colon)) {
    const message = `A service prefix cannot hold a wildcard: ${JSON.stringify(text)}.`;
    return { code: 'INVALID_SERVICE_IN_ACTION', message };
  }
  return null;
}
