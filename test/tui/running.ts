import { vi } from 'vitest';
import { runApp } from '../../src/tui/index.ts';
import type { AppOptions } from '../../src/tui/ports.ts';
import { MemoryCourse } from './course.ts';
import { Screen } from './screen.ts';

// Generous: a wait ends as soon as what it waits for is there, and a busy machine is slow.
vi.setConfig({ testTimeout: 120_000 });

/** The program running on a screen in memory. */
export interface Running {
  readonly screen: Screen;
  readonly course: MemoryCourse;
  readonly exit: Promise<number>;
  saveNext(content: string): void;
}

/** Starts it with our own course and waits for its first frame. */
export async function start(columns: number, rows: number, more: Partial<AppOptions> = {}): Promise<Running> {
  const screen = new Screen(columns, rows);
  const course = new MemoryCourse();
  let saved = '';
  const exit = runApp({
    course,
    edit: async () => ({ content: saved }),
    folder: { write: async () => '', read: async () => null },
    services: async () => null,
    stdin: screen.stdin,
    stdout: screen.stdout,
    process: screen.process,
    env: { NO_COLOR: '1', NO_MOTION: '1' },
    start: { kind: 'home' },
    watch: null,
    notice: null,
    ...more,
  });
  await screen.until(/\S/);
  return {
    screen,
    course,
    exit,
    saveNext: (content) => {
      saved = content;
    },
  };
}
