import { seedOf } from './identifiers.ts';
import { passTime } from './pass-time.ts';
import { Problems, SpecReader } from './read-spec.ts';
import { emptyAccount, emptyWorld, readAccount, readWorld } from './services/index.ts';
import { withCredentialsServed } from './serving.ts';
import type { World } from './world.ts';
import type { SpecProblem, WorldSpec } from './world-spec.ts';

/** The world an author described, or everything that is wrong with the description. Same spec, same world. */
export function buildWorld(spec: WorldSpec): { world: World } | { problems: readonly SpecProblem[] } {
  const problems = new Problems();
  const world = emptyWorld(readClock(problems, spec.clock), seedOf(spec.seed));
  const reader = new SpecReader(problems, world);
  for (const [id, account] of Object.entries(spec.accounts)) {
    const at = ['accounts', id];
    if (/^\d{12}$/.test(id)) {
      const home = emptyAccount(id, account.name);
      world.accounts[id] = home;
      readAccount(reader, at, home, account);
    } else {
      problems.add(at, 'An account id has twelve digits. Write it in quotes.');
    }
  }
  readWorld(reader, spec);
  reader.finish();
  if (problems.list.length > 0) {
    return { problems: problems.list };
  }
  const served = withCredentialsServed(null, world);
  return { world: spec.elapsed === undefined ? served : passTime(served, spec.elapsed * 1000) };
}

function readClock(problems: Problems, text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) {
    problems.add(['clock'], `${text} is not a time. Write it as 2026-03-02T09:00:00Z.`);
    return 0;
  }
  return instant;
}
