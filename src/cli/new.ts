import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newScenario } from '../course/authoring.ts';
import { messageOf } from './file-error.ts';

/** The files could not be written. */
const NOT_WRITTEN = 1;
/** No id that progress could be kept by. */
const USAGE = 2;

/**
 * Writes a scenario and its lesson to begin from, in `folder`: in its `scenarios/` and `lessons/` where it has
 * both, else side by side. Nothing is overwritten. Gives the exit code.
 */
export async function writeNew(id: string, folder: string, dist: URL): Promise<number> {
  if (!/^(?!constructor$)[a-z0-9][a-z0-9-]{0,63}$/.test(id)) {
    console.error('An id is made of small letters, digits and hyphens, 64 at most, such as night-school.');
    return USAGE;
  }
  const apart = existsSync(join(folder, 'scenarios')) && existsSync(join(folder, 'lessons'));
  const at = (kind: 'scenarios' | 'lessons', name: string): string =>
    apart ? join(folder, kind, name) : join(folder, name);
  const schema = fileURLToPath(new URL('schemas/scenario.json', dist));
  const { scenario, lesson } = newScenario(
    id,
    schema,
    await nextPlace(apart ? join(folder, 'lessons') : folder),
  );
  const files = [
    { path: at('scenarios', `${id}.yaml`), text: scenario },
    { path: at('lessons', `${id}.md`), text: lesson },
  ];
  const there = files.find(({ path }) => existsSync(path));
  if (there !== undefined) {
    console.error(`${there.path} is there already. Choose another id, or delete it first.`);
    return NOT_WRITTEN;
  }
  try {
    for (const { path, text } of files) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text, { flag: 'wx' });
      console.log(`Written: ${path}`);
    }
  } catch (error) {
    console.error(`It cannot be written: ${messageOf(error)}`);
    return NOT_WRITTEN;
  }
  const [first, second] = files.map(({ path }) => path);
  console.log('\nIt passes its check as it is. Next:');
  console.log(`  walkthrough preview ${second}    plays it, and again each time you save`);
  console.log(`  walkthrough check ${first} ${second}    proves it sound`);
  return 0;
}

/** The place after the last lesson of a folder; 1 in a folder without lessons, or that cannot be read. */
async function nextPlace(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const lessons = names.filter((name) => name.endsWith('.md'));
  const places = await Promise.all(
    lessons.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8').catch(() => '');
      return Number(/^---[\s\S]*?^order: *(\d+)/m.exec(text)?.[1] ?? 0);
    }),
  );
  return Math.max(0, ...places) + 1;
}
