import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import {
  type ContentProblem,
  type Faulty,
  formatProblem,
  type ReadScenario,
  readLesson,
  readScenario,
  siblingsOf,
} from '../course/authoring.ts';
import { codeOf, whyUnreadable } from './file-error.ts';
import type { Playable, SourceFile } from './library.ts';

/**
 * Reads the text of each file, and of every lesson and scenario in each folder and in its `lessons/` and
 * `scenarios/`. A path that cannot be read
 * becomes a problem.
 */
export async function readTexts(
  paths: readonly string[],
): Promise<{ readonly files: readonly SourceFile[]; readonly problems: readonly ContentProblem[] }> {
  const files: SourceFile[] = [];
  const problems: ContentProblem[] = [];
  for (const path of paths) {
    try {
      const names = await filesAt(path);
      for (const name of names) {
        // A file may be named twice, or with the folder it is in.
        if (files.some((one) => resolve(one.name) === resolve(name))) continue;
        files.push({ name, text: await readFile(name, 'utf8') });
      }
      if (names.length === 0) problems.push(emptyFolder(path));
    } catch (error) {
      problems.push(unreadable(path, error));
    }
  }
  return { files: await withExtended(files), problems };
}

/** With the files whose worlds are extended, as far as they are in the folder of the file that names them. */
async function withExtended(files: readonly SourceFile[]): Promise<readonly SourceFile[]> {
  const all = [...files];
  // The list grows while it is walked: a world may extend one that extends another.
  for (const { name, text } of all) {
    for (const [, extended = ''] of text.matchAll(/\bextends:\s*["']?([\w-][\w.-]*\.ya?ml)/g)) {
      const path = name.slice(0, -basename(name).length) + extended;
      if (all.some((one) => resolve(one.name) === resolve(path))) continue;
      const found = await textWithin(path);
      if (found !== null) all.push({ name: path, text: found });
    }
  }
  return all;
}

/** The text of a file that lies where it seems to; null when there is none, or it is a link to elsewhere. */
async function textWithin(path: string): Promise<string | null> {
  try {
    const folder = await realpath(dirname(path));
    return (await realpath(path)).startsWith(join(folder, '/')) ? await readFile(path, 'utf8') : null;
  } catch {
    return null;
  }
}

async function filesAt(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const folders = [path, join(path, 'lessons'), join(path, 'scenarios')];
  const names = await Promise.all(
    folders.map((folder) => (folder === path ? readdir(folder) : readdir(folder).catch(() => []))),
  );
  return folders.flatMap((folder, index) =>
    (names[index] ?? [])
      .filter((name) => /\.(md|ya?ml)$/.test(name))
      .sort()
      .map((name) => join(folder, name)),
  );
}

/** Reads a scenario to be played, or a lesson with the scenario it names; problems say line and column. */
export async function readPlayable(path: string): Promise<Playable | Faulty> {
  const text = await textAt(path);
  if ('problems' in text) return text;
  if (!path.endsWith('.md')) {
    const read = await scenarioAt(path, text.text);
    return 'problems' in read ? read : { lesson: null, scenario: read.scenario };
  }
  const read = readLesson(path, text.text);
  if ('problems' in read) return read;
  const { lesson } = read;
  for (const folder of [join(dirname(path), '../scenarios'), dirname(path)]) {
    const file = join(folder, `${lesson.scenario}.yaml`);
    const scenarioText = await textAt(file);
    if ('problems' in scenarioText) continue;
    const scenario = await scenarioAt(file, scenarioText.text);
    return 'problems' in scenario ? scenario : { lesson, scenario: scenario.scenario };
  }
  return fault(
    path,
    `The scenario \`${lesson.scenario}\` of this lesson was not found.`,
    `Put ${lesson.scenario}.yaml beside it, or in a folder scenarios/ beside the lesson's folder.`,
  );
}

async function scenarioAt(name: string, text: string): Promise<ReadScenario | Faulty> {
  const file = { name, text };
  return readScenario(name, text, siblingsOf(file, await withExtended([file])));
}

/** Problems as a compiler prints them, one after the other. */
export function problemsText(problems: readonly ContentProblem[]): string {
  return problems.map(formatProblem).join('\n');
}

/** The first of some problems in one line, for a screen that has no room for all. */
export function problemLine([first, ...others]: readonly ContentProblem[]): string {
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const [advice = ''] = first.mend.split('\n');
  return `${formatProblem({ ...first, mend: advice })}${more}`.replaceAll(/\s+/g, ' ');
}

async function textAt(path: string): Promise<{ readonly text: string } | Faulty> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    return { problems: [unreadable(path, error)] };
  }
}

function unreadable(path: string, error: unknown): ContentProblem {
  const missing = codeOf(error) === 'ENOENT';
  const what = missing ? 'There is no such file.' : `The file cannot be read: ${whyUnreadable(error)}.`;
  return {
    file: path,
    line: 1,
    column: 1,
    what,
    mend: missing ? `It was looked for as ${resolve(path)}.` : '',
  };
}

function emptyFolder(path: string): ContentProblem {
  const mend =
    'Lessons end in .md, scenarios in .yaml; of the folders within it only lessons/ and scenarios/ are looked into.';
  return { file: path, line: 1, column: 1, what: 'No lesson and no scenario is in this folder.', mend };
}

function fault(file: string, what: string, mend: string): Faulty {
  return { problems: [{ file, line: 1, column: 1, what, mend }] };
}
