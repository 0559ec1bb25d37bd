import type { Actor } from '../../cloud/actor.ts';
import type { InParts } from '../../cloud/in-parts.ts';
import type { Session, ShellEffect } from '../session.ts';

/** What an own command is run with: the session, who runs it, the line as typed and the words after the name. */
export interface OwnCall {
  readonly session: Session;
  readonly actor: Actor;
  readonly line: string;
  readonly words: readonly string[];
}

/** What came of an own command: everything of a turn but requests, which own commands never make. */
export interface OwnResult {
  readonly session: Session;
  readonly output: string;
  readonly exit: number;
  readonly effect: ShellEffect;
}

/** One of the prompt's own commands. */
export interface OwnCommand {
  readonly usage: string;
  readonly summary: string;
  /** What `help` says of this command alone, below that. */
  readonly details?: string;
  run(call: OwnCall): OwnResult;
  /** For a command that may take longer than a key should: the same, a part at a time. */
  runInParts?(call: OwnCall): InParts<OwnResult>;
}

/** A result that says something. `exit` is 0 unless given. */
export function saying(
  session: Session,
  output: string,
  exit = 0,
  effect: ShellEffect = { kind: 'none' },
): OwnResult {
  return { session, output, exit, effect };
}
