import { mkdtempSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Exit code after an error of our own making. */
const FAULT = 70;

/**
 * An exception that nobody expected ends the program with one sentence, after the terminal is itself again, and
 * with the details in a file. A reader that went away (`walkthrough list | head -1`) ends it quietly.
 */
export function guardProcess(version: string): void {
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit();
    throw error;
  });
  process.on('uncaughtException', (error) => {
    const sentence = `walkthrough stopped because of a fault of its own. ${whereDetailsAre(error, version)}\n`;
    // Surfaces give the terminal back in their own listeners, added earlier: the sentence comes after them.
    process.once('exit', () => writeSync(process.stderr.fd, sentence));
    process.exit(FAULT);
  });
}

function whereDetailsAre(error: unknown, version: string): string {
  const details = [
    `walkthrough ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    `Arguments: ${JSON.stringify(process.argv.slice(2))}`,
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    '',
  ].join('\n');
  try {
    const path = join(mkdtempSync(join(tmpdir(), 'walkthrough-fault-')), 'details.txt');
    writeFileSync(path, details);
    return `The details are in ${path}.`;
  } catch {
    return `The details could not be written to a file:\n${details}`;
  }
}
