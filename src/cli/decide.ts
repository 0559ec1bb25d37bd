import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { decideText, resultLine, resultText } from '../iam/index.ts';
import { codeOf, messageOf } from './file-error.ts';

/** Something could not be read. */
const BAD_INPUT = 2;

/**
 * Decides every object of the files (`-` is standard input) and prints a result for each. Gives the exit code: 0
 * when all were evaluated as expected, 1 when one was not as expected, 2 when something could not be evaluated.
 */
export async function decide(
  files: readonly string[],
  format: { readonly json: boolean; readonly trace: boolean },
): Promise<number> {
  const several = files.length > 1;
  let exit = 0;
  for (const file of files) {
    const read = await readText(file);
    if ('problem' in read) {
      console.error(`${file} cannot be read: ${read.problem}`);
      exit = BAD_INPUT;
      continue;
    }
    const outcome = decideText(read.text);
    for (const result of outcome.results) {
      const shape = { trace: format.trace, from: several ? file : null };
      console.log(format.json ? resultLine(result, shape) : `${resultText(result, shape)}\n`);
    }
    exit = Math.max(exit, outcome.exit);
  }
  return exit;
}

/** The text of a file, or of standard input for `-`. */
async function readText(file: string): Promise<{ readonly text: string } | { readonly problem: string }> {
  let bytes: Buffer;
  try {
    bytes = await (file === '-' ? buffer(process.stdin) : readFile(file));
  } catch (error) {
    return { problem: whyUnreadable(error) };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: 'it is not UTF-8 text. Save it as UTF-8 and try again.' };
  }
}

function whyUnreadable(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return 'there is no such file.';
    case 'EISDIR':
      return 'it is a folder.';
    case 'EACCES':
      return 'this user may not read it.';
    default:
      return messageOf(error);
  }
}
