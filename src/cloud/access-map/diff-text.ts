import type { MapDiff } from './diff.ts';
import { groupRequests, type RequestGroup, type When } from './groups.ts';
import { NOT_THERE } from './permissions.ts';
import { principalName } from './principal.ts';
import { shortResource } from './resource-name.ts';
import type { Universe } from './universe.ts';

/** How many names are spelled out before the rest are counted. */
const NAMED = 3;

/** A difference as text: what was opened, then what was closed, a line a group. */
export function diffText({ universe, opened, closed }: MapDiff): string {
  const rows = [...part(universe, 'Opened', opened), ...part(universe, 'Closed', closed)];
  const note = absentNote(rows);
  return (note === null ? rows : [...rows, note]).join('\n');
}

function part(universe: Universe, title: string, requests: readonly number[]): readonly string[] {
  if (requests.length === 0) {
    return [`${title}: nothing.`];
  }
  const count = requests.length === 1 ? '1 request' : `${requests.length} requests`;
  return [
    `${title}: ${count}.`,
    ...groupRequests(universe, requests).map((group) => `  ${groupText(universe, group)}`),
  ];
}

/** What a made-up name means that stands in these texts; null when there is none in them. */
export function absentNote(texts: readonly string[]): string | null {
  return texts.some((text) => text.includes(NOT_THERE))
    ? `${NOT_THERE} stands for any name that nothing has yet.`
    : null;
}

/** One group: `joanne: 14 iam write actions on user/team/*`. */
export function groupText(universe: Universe, group: RequestGroup): string {
  const { family, actions, resources, pattern, when } = group;
  const what = actions.length > NAMED ? `${actions.length} ${family} actions` : actions.join(', ');
  const where = pattern ?? shortList(resources.map(shortResource));
  return `${whoText(universe, group)}: ${what} on ${where}${whenText(when)}`;
}

function whoText({ principals }: Universe, group: RequestGroup): string {
  const accounts = principals.flatMap((each) => ('account' in each ? [each.account] : []));
  const several = new Set(accounts).size > 1;
  return shortList(
    group.principals.flatMap((at) => {
      const principal = principals[at];
      return principal === undefined ? [] : [principalName(principal, several)];
    }),
  );
}

function whenText(when: When): string {
  switch (when.kind) {
    case 'always':
      return '';
    case 'only':
      return `, only when ${shortList(when.labels, 'or')}`;
    case 'except':
      return `, except when ${shortList(when.labels, 'or')}`;
  }
}

/** A list in words: `a`, `a and b`, `a, b, c and 4 more`. */
function shortList(names: readonly string[], word = 'and'): string {
  const shown = names.length > NAMED + 1 ? names.slice(0, NAMED) : names;
  const left = names.length - shown.length;
  const ends = left > 0 ? [...shown, `${left} more`] : shown;
  return ends.length < 2 ? ends.join('') : `${ends.slice(0, -1).join(', ')} ${word} ${ends.at(-1)}`;
}
