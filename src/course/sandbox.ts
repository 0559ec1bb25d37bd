import { actorName, buildWorld, findActor } from '../cloud/index.ts';
import type { WorldSpec } from '../cloud/world-spec.ts';
import { loadFile, openSession, printable, runLine, writeFile } from '../shell/index.ts';
import type { Moment, Session, Turn } from '../shell/session.ts';
import { momentTaken, turnTaken } from './last-turn.ts';
import type { LastTurn, PlayerEvent, StepView } from './view.ts';

/** Free play in a world, at one moment. Never changed in place. */
export interface Sandbox {
  readonly id: string;
  /** Whose world it is, such as a scenario's title. */
  readonly title: string;
  readonly session: Session;
  readonly turn: LastTurn | null;
}

const EMPTY: WorldSpec = {
  seed: 'sandbox',
  clock: '2026-03-02T09:00:00Z',
  accounts: {
    '111122223333': {
      name: 'Sandbox',
      users: { admin: { policies: ['AdministratorAccess'], accessKeys: 1 } },
    },
  },
};

/** An account with an administrator and nothing else. */
export function emptyMoment(): Moment {
  const built = buildWorld(EMPTY);
  if (!('world' in built)) throw new Error(built.problems[0]?.message);
  const actor = findActor(built.world, 'admin');
  if (actor === undefined) throw new Error('The empty account has nobody in it.');
  return { world: built.world, actor, files: {} };
}

/** A sandbox that begins at this moment. */
export function openSandbox(id: string, title: string, start: Moment): Sandbox {
  return { id, title, session: openSession(start), turn: null };
}

/** What the learner did. An event that means nothing here gives the same sandbox back. */
export function stepSandbox(sandbox: Sandbox, event: PlayerEvent): Sandbox {
  const { session } = sandbox;
  switch (event.type) {
    case 'line.entered':
      return took(sandbox, event.line, runLine(session, event.line));
    case 'log.found':
      return took(sandbox, `load ${event.name}`, loadFile(session, event.name, event.content));
    case 'file.saved':
      return { ...sandbox, session: writeFile(session, event.name, event.content) };
    case 'moment.chosen': {
      const taken = momentTaken(session, event.index, event.keepAs);
      return taken === null ? sandbox : { ...sandbox, ...taken };
    }
    default:
      return sandbox;
  }
}

function took(sandbox: Sandbox, line: string, turn: Turn): Sandbox {
  const { world, actor } = sandbox.session.now;
  return { ...sandbox, session: turn.session, turn: turnTaken(turn, line, actorName(world, actor)) };
}

/** What a surface shows of it. */
export function sandboxView({ id, title, session }: Sandbox): StepView {
  return {
    lesson: { id, title: printable(title) },
    part: 'sandbox',
    step: { id: 'sandbox', title: 'Sandbox', number: 1, of: 1 },
    passages: [{ kind: 'text', markdown: WORDS }],
    goals: [],
    ask: { kind: 'task', hints: 0, hintsInAll: 0 },
    hasEarlier: false,
    hidesWhy: false,
    session,
  };
}

const WORDS = `Free play: no goals, nothing to get wrong. Type \`aws\` commands, and \`help\` for those there are.

- \`as NAME\` sits down as somebody else; **Tab** lists who there is.
- \`why\` says how the last request was decided.
- \`undo\` and \`reset\` take back what you did.

A sandbox is forgotten when you leave the program.`;
