import type { Layer } from '../decision.ts';
import type { IssueCode } from '../issue.ts';
import type { Path } from '../problem.ts';

/** Where a policy is to be attached. */
export type PolicyKind = Exclude<Layer, 'root' | 'service'>;

/** Error: AWS would not take it. Warning: probably a mistake. Suggestion: it could be simpler or clearer. */
export type FindingLevel = 'error' | 'warning' | 'suggestion';

/** One thing found in a policy. */
export interface Finding {
  readonly level: FindingLevel;
  /** What kind of thing it is: AWS's issue code where AWS has the same check. It does not change with the wording. */
  readonly code: IssueCode;
  /** What is wrong and how to mend it. */
  readonly message: string;
  /** Where it stands in the document. */
  readonly path: Path;
  /** The path as people write it, such as `Statement[1].Action`. */
  readonly at: string;
  /** Line and column in the text, from 1; null when a document was given and not its text. */
  readonly line: number | null;
  readonly column: number | null;
}

/** Takes what a check finds. */
export type Report = (level: FindingLevel, code: IssueCode, path: Path, message: string) => void;
