import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Playable } from '../../src/cli/library.ts';
import { splitCommands } from '../../src/course/commands.ts';
import type { AuthorLine } from '../../src/course/content.ts';
import { lookedUp } from '../look-up.ts';

/** The lessons and challenges that were built, in the order of the course. */
export function builtLessons(): readonly {
  readonly id: string;
  readonly title: string;
  readonly challengeOf?: string | null;
}[] {
  return JSON.parse(readFileSync(resolve('dist/course/course.json'), 'utf8'));
}

/** A built lesson with its scenario: the learner below knows its solutions, and nothing else of it. */
export function builtLesson(id: string): Playable {
  return JSON.parse(readFileSync(join(resolve('dist/course'), `${id}.json`), 'utf8'));
}

/** What a learner sees at one moment: where they are, what is asked, and the text around it. */
export interface Moment {
  readonly part: 'concept' | 'scenario' | 'quiz' | 'closing';
  /** Of the step, from 1. */
  readonly number: number;
  readonly of: number;
  readonly ask: 'continue' | 'run' | 'choose' | 'task' | 'end';
  readonly text: string;
}

/** A way to play: the screen, or the plain dialogue. Each action resolves when it has been answered. */
export interface Surface {
  now(): Promise<Moment>;
  goOn(): Promise<void>;
  /** Index into the options. */
  choose(index: number): Promise<void>;
  /** A line at the prompt. */
  enter(line: string): Promise<void>;
  /** A file of the workspace, with the editor. */
  write(name: string, content: string): Promise<void>;
}

/** More actions than any lesson takes: a driver that turns in circles fails rather than hangs. */
const MOST_ACTIONS = 600;

/**
 * Plays a lesson from where it is to its closing screen, or until `stop` says so: predicts now this and now that,
 * tries every task's first near miss before its solution, and answers every question wrong before it is right.
 * Gives every moment seen.
 */
export async function play(
  surface: Surface,
  { scenario }: Playable,
  stop: (moment: Moment) => boolean = () => false,
): Promise<readonly Moment[]> {
  const seen: Moment[] = [];
  const answered = new Set<string>();
  for (let action = 0; action < MOST_ACTIONS; action++) {
    const moment = await surface.now();
    seen.push(moment);
    if (moment.ask === 'end' || stop(moment)) return seen;
    const step = moment.part === 'scenario' ? scenario.steps[moment.number - 1] : undefined;
    if (moment.ask === 'continue' || moment.ask === 'run') {
      await surface.goOn();
    } else if (moment.ask === 'choose') {
      const question = moment.part === 'quiz' ? scenario.quiz[moment.number - 1] : step;
      const options = question !== undefined && 'options' in question ? question.options : null;
      if (question === undefined || options === null) {
        await surface.choose(action % 2);
      } else {
        const second = answered.has(question.id);
        answered.add(question.id);
        await surface.choose(options.findIndex(({ right }) => right === second));
      }
    } else if (step?.kind === 'task') {
      const [nearMiss] = step.nearMisses;
      if (nearMiss !== undefined) {
        await type(surface, nearMiss.run);
        const after = await surface.now();
        seen.push(after);
        if (after.ask !== 'task') {
          throw new Error(`“${nearMiss.name}” passed the task ${step.id}:\n${after.text}`);
        }
        await surface.enter('reset');
      }
      await type(surface, step.solution);
      const done = await surface.now();
      if (done.ask === 'task') throw new Error(`Its solution did not end the task ${step.id}:\n${done.text}`);
    } else {
      throw new Error(`Nothing is known to do here:\n${moment.text}`);
    }
  }
  throw new Error(`The lesson did not end:\n${seen.at(-1)?.text}`);
}

async function type(surface: Surface, lines: readonly AuthorLine[]): Promise<void> {
  for (const line of lines) {
    if (line.kind === 'file') {
      await surface.write(line.name, line.content);
    } else {
      await surface.enter(`as ${line.as}`);
      for (const command of splitCommands(line.run)) {
        const found = await lookedUp(command, async (line) => {
          await surface.enter(line);
          return (await surface.now()).text;
        });
        await surface.enter(found);
        // The goals may hold before an author's last line.
        if ((await surface.now()).ask !== 'task') return;
      }
    }
    if ((await surface.now()).ask !== 'task') return;
  }
}
