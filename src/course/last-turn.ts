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

/** The session going on from before the entry at `index`, and words for it; null when nothing came after. */
export function momentTaken(
  session: Session,
  index: number,
): { readonly session: Session; readonly turn: LastTurn } | null {
  const { session: back, kept } = continueFrom(session, index);
  if (kept === null) return null;
  const as = actorName(back.now.world, back.now.actor);
  const where = index === 0 ? 'at the start' : `after line ${index}`;
  const output = `You are ${as}, ${where}. What came after is kept: \`redo\` brings it back, \`load ${kept}\` plays it again.`;
  return {
    session: back,
    turn: {
      ...turnSaying('timeline', as, output),
      folder: { kind: 'write', name: kept, content: back.logs[kept] ?? '' },
    },
  };
}
