#!/usr/bin/env node
import { Command, type CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { nearest } from '../iam/spelling.ts';
import { guardProcess } from './failure.ts';

/** Exit code for a command line that says nothing we know, or a terminal that is not there. */
const USAGE = 2;
/** The folder of the built program: this file is its entry. */
const DIST = new URL('./', import.meta.url);

guardProcess(manifest.version);

const program = new Command('walkthrough')
  .description(
    'Learn AWS access control by playing, in your terminal: a simulated account that costs nothing and cannot break.',
  )
  .version(manifest.version, '--version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .option('--plain', 'plain text, for screen readers and pipes (or set WALKTHROUGH_PLAIN=1)')
  .allowExcessArguments()
  .showHelpAfterError('Try: walkthrough --help')
  .exitOverride(({ exitCode }: CommanderError) => process.exit(exitCode === 0 ? 0 : USAGE))
  .action(async () => {
    const [word] = program.args;
    if (word !== undefined) unknownCommand(word);
    const { play } = await import('./play.ts');
    process.exitCode = await play({ kind: 'home' }, { dist: DIST, plain: plain() });
  });

program
  .command('list')
  .description('list the lessons and how far you are')
  .action(async () => {
    const { list } = await import('./list.ts');
    process.exitCode = await list(DIST);
  });

program
  .command('play')
  .description('play one lesson, or a scenario or course of your own')
  .argument('<lesson>', 'id of a lesson, or path of a scenario (.yaml), lesson (.md) or folder of them')
  .action(async (lesson: string) => {
    const { play } = await import('./play.ts');
    process.exitCode = await play({ kind: 'lesson', lesson }, { dist: DIST, plain: plain() });
  });

program
  .command('review')
  .description('be asked again what is about to be forgotten: questions and predictions that are due')
  .action(async () => {
    const { play } = await import('./play.ts');
    process.exitCode = await play({ kind: 'review' }, { dist: DIST, plain: plain() });
  });

program
  .command('quiz')
  .description('be asked the quiz of one lesson, or some questions of all you have played')
  .argument('[lesson]', 'id of a lesson; without, ten questions of those that you have played')
  .action(async (lesson?: string) => {
    const { play } = await import('./play.ts');
    process.exitCode = await play({ kind: 'quiz', lesson: lesson ?? null }, { dist: DIST, plain: plain() });
  });

program
  .command('sandbox')
  .description('free play without goals, in a new account or in the world of a lesson or scenario')
  .argument('[lesson]', 'id of a lesson, or path of a scenario; without, an account with nothing in it')
  .action(async (lesson?: string) => {
    const { play } = await import('./play.ts');
    process.exitCode = await play(
      { kind: 'sandbox', lesson: lesson ?? null },
      { dist: DIST, plain: plain() },
    );
  });

program
  .command('new')
  .description('write a scenario and its lesson to begin from, in this folder')
  .argument('<id>', 'its id, such as night-school')
  .action(async (id: string) => {
    const { writeNew } = await import('./new.ts');
    process.exitCode = await writeNew(id, '.', DIST);
  });

program
  .command('preview')
  .description('play a scenario or lesson of your own, and read it again each time you save')
  .argument('<file>', 'path of a scenario (.yaml) or lesson (.md)')
  .action(async (file: string) => {
    const { preview } = await import('./preview.ts');
    process.exitCode = await preview(file, { dist: DIST, plain: plain() });
  });

const progress = program
  .command('progress')
  .description('print how far you are; export and import take it to another machine')
  .option('--json', 'as JSON')
  .action(async (options: { json?: true }) => {
    const { showProgress } = await import('./progress.ts');
    process.exitCode = await showProgress({ dist: DIST, json: options.json === true });
  });
progress
  .command('export')
  .description('write all your progress to a file')
  .argument('<file>', 'the file to write; - is standard output')
  .action(async (file: string) => {
    const { exportProgress } = await import('./progress.ts');
    process.exitCode = await exportProgress(file);
  });
progress
  .command('import')
  .description('take in progress that export wrote; nothing you have earned is lost')
  .argument('<file>', 'the file to read; - is standard input')
  .action(async (file: string) => {
    const { importProgress } = await import('./progress.ts');
    process.exitCode = await importProgress(file);
  });

program
  .command('check')
  .description('prove scenarios and lessons sound: the start fails the goals, the solution meets them')
  .argument(
    '[files...]',
    'scenarios, lessons, or folders of them; without, the lessons that come with the program',
  )
  .option('--mutants', "change every solution's policies in each way that matters: a goal must notice")
  .action(async (files: string[], options: { mutants?: true }) => {
    const { check } = await import('./check.ts');
    process.exitCode = await check(files, { dist: DIST, mutants: options.mutants === true });
  });

program
  .command('decide')
  .description('decide requests against policies, as AWS would, and say why')
  .argument('<files...>', 'JSON: one object, a list, or one object a line; - reads standard input')
  .option('--json', 'one line of JSON for each result')
  .option('--trace', 'with every statement, and what in it matched')
  .action(async (files: string[], options: { json?: true; trace?: true }) => {
    const { decide } = await import('./decide.ts');
    process.exitCode = await decide(files, { json: options.json === true, trace: options.trace === true });
  });

program
  .command('replay')
  .description(
    'play a log file that `save` wrote, without a screen, and print what came of it as JSON, a line for each entry',
  )
  .argument('<log>', 'the log file')
  .option('--text', 'print it as it stood at the prompt instead')
  .option('--scenario <scenario>', 'the scenario it was saved in: an id, or a file of your own')
  .action(async (log: string, options: { text?: true; scenario?: string }) => {
    const { replay } = await import('./replay.ts');
    process.exitCode = await replay(log, {
      dist: DIST,
      text: options.text === true,
      scenario: options.scenario ?? null,
    });
  });

await program.parseAsync();

function plain(): boolean {
  return (
    program.opts<{ plain?: true }>().plain === true ||
    /^(1|true|yes)$/.test(process.env.WALKTHROUGH_PLAIN ?? '')
  );
}

function unknownCommand(word: string): never {
  const meant = nearest(
    word,
    program.commands.map((command) => command.name()),
  );
  const advice = meant === null ? '' : ` Did you mean \`walkthrough ${meant}\`?`;
  return program.error(`There is no command \`${word}\`.${advice}`, { exitCode: USAGE });
}
