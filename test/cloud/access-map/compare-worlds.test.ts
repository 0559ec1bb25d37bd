import { expect, it } from 'vitest';
import { beginSandbox } from '../../../src/cli/playing.ts';
import {
  accessMap,
  changeText,
  compareWorlds,
  deriveUniverse,
  diffInWords,
  diffMaps,
  updateMap,
} from '../../../src/cloud/access-map/index.ts';
import { atOnce } from '../../../src/cloud/in-parts.ts';

function worldAfter(...lines: readonly string[]) {
  const play = lines.reduce(
    (at, line) => at.send({ type: 'line.entered', line }),
    beginSandbox('sandbox:', null),
  );
  if (play.view.session === null) throw new Error('A sandbox has a session.');
  return play.view.session.now.world;
}

it('gives way hundreds of times while it compares, so that a key never waits for it', () => {
  const [before, after] = [worldAfter(), worldAfter('aws iam create-user --user-name sam')];
  const work = compareWorlds(before, after);
  let parts = 0;
  while (work.next().done !== true) parts++;
  expect(parts).toBeGreaterThan(300);
  const found = atOnce(compareWorlds(before, after));
  expect(found.closed).toEqual({ count: 0, groups: [] });
  expect(found.opened.groups.length).toBeGreaterThan(0);
  expect(found.notes).toEqual([]);
});

it('finds out part by part what one sweep over everything does', () => {
  const [before, after] = [worldAfter(), worldAfter('aws iam create-user --user-name sam')];
  const universe = deriveUniverse(before, after);
  const map = accessMap(before, universe);
  const swept = atOnce(diffInWords(diffMaps(map, updateMap(map, after))));
  expect(changeText(atOnce(compareWorlds(before, after)))).toBe(changeText(swept));
});
