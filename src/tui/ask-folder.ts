import type { FolderAsk } from '../course/view.ts';
import type { FolderPort } from './ports.ts';

/** What came of asking the learner's folder. */
export type FolderAnswer =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'found'; readonly name: string; readonly content: string }
  /** There is no such file: what the line said by itself holds. */
  | { readonly kind: 'missing' };

/** Writes or reads what a line asked for. */
export async function askFolder(folder: FolderPort, ask: FolderAsk): Promise<FolderAnswer> {
  if (ask.kind === 'write') return { kind: 'said', text: await folder.write(ask) };
  const found = await folder.read(ask.name);
  if (found === null) return { kind: 'missing' };
  return 'problem' in found
    ? { kind: 'said', text: found.problem }
    : { kind: 'found', name: ask.name, content: found.content };
}
