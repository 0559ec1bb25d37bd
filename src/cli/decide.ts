import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { decideText, resultLine, resultText } from '../iam/index.ts';

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
  let exit = 0;
  for (const file of files) {
    let text: string;
    try {
      text = await (file === '-' ? textOf(process.stdin) : readFile(file, 'utf8'));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      console.error(`${file} cannot be read: ${why}`);
      exit = BAD_INPUT;
      continue;
    }
    const outcome = decideText(text);
    for (const result of outcome.results) {
      console.log(format.json ? resultLine(result, format) : `${resultText(result, format)}\n`);
    }
    exit = Math.max(exit, outcome.exit);
  }
  return exit;
}
