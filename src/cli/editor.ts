import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { EditorPort, Environment } from '../tui/ports.ts';
import { messageOf } from './file-error.ts';

/** Most characters taken back from an editor. */
const LARGEST = 1_000_000;

/**
 * Opens `$VISUAL` or `$EDITOR`, with the arguments the variable holds, on a copy of the file in a folder that only
 * this user can read, and gives back what was saved. A problem says why nothing changed.
 */
export function editorFrom(env: Environment): EditorPort {
  return async (file) => {
    const [command, ...args] = words(env.VISUAL || env.EDITOR || '');
    if (command === undefined) {
      return { problem: 'No editor: start with EDITOR=nano, or give the JSON inline, in quotes.' };
    }
    const folder = await mkdtemp(join(tmpdir(), 'walkthrough-'));
    try {
      await chmod(folder, 0o700);
      const path = join(folder, fileNameOf(file.name));
      await writeFile(path, file.content, { mode: 0o600 });
      const ended = await run(command, [...args, path]);
      if (ended !== null) return { problem: `${ended} ${file.name} is as it was.` };
      const content = await readFile(path, 'utf8');
      if (content.length > LARGEST) {
        return {
          problem: `That is more than ${LARGEST.toLocaleString('en')} characters. ${file.name} is as it was.`,
        };
      }
      return { content };
    } catch (error) {
      return { problem: `${messageOf(error)}. ${file.name} is as it was.` };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** What is edited has a name of its own; without an ending it is a policy, which editors know as JSON. */
function fileNameOf(name: string): string {
  const base = basename(name) || 'document';
  return base.includes('.') ? base : `${base}.json`;
}

/** Resolves with null when the program ended well, else with a sentence. */
async function run(command: string, args: readonly string[]): Promise<string | null> {
  // Loaded when an editor is opened: a learner's start does without.
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    // Ctrl+C inside the editor is the editor's.
    const ignore = () => undefined;
    process.on('SIGINT', ignore);
    const end = (sentence: string | null) => {
      process.off('SIGINT', ignore);
      resolve(sentence);
    };
    const child = spawn(command, args, { stdio: 'inherit' });
    child.once('error', (error) =>
      end(`The editor \`${command}\` could not be started (${error.message}). Look at VISUAL and EDITOR.`),
    );
    child.once('exit', (code, signal) =>
      end(code === 0 ? null : `The editor \`${command}\` ended with ${signal ?? `code ${code}`}.`),
    );
  });
}

/** A command line's words, as a POSIX shell would split them: quotes and backslashes are obeyed. */
export function words(line: string): string[] {
  const found: string[] = [];
  for (const [word] of line.matchAll(/(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/g)) {
    found.push(
      word.replace(
        /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/g,
        (_, escaped?: string, single?: string, double?: string) =>
          escaped ?? single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? '',
      ),
    );
  }
  return found;
}
