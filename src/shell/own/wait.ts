import { advance } from '../../cloud/index.ts';
import { record } from '../history.ts';
import { clockText, durationText, readDuration } from './clock.ts';
import { type OwnCommand, saying } from './result.ts';

const MOST_DAYS = 365;

/** `wait 6h`: the simulated clock moves on, and only this moves it. */
export const wait: OwnCommand = {
  usage: 'wait <6h|30m|45s|2d>',
  summary: 'Let time pass on the simulated clock',
  run({ session, actor, line, words }) {
    const milliseconds = words.length === 0 ? null : readDuration(words.join(''));
    if (milliseconds === null || milliseconds === 0) {
      return saying(session, "How long? For example 'wait 6h', 'wait 30m', 'wait 45s', 'wait 2d'.", 1);
    }
    if (milliseconds > MOST_DAYS * 86_400_000) {
      return saying(session, `That is too long: ${MOST_DAYS}d at most.`, 1);
    }
    const { now } = session;
    const world = advance(now.world, milliseconds);
    const heard = (world.codeHost?.news ?? []).slice(now.world.codeHost?.news.length ?? 0);
    return saying(
      record(session, { kind: 'line', actor, line }, { ...now, world }),
      [
        `${durationText(milliseconds)} later. It is now ${clockText(world.clock)}.`,
        ...heard.map(({ at, text }) => `${clockText(at)}: ${text}`),
      ].join('\n'),
    );
  },
};
