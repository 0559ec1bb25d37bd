import { checkCourse } from '../course/authoring.ts';
import { problemsText, readTexts } from './content-files.ts';
import { readSources } from './library.ts';

/** Problems were found. */
const UNSOUND = 1;

/**
 * Proves the files sound, or the program's own lessons when none are given; prints what was looked at, or every
 * problem with its line and column. Gives the exit code.
 */
export async function check(paths: readonly string[], dist: URL): Promise<number> {
  const { files, problems: unread } =
    paths.length === 0 ? { files: await readSources(dist), problems: [] } : await readTexts(paths);
  const report = checkCourse(files);
  const problems = [...unread, ...report.problems];
  if (problems.length > 0) {
    console.error(problemsText(problems));
    console.error(
      `\n${counted(problems.length, 'problem')} in ${counted(paths.length || files.length, 'file')}.`,
    );
    return UNSOUND;
  }
  const { goals, predictions, nearMisses, alternatives, claims } = report.counts;
  console.log(`${counted(files.length, 'file')} sound:`);
  console.log(`  goals: ${goals} (the start of each task fails, its solution meets them all)`);
  console.log(`  alternatives: ${alternatives} (each passes)`);
  console.log(`  near misses: ${nearMisses} (each fails the goal it names)`);
  console.log(`  predictions: ${predictions} (each can be decided)`);
  console.log(`  claims: ${claims} (each is true)`);
  return 0;
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}
