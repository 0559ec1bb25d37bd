import { changeText, compareWorlds } from '../../cloud/access-map/index.ts';
import { atOnce, type InParts } from '../../cloud/in-parts.ts';
import type { World } from '../../cloud/world.ts';
import { momentAfter } from '../history.ts';
import type { Session } from '../session.ts';
import { type OwnCall, type OwnCommand, type OwnResult, saying } from './result.ts';
import { changesWorld, entryText } from './undo.ts';

/** `diff [step]`: which requests the last change opened and closed, or all changes since the step began. */
export const diff: OwnCommand = {
  usage: 'diff [step]',
  summary: 'What the last change opened and closed, or all since the step began',
  run: (call) => atOnce(answer(call)),
  runInParts: answer,
};

function* answer({ session, words: [since, more] }: OwnCall): InParts<OwnResult> {
  if (more !== undefined || (since !== undefined && since !== 'step')) {
    return saying(session, "diff takes nothing, for the last change, or 'step', for all since it began.", 1);
  }
  return saying(session, yield* since === undefined ? sinceLastChange(session) : sinceStep(session));
}

/** Who sits at the prompt, and what is in files, says nothing of what is allowed: those lines are passed over. */
function* sinceLastChange(session: Session): InParts<string> {
  const index = session.log.findLastIndex(
    (_, at) => at >= session.mark && changesWorld(session.moments[at], momentAfter(session, at)),
  );
  const before = session.moments[index];
  const entry = session.log[index];
  return before === undefined || entry === undefined
    ? 'Nothing has changed since this step began.'
    : `After: ${entryText(entry)}\n${yield* difference(before.world, momentAfter(session, index).world)}`;
}

function* sinceStep({ moments, mark, now }: Session): InParts<string> {
  return `Since this step began.\n${yield* difference((moments[mark] ?? now).world, now.world)}`;
}

function* difference(before: World, after: World): InParts<string> {
  return changeText(yield* compareWorlds(before, after));
}
