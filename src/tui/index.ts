import type { AppOptions, PlainOptions } from './ports.ts';

export type * from './ports.ts';

/** Runs the terminal UI until the learner quits. Resolves with the exit code; the terminal is as it was before. */
export async function runApp(options: AppOptions): Promise<number> {
  const { runApp: run } = await import('./run-app.tsx');
  return run(options);
}

/** Runs the course as a dialogue of plain text, to its end or the end of the input. Resolves with the exit code. */
export async function runPlain(options: PlainOptions): Promise<number> {
  const { runPlain: run } = await import('./plain.ts');
  return run(options);
}
