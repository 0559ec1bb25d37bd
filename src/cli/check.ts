import { checkCourse, checkMutants, type MutantCounts } from '../course/authoring.ts';
import { problemsText, readTexts } from './content-files.ts';
import { counted } from './counted.ts';
import { readSources } from './library.ts';

/** Problems were found. */
const UNSOUND = 1;

/**
 * Proves the files sound, or the program's own lessons when none are given; with `mutants` also that no change of a
 * solution's policies goes unnoticed. Prints what was looked at, or every problem with its line and column. Gives
 * the exit code.
 */
export async function check(
  paths: readonly string[],
  { dist, mutants }: { readonly dist: URL; readonly mutants: boolean },
): Promise<number> {
  const { files, problems: unread } =
    paths.length === 0 ? { files: await readSources(dist), problems: [] } : await readTexts(paths);
  const report = checkCourse(files);
  const sound = unread.length + report.problems.length === 0;
  // A solution that does not pass has no mutants worth trying.
  const tried = mutants && sound ? checkMutants(files) : null;
  const problems = [...unread, ...report.problems, ...(tried?.problems ?? [])];
  if (problems.length > 0) {
    console.error(problemsText(problems));
    console.error(
      `\n${counted(problems.length, 'problem')} in ${counted(paths.length || files.length, 'file')}.`,
    );
    return UNSOUND;
  }
  if (report.warnings.length > 0) {
    console.error(`Worth a look:\n${problemsText(report.warnings)}\n`);
  }
  const { goals, predictions, nearMisses, alternatives, claims } = report.counts;
  const content = files.filter(({ name }) => !/(^|\/)README\.md$/i.test(name));
  console.log(`${counted(content.length, 'file')} sound:`);
  console.log(`  goals: ${goals} (the start of each task fails, its solution meets them all)`);
  console.log(`  alternatives: ${alternatives} (each passes)`);
  console.log(`  near misses: ${nearMisses} (each fails the goal it names)`);
  console.log(`  predictions: ${predictions} (each can be decided)`);
  console.log(`  claims: ${claims} (each is true)`);
  if (tried !== null) console.log(mutantsText(tried.counts));
  return 0;
}

function mutantsText({ mutants, caught, equivalent }: MutantCounts): string {
  return `  mutants: ${mutants} (${caught} fail a goal, ${equivalent} allow just what the solution allows)`;
}
