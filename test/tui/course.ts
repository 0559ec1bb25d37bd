import { type Around, begin, beginSandbox, Deck } from '../../src/cli/playing.ts';
import type { CompiledCourse, CompiledScenario } from '../../src/course/content.ts';
import {
  type CoursePort,
  type LessonCard,
  type OpenedLesson,
  type Play,
  sandboxId,
} from '../../src/tui/ports.ts';
import { ownCourse } from '../course/own-course.ts';

const { lessons, scenarios } = ownCourse;

export const lessonIds: readonly string[] = lessons.map(({ id }) => id);

/** The scenario that belongs to a lesson of our own course. */
export function scenarioOf(lesson: string): CompiledScenario {
  const id = lessons.find((each) => each.id === lesson)?.scenario;
  const scenario = scenarios.find((each) => each.id === id);
  if (scenario === undefined) throw new Error(`no scenario of ${lesson}`);
  return scenario;
}

/** A lesson that is played among no others. */
export const alone: Around = {
  earlier: [],
  following: null,
  deck: new Deck(
    () => new Map(),
    () => new Date(0),
  ),
};

/** Lessons and their scenarios, played by the real player, with progress kept in memory. Our own unless said. */
export class MemoryCourse implements CoursePort {
  readonly kept: Play[] = [];
  private readonly content: Pick<CompiledCourse, 'lessons' | 'scenarios'>;

  constructor(content: Pick<CompiledCourse, 'lessons' | 'scenarios'> = { lessons, scenarios }) {
    this.content = content;
  }

  private find(id: string) {
    const lesson = this.content.lessons.find((each) => each.id === id);
    const scenario = this.content.scenarios.find((each) => each.id === lesson?.scenario);
    return lesson === undefined || scenario === undefined ? undefined : { lesson, scenario };
  }

  private readonly at = new Map<string, Play>();

  lessons(): readonly LessonCard[] {
    return this.content.lessons.map(({ id, title, summary, minutes }) => {
      const play = this.at.get(id);
      const { step } = play?.view ?? {};
      return {
        id,
        title,
        summary,
        minutes,
        due: 0,
        isFinished: false,
        progress:
          step === undefined
            ? { state: 'new' }
            : { state: 'begun', done: step.number, steps: step.of, where: step.title },
      };
    });
  }

  next(): string | null {
    return this.content.lessons[0]?.id ?? null;
  }

  async open(id: string, from: 'where-left' | 'anew') {
    const found = this.find(id);
    if (found === undefined) return { problem: `There is no lesson called ${id}.` };
    const left = from === 'where-left' ? this.at.get(id) : undefined;
    return { play: left ?? begin(id, found, alone), notice: null };
  }

  due() {
    return { count: 0, next: null };
  }

  async review() {
    return { problem: 'Nothing is due.' };
  }

  async quiz(id: string | null) {
    return { problem: `There is no quiz of ${id}.` };
  }

  async sandbox(id: string | null): Promise<OpenedLesson> {
    const found = id === null ? null : this.find(id);
    if (found === undefined) return { problem: `There is no lesson called ${id}.` };
    return { play: beginSandbox(sandboxId(id), found), notice: null };
  }

  *advise() {
    yield;
    return null;
  }

  async keep(play: Play): Promise<string | null> {
    this.kept.push(play);
    this.at.set(play.lesson, play);
    return null;
  }
}
