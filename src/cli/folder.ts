import { readFile, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FolderPort } from '../tui/ports.ts';
import { codeOf, messageOf } from './file-error.ts';

/** Most bytes of a file that is read. */
const LARGEST = 1_000_000;
/** Files of one name that are kept beside each other. */
const MOST_OF_A_NAME = 100;

/**
 * The folder at this path, as far as the learner's `save` and `load` reach: single files whose names neither hide them
 * nor lead elsewhere. Nothing that is there is ever overwritten.
 */
export function folderAt(path: string): FolderPort {
  return {
    async write({ name, content }) {
      if (!isPlainName(name)) return `${name} was not written to your folder: ${ONLY_PLAIN}`;
      for (let number = 1; number <= MOST_OF_A_NAME; number++) {
        const free = number === 1 ? name : numbered(name, number);
        try {
          await writeFile(join(path, free), content, { flag: 'wx' });
          const written = `ritten to ${join(path, free)}\nIn your own shell \`walkthrough replay\` plays it.`;
          return number === 1 ? `W${written}` : `${name} is taken in your folder: w${written}`;
        } catch (error) {
          if (codeOf(error) !== 'EEXIST')
            return `${name} could not be written to ${path}: ${messageOf(error)}.`;
        }
      }
      return `${name} was not written to ${path}: there are ${MOST_OF_A_NAME} files of that name already.`;
    },

    async read(name) {
      if (!isPlainName(name)) return null;
      const file = join(path, name);
      try {
        const about = await stat(file);
        if (!about.isFile()) return { problem: `load: ${file} is not a file.` };
        if (about.size > LARGEST) {
          return {
            problem: `load: ${file} is larger than ${LARGEST.toLocaleString('en')} bytes: no log is.`,
          };
        }
        return { content: await readFile(file, 'utf8') };
      } catch (error) {
        return codeOf(error) === 'ENOENT'
          ? null
          : { problem: `load: ${file} cannot be read: ${messageOf(error)}.` };
      }
    },
  };
}

const ONLY_PLAIN = 'a name of letters, digits, dots and dashes such as first-try.json can be.';

/** A name that is a visible file of the folder on every system. Names come from scenarios too, and are not trusted. */
function isPlainName(name: string): boolean {
  return (
    name.length <= 100 && !/^[\s.~-]|[\s.]$/.test(name) && /^[^/\\:*?"<>|\p{C}\p{Zl}\p{Zp}]+$/u.test(name)
  );
}

/** `first-try.json` as `first-try-2.json`. */
function numbered(name: string, number: number): string {
  const extension = extname(name);
  return `${name.slice(0, name.length - extension.length)}-${number}${extension}`;
}
