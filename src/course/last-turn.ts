import { actorName } from '../cloud/index.ts';
import { continueFrom, readAnswered } from '../shell/index.ts';
import type { Session, ShellEffect, Turn } from '../shell/session.ts';
import type { EditAsk } from './edit-ask.ts';
import type { LastTurn } from './view.ts';

/** A turn in which nothing was asked of AWS or of the surface. */
export function turnSaying(line: string, as: string, output: string): LastTurn {
  return { line, as, output, attempts: [], showDecision: null, edit: null, folder: null, asks: null };
}

/** What a surface shows of a line that was run as somebody. */
export function turnTaken(turn: Turn, line: string, as: string): LastTurn {
  return {
    ...turnSaying(readAnswered(line).command, as, turn.output),
    attempts: turn.attempts,
    showDecision: turn.effect.kind === 'show-decision' ? turn.effect.event : null,
    edit: editAsk(turn.effect),
    folder: folderAsk(turn.effect),
    asks: turn.asks,
  };
}

function editAsk(effect: ShellEffect): EditAsk | null {
  switch (effect.kind) {
    case 'edit-file':
      return { kind: 'file', name: effect.name };
    case 'edit-policy':
      return { kind: 'policy', policy: effect.policy };
    default:
      return null;
  }
}

function folderAsk(effect: ShellEffect): LastTurn['folder'] {
  switch (effect.kind) {
    case 'export-file':
      return { kind: 'write', name: effect.name, content: effect.content };
    case 'import-file':
      return { kind: 'read', name: effect.name };
    default:
      return null;
  }
}

/**
 * The session going on from before the entry at `index`, and words for it; null when nothing came after. What came
 * after is kept in a log file of this name; with null in none.
 */
export function momentTaken(
  session: Session,
  index: number,
  keepAs: string | null,
): { readonly session: Session; readonly turn: LastTurn } | null {
  const back = continueFrom(session, index, keepAs);
  if (back === null) return null;
  const as = actorName(back.now.world, back.now.actor);
  const where = `You are ${as}, ${index === 0 ? 'at the start' : `after line ${index}`}.`;
  if (keepAs === null) {
    const output = `${where} \`redo\` brings back what came after, until something new is done.`;
    return { session: back, turn: turnSaying('timeline', as, output) };
  }
  const output = `${where} What came after is kept: \`redo\` brings it back, \`load ${keepAs}\` plays it again.`;
  const folder = { kind: 'write', name: keepAs, content: back.logs[keepAs] ?? '' } as const;
  return { session: back, turn: { ...turnSaying('timeline', as, output), folder } };
}
