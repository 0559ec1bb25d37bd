import { findActor } from '../cloud/index.ts';
import type { World } from '../cloud/world.ts';

const PLACEHOLDER = /\$\{(now|job|(?:key|policy):[^}]+)\}/g;

/**
 * What an author wrote with its placeholders filled in as they are in this world, since neither the time nor what AWS
 * draws is known beforehand: `${now}` is the time of the simulated clock as policies write it, such as
 * 2026-03-02T09:00:00Z; `${key:ann}` the id of the access key that user `ann` has had longest; `${policy:Fence}` that
 * of the organization's policy of this name; `${job}` that of the report asked for last. One that stands for nothing
 * here stays as it is.
 */
export function filledIn(run: string, world: World): string {
  return run.replaceAll(PLACEHOLDER, (whole, placeholder: string) => meaning(placeholder, world) ?? whole);
}

function meaning(placeholder: string, world: World): string | undefined {
  const [kind, ...name] = placeholder.split(':');
  switch (kind) {
    case 'now':
      return `${new Date(world.clock).toISOString().slice(0, 19)}Z`;
    case 'job':
      return lastJob(world);
    case 'key':
      return firstKey(world, name.join(':'));
    default:
      return Object.values(world.organization?.policies ?? {}).find(
        (policy) => policy.name === name.join(':'),
      )?.id;
  }
}

function firstKey(world: World, name: string): string | undefined {
  const actor = findActor(world, name);
  if (actor?.kind !== 'user') return undefined;
  const keys = Object.values(world.accounts[actor.account]?.accessKeys ?? {});
  return keys.find(({ user }) => user === actor.user)?.id;
}

function lastJob(world: World): string | undefined {
  return Object.values(world.accounts)
    .flatMap(({ lastAccessedJobs }) => Object.values(lastAccessedJobs))
    .toSorted((a, b) => a.created - b.created)
    .at(-1)?.id;
}
