import { readFileSync } from 'node:fs';
import { readLesson, readScenario } from '../../src/course/authoring.ts';
import { type PlayerSnapshot, startPlayer, stepPlayer, viewOf } from '../../src/course/index.ts';
import type { LastTurn, PlayerEvent, StepView } from '../../src/course/view.ts';

/** The small scenario that the tests of the course play. */
export const scenarioText = readFileSync(new URL('./two-readers.yaml', import.meta.url), 'utf8');
export const lessonText = readFileSync(new URL('./two-readers.md', import.meta.url), 'utf8');

/** A text as the scenario it is; throws when it is none. */
export function scenarioOf(text: string) {
  const read = readScenario('two-readers.yaml', text);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.scenario;
}

export function lessonOf(text: string) {
  const read = readLesson('two-readers.md', text);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.lesson;
}

/** Somebody who plays: does one thing after the other and sees what the screen would show. */
export class Learner {
  snapshot: PlayerSnapshot;
  turn: LastTurn | null = null;

  constructor(snapshot: PlayerSnapshot = startPlayer(lessonOf(lessonText), scenarioOf(scenarioText))) {
    this.snapshot = snapshot;
  }

  get view(): StepView {
    return viewOf(this.snapshot);
  }

  /** What the passages of a kind say. */
  says(kind: StepView['passages'][number]['kind']): readonly string[] {
    return this.view.passages
      .filter((passage) => passage.kind === kind)
      .map(({ markdown }) => markdown.trim());
  }

  /** How every goal stands: `reads:unmet private:met`. */
  get goals(): string {
    return this.view.goals.map(({ id, state }) => `${id}:${state}`).join(' ');
  }

  do(...events: readonly PlayerEvent[]): this {
    for (const event of events) {
      const { snapshot, turn } = stepPlayer(this.snapshot, event);
      this.snapshot = snapshot;
      this.turn = turn;
    }
    return this;
  }

  enter(times = 1): this {
    return this.do(...Array.from({ length: times }, () => ({ type: 'continued' }) as const));
  }

  choose(...indexes: readonly number[]): this {
    return this.do(...indexes.map((index) => ({ type: 'chosen', index }) as const));
  }

  type(...lines: readonly string[]): this {
    return this.do(...lines.map((line) => ({ type: 'line.entered', line }) as const));
  }
}

/** The policy that lets Bob read these objects, as a line. */
export function letBobRead(resource: string): string {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::notes/${resource}` };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  return `aws iam put-user-policy --user-name bob --policy-name read --policy-document '${policy}'`;
}

/** Everything a learner does who makes no mistake, from the first page to the closing. */
export const wholeWay: readonly PlayerEvent[] = [
  ...enters(2),
  ...enters(3), // hello: two lines, on
  ...enters(1), // nobody: an hour
  ...choices(2, 1),
  ...enters(1),
  ...choices(1, 0, 2), // bob-reads: denied, identity, sure
  ...enters(1),
  { type: 'hint.asked' },
  { type: 'line.entered', line: letBobRead('public/*') },
  ...enters(1),
  ...choices(0, 2), // bob-again: allowed
  ...enters(1),
  ...choices(0),
  ...enters(1),
  ...choices(1),
  ...enters(1),
  ...choices(0),
  ...enters(1),
  ...choices(1),
  ...enters(1),
  ...choices(0),
  ...enters(1),
];

function enters(times: number): readonly PlayerEvent[] {
  return Array.from({ length: times }, () => ({ type: 'continued' }) as const);
}

function choices(...indexes: readonly number[]): readonly PlayerEvent[] {
  return indexes.map((index) => ({ type: 'chosen', index }) as const);
}
