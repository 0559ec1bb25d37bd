import { accessMap, deriveUniverse, diffMaps, diffText, updateMap } from '../../cloud/access-map/index.ts';
import type { World } from '../../cloud/world.ts';
import { momentAfter } from '../history.ts';
import type { Session } from '../session.ts';
import { type OwnCommand, saying } from './result.ts';
import { changesWorld, entryText } from './undo.ts';

/** `diff [step]`: which requests the last change opened and closed, or all changes since the step began. */
export const diff: OwnCommand = {
  usage: 'diff [step]',
  summary: 'What the last change opened and closed, or all since the step began',
  run({ session, words }) {
    const [since, more] = words;
    if (more !== undefined || (since !== undefined && since !== 'step')) {
      return saying(
        session,
        "diff takes nothing, for the last change, or 'step', for all since it began.",
        1,
      );
    }
    return saying(session, since === undefined ? sinceLastChange(session) : sinceStep(session));
  },
};

/** Who sits at the prompt, and what is in files, says nothing of what is allowed: those lines are passed over. */
function sinceLastChange(session: Session): string {
  const index = session.log.findLastIndex(
    (_, at) => at >= session.mark && changesWorld(session.moments[at], momentAfter(session, at)),
  );
  const before = session.moments[index];
  const entry = session.log[index];
  return before === undefined || entry === undefined
    ? 'Nothing has changed since this step began.'
    : `After: ${entryText(entry)}\n${difference(before.world, momentAfter(session, index).world)}`;
}

function sinceStep({ moments, mark, now }: Session): string {
  return `Since this step began.\n${difference((moments[mark] ?? now).world, now.world)}`;
}

function difference(before: World, after: World): string {
  const universe = deriveUniverse(before, after);
  const map = accessMap(before, universe);
  const text = diffText(diffMaps(map, updateMap(map, after)));
  return universe.isPartial
    ? `${text}\nThere is more in this world than can be looked at: some requests were left out.`
    : text;
}
