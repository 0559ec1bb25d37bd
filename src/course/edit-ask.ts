import { type OpenedPolicy, savingLine } from '../shell/index.ts';
import type { Session } from '../shell/session.ts';
import type { PlayerEvent } from './view.ts';

/** What a line asks to have edited: a file of the workspace, or a policy of the world. */
export type EditAsk =
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'policy'; readonly policy: OpenedPolicy };

/** What it is called. */
export function editedName(ask: EditAsk): string {
  return ask.kind === 'file' ? ask.name : ask.policy.name;
}

/** The text to edit; empty for a new file. */
export function textToEdit(ask: EditAsk, session: Session | null): string {
  return ask.kind === 'file' ? (session?.now.files[ask.name] ?? '') : ask.policy.content;
}

/** What the player is told once it is saved; null for a policy that is as it was: nothing is sent. */
export function savedEvent(ask: EditAsk, content: string): PlayerEvent | null {
  if (ask.kind === 'file') return { type: 'file.saved', name: ask.name, content };
  const line = savingLine(ask.policy, content);
  return line === null ? null : { type: 'line.entered', line };
}
