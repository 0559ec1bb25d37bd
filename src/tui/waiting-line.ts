import type { InParts } from '../cloud/in-parts.ts';
import { lineInParts, runLine } from '../shell/index.ts';
import type { Session } from '../shell/session.ts';
import { COMPARING } from './changes.ts';
import type { PlayerState } from './player-state.ts';
import { sayAtPrompt, type TranscriptEntry } from './transcript.ts';

/** True for a line that takes longer than a key should, such as `diff` where it was not compared before. */
export function takesLong(session: Session, line: string): boolean {
  return lineInParts(session, line) !== null;
}

/** Says of such a line that it is being answered. Keys go on meanwhile, and other lines too. */
export function letWait(state: PlayerState, line: string, asked: Session): PlayerState {
  const said = sayAtPrompt(state, line, COMPARING);
  const entry = said.transcript.at(-1);
  return entry === undefined ? said : { ...said, transcript: said.transcript.with(-1, { ...entry, asked }) };
}

/** The line that waits longest for its answer; undefined when none does. */
export function waitingLine({ transcript }: PlayerState): TranscriptEntry | undefined {
  return transcript.find(({ asked }) => asked !== null);
}

/** What a waiting line comes to, a part at a time: what `runLine` would have said at the moment it was typed. */
export function* answerOf({ asked, line }: TranscriptEntry): InParts<string> {
  if (asked === null) return '';
  const work = lineInParts(asked, line);
  return (work === null ? runLine(asked, line) : yield* work).output;
}

/** Takes over the answer, in the line's place. The same state when the line is gone from the transcript. */
export function answered(state: PlayerState, waiting: TranscriptEntry, output: string): PlayerState {
  const at = state.transcript.indexOf(waiting);
  return at < 0
    ? state
    : { ...state, transcript: state.transcript.with(at, { ...waiting, output, asked: null }) };
}
