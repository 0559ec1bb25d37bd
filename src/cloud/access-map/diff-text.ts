import type { InParts } from '../in-parts.ts';
import type { MapDiff } from './diff.ts';
import { groupRequests, type RequestGroup, type When } from './groups.ts';
import { NOT_THERE } from './permissions.ts';
import { principalName } from './principal.ts';
import { shortResource } from './resource-name.ts';
import type { Universe } from './universe.ts';

/** How many names are spelled out before the rest are counted. */
const NAMED = 3;

/** What is different between two worlds, in words. */
export interface AccessChange {
  readonly opened: Told;
  readonly closed: Told;
  /** Sentences for whoever reads the groups. */
  readonly notes: readonly string[];
}

/** Some requests: how many, and the groups they fall into. */
export interface Told {
  readonly count: number;
  readonly groups: readonly string[];
}

/** A difference in words, what was opened first. */
export function* diffInWords({ universe, opened, closed }: MapDiff): InParts<AccessChange> {
  const more = told(universe, opened);
  yield;
  const fewer = told(universe, closed);
  const note = absentNote([...more.groups, ...fewer.groups]);
  return { opened: more, closed: fewer, notes: note === null ? [] : [note] };
}

function told(universe: Universe, requests: readonly number[]): Told {
  const groups = groupRequests(universe, requests).map((group) => groupText(universe, group));
  return { count: requests.length, groups };
}

/** The same as text: what was opened, then what was closed, a line a group. */
export function changeText({ opened, closed, notes }: AccessChange): string {
  return [...part('Opened', opened), ...part('Closed', closed), ...notes].join('\n');
}

function part(title: string, { count, groups }: Told): readonly string[] {
  if (count === 0) return [`${title}: nothing.`];
  const requests = count === 1 ? '1 request' : `${count} requests`;
  return [`${title}: ${requests}.`, ...groups.map((group) => `  ${group}`)];
}

/** What a made-up name means that stands in these texts; null when there is none in them. */
function absentNote(texts: readonly string[]): string | null {
  return texts.some((text) => text.includes(NOT_THERE))
    ? `${NOT_THERE} stands for any name that nothing has yet.`
    : null;
}

/** One group: `joanne: 14 iam write actions on user/team/*`. */
function groupText(universe: Universe, group: RequestGroup): string {
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
