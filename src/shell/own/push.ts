import { push as pushed } from '../../cloud/outside/code-host.ts';
import { fileName, readFile } from '../files.ts';
import { record } from '../history.ts';
import { type OwnCommand, saying } from './result.ts';

/** `push <file>`: a file of the workspace goes to a public code host, where everybody can read it. */
export const push: OwnCommand = {
  usage: 'push <file>',
  summary: 'Push a file of the workspace to a public repository',
  run({ session, actor, line, words }) {
    const { now } = session;
    const [path, more] = words;
    if (path === undefined || more !== undefined) {
      return saying(session, "Which file? For example 'push config.py'. `ls` lists the files.", 1);
    }
    const content = readFile(now.files, path);
    if (content === undefined) {
      return saying(session, `push: ${path}: No such file or directory`, 1);
    }
    if (now.world.codeHost === null) {
      return saying(session, 'There is no code host in this scenario.', 1);
    }
    const { world } = pushed(now.world, fileName(path), content);
    return saying(
      record(session, { kind: 'line', actor, line }, { ...now, world }),
      `${fileName(path)} is on the public code host now. Everybody can read it, and what was pushed once stays in its history.`,
    );
  },
};
