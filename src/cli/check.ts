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
  console.log(`  ${counted(goals, 'goal')}: each task's start fails, its solution meets them all`);
  console.log(`  ${counted(alternatives, 'alternative')} that pass`);
  console.log(`  ${counted(nearMisses, 'near miss', 'near misses')}, each refused by the goal it names`);
  console.log(`  ${counted(predictions, 'prediction')} that can be decided`);
  console.log(`  ${counted(claims, 'claim')} that hold`);
  return 0;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
