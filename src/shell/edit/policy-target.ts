import type { ApiRequest } from '../../cloud/answer.ts';
import type { Json } from '../../cloud/operation.ts';
import type { PolicyKind } from '../../iam/index.ts';
import { quoteWord } from '../words.ts';

/** A policy of the world that `edit` can open: how it is read, and how what is saved is sent. */
export interface PolicyTarget {
  /** As `edit` takes it, such as `bucket/logs`. */
  readonly name: string;
  /** What AWS takes it as; more than one where that depends on where it is attached. */
  readonly kinds: readonly PolicyKind[];
  /** The requests that show it, each made from the answer to the one before. */
  readonly reads: readonly ((before: Json) => ApiRequest)[];
  /** The document in the last answer: an object, its text, or null for none. */
  document(answer: Json): Json;
  /** AWS's code for a resource that has no policy yet, where it answers so. */
  readonly none?: string;
  readonly saving: SavingCommand;
}

/** The command that puts a policy back. The document comes last. */
export interface SavingCommand {
  /** Such as `aws iam put-user-policy … --policy-document`. */
  readonly words: readonly string[];
  /** Where the option takes more than the document: the name the document has in it. */
  readonly within: string | null;
}

/** A policy of the world as it was opened. Plain JSON. */
export interface OpenedPolicy {
  readonly name: string;
  readonly kinds: readonly PolicyKind[];
  /** The document as text, laid out. */
  readonly content: string;
  readonly saving: SavingCommand;
}

/** The command that puts a policy back, without its document: to be shown. */
export function savingCommand({ saving }: OpenedPolicy): string {
  return `${saving.words.map(quoteWord).join(' ')} …`;
}

/** The line that puts a policy back with this content; null when that is what was opened. */
export function savingLine({ content, saving }: OpenedPolicy, edited: string): string | null {
  if (edited === content) return null;
  const document = withoutSpace(edited);
  const value = saving.within === null ? document : JSON.stringify({ [saving.within]: document });
  return [...saving.words, value].map(quoteWord).join(' ');
}

/** JSON in one row; what is no JSON goes as it is, and AWS says what it has against it. */
function withoutSpace(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  // Not laid out anew from what was read: a field given twice has to arrive twice.
  return text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, (_, quoted?: string) => quoted ?? '');
}
