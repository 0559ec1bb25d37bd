import { actorName, actorNames, findActor } from '../../cloud/index.ts';
import { record } from '../history.ts';
import { nearest } from '../nearest.ts';
import { isSame } from '../same.ts';
import { type OwnCommand, saying } from './result.ts';

/** `as joanne`, `as web-1`, `as web-1/worker`: somebody else sits down at the prompt. */
export const as: OwnCommand = {
  usage: 'as <name>',
  summary: 'Sit down as a user, on an instance, or as a process on one',
  run({ session, actor, line, words }) {
    const { now } = session;
    const [name, more] = words;
    const names = actorNames(now.world);
    if (name === undefined) {
      return saying(session, `You are ${actorName(now.world, now.actor)}. You can be: ${names.join(', ')}`);
    }
    if (more !== undefined) {
      return saying(
        session,
        `as takes one name. Type 'as ${name}', then the command on a line of its own.`,
        1,
      );
    }
    const found = findActor(now.world, name);
    if (found === undefined) {
      const near = nearest(name, names);
      const meant = near.length === 0 ? '' : `\nMaybe you meant: ${near.join(', ')}`;
      return saying(
        session,
        `There is nobody called ${name} here.${meant}\nYou can be: ${names.join(', ')}`,
        1,
      );
    }
    if (isSame(found, now.actor)) return saying(session, `You are ${name} already.`);
    return saying(
      record(session, { kind: 'line', actor, line }, { ...now, actor: found }),
      `You are ${actorName(now.world, found)} now.`,
    );
  },
};
