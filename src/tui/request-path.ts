import { actorName } from '../cloud/index.ts';
import type { CheckedPermission } from '../cloud/trail.ts';
import type { World } from '../cloud/world.ts';
import type { Layer } from '../iam/decision.ts';
import { layerName } from '../iam/index.ts';
import type { Attempt } from '../shell/session.ts';
import { type Line, type Span, span, truncate, truncateMiddle, widthOf, wrap } from './styled-text.ts';
import type { Role } from './theme.ts';

/** One place a request passes: who, as what principal, past which policies, to what. */
export interface Station {
  readonly label: string;
  readonly state: 'passed' | 'stopped' | 'not-reached';
}

/** A request's way: its stations and how it ended, in a few words. */
export interface RequestPath {
  readonly what: string;
  readonly stations: readonly Station[];
  readonly end: { readonly mark: string; readonly words: string; readonly role: Role };
}

/** The way of an attempt through the world in which it was made. */
export function requestPath(world: World, attempt: Attempt): RequestPath {
  const who = actorName(world, attempt.actor);
  const { answer } = attempt;
  const what = attempt.request.operation;
  if (answer.kind === 'not-sent') {
    return {
      what,
      stations: stations([who, 'no credentials', 'policies', 'AWS'], 1),
      end: { mark: '✗', words: 'never sent', role: 'warn' },
    };
  }
  if (answer.kind === 'unsupported') {
    return {
      what,
      stations: stations([who, 'policies', 'AWS'], 1),
      end: { mark: '–', words: 'not simulated here: nothing was decided', role: 'warn' },
    };
  }
  const event = world.trail.find((each) => each.number === answer.event);
  const principal = shortPrincipal(event?.principal ?? null) ?? who;
  if (answer.kind === 'rejected') {
    const key = event === undefined ? 'credentials' : truncateMiddle(event.accessKey, 11);
    return {
      what,
      stations: stations([who, key, 'policies', shortResource(event?.resources[0] ?? 'AWS')], 1),
      end: { mark: '✗', words: `credentials not accepted: ${answer.error.code}`, role: 'bad' },
    };
  }
  const check = decidingCheck(answer.checks);
  const target = shortResource(check?.resource ?? event?.resources[0] ?? 'AWS');
  const policies = check === undefined ? 'policies' : layerName(check.decidedBy);
  const names = [who, principal, policies, target];
  const action = check === undefined ? what : check.action;
  switch (answer.kind) {
    case 'denied':
      return {
        what: action,
        stations: stations(names, 2),
        end: { mark: '✗', words: deniedWords(check), role: 'bad' },
      };
    case 'failed':
      return {
        what: action,
        stations: stations(names, 3),
        end: { mark: '✗', words: `allowed, then failed: ${answer.error.code}`, role: 'warn' },
      };
    case 'done':
      return {
        what: action,
        stations: stations(names, null),
        end: { mark: '✓', words: allowedWords(answer.checks.length, policies), role: 'good' },
      };
  }
}

/** Rows of the path: boxes where they fit, a chain of words where they do not. */
export function pathLines(path: RequestPath, width: number): Line[] {
  const heading: Line = [span('Last request ', 'heading'), span(truncate(path.what, width - 13), 'code')];
  const end: Line = [span(`${path.end.mark} `, path.end.role), span(path.end.words, path.end.role)];
  return [heading, ...(boxes(path.stations, width) ?? chain(path.stations, width)), ...wrap(end, width)];
}

function stations(labels: readonly string[], stoppedAt: number | null): Station[] {
  return distinct(labels, stoppedAt).map(({ label, at }) => ({
    label,
    state: stoppedAt === null || at < stoppedAt ? 'passed' : at === stoppedAt ? 'stopped' : 'not-reached',
  }));
}

/** A user acts as itself: one station is enough. */
function distinct(labels: readonly string[], stoppedAt: number | null): { label: string; at: number }[] {
  return labels
    .map((label, at) => ({ label, at }))
    .filter(({ label, at }) => at !== 1 || label !== labels[0] || stoppedAt === 1);
}

function decidingCheck(checks: readonly CheckedPermission[]): CheckedPermission | undefined {
  return checks.find((each) => each.decision !== 'allowed') ?? checks[0];
}

function allowedWords(count: number, layer: string): string {
  if (count === 0) return 'needs no permission';
  return count === 1 ? `allowed by ${layer}` : `allowed by ${layer}: ${count} permissions`;
}

function deniedWords(check: CheckedPermission | undefined): string {
  if (check === undefined) return 'denied';
  const layer = layerName(check.decidedBy);
  if (check.decision === 'implicit-deny') return `denied by ${layer}: nobody said yes`;
  return `denied by ${layer}${check.policy === null ? '' : `: ${check.policy} says no`}`;
}

/** `arn:aws:sts::…:assumed-role/web-role/i-…` as `web-role`; null for nobody. */
function shortPrincipal(arn: string | null): string | null {
  if (arn === null) return null;
  const [kind = '', ...rest] = arn.split(':').slice(5).join(':').split('/');
  if (kind === 'assumed-role') return rest[0] ?? null;
  return rest.at(-1) ?? (kind === 'root' ? 'root user' : arn);
}

/** The part of an ARN that tells one resource from another: `acme-media/site/index.html`, `user/joanne`. */
export function shortResource(arn: string): string {
  if (!arn.startsWith('arn:')) return arn === '*' ? 'any resource' : arn;
  return arn.split(':').slice(5).join(':');
}

function lookOf(state: Station['state']): { border: Role; text: Role } {
  if (state === 'passed') return { border: 'good', text: 'plain' };
  if (state === 'stopped') return { border: 'bad', text: 'strong' };
  return { border: 'faint', text: 'faint' };
}

/** Null when the boxes would have no room for their words. */
function boxes(path: readonly Station[], width: number): Line[] | null {
  const arrows = (path.length - 1) * 3;
  const room = width - arrows - path.length * 4;
  const whole = path.map(({ label }) => label);
  const labels = sum(whole.map(widthOf)) <= room ? whole : whole.map(shortLabel);
  const widths = shares(labels.map(widthOf), room);
  if (widths === null) return null;
  const top: Span[] = [];
  const middle: Span[] = [];
  const bottom: Span[] = [];
  path.forEach((station, index) => {
    const look = lookOf(station.state);
    const width = widths[index] ?? 0;
    if (index > 0) {
      const [arrow, role] = arrowTo(path[index - 1], station);
      top.push(span('   '));
      middle.push(span(arrow, role));
      bottom.push(span('   '));
    }
    const label = truncateMiddle(labels[index] ?? '', width);
    top.push(span(`╭${'─'.repeat(width + 2)}╮`, look.border));
    middle.push(
      span('│ ', look.border),
      span(label + ' '.repeat(Math.max(0, width - widthOf(label))), look.text),
      span(' │', look.border),
    );
    bottom.push(span(`╰${'─'.repeat(width + 2)}╯`, look.border));
  });
  return [top, middle, bottom];
}

function arrowTo(from: Station | undefined, to: Station): [string, Role] {
  if (from?.state === 'stopped') return ['─✗ ', 'bad'];
  if (to.state === 'not-reached') return [' ┄ ', 'faint'];
  return ['──▶', 'good'];
}

const shortLayers: readonly (readonly [Layer, string])[] = [
  ['identity', 'identity'],
  ['permissions-boundary', 'boundary'],
  ['service-control', 'SCP'],
  ['resource-control', 'RCP'],
  ['session', 'session'],
];

/** What stops a request, by the word that tells it from the others: all of it stands below the boxes. */
function shortLabel(label: string): string {
  return shortLayers.find(([layer]) => layerName(layer) === label)?.[1] ?? label;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** Room for each label: its own width, and less for the longest when not all fit. */
function shares(wanted: readonly number[], total: number): number[] | null {
  const shared = [...wanted];
  while (sum(shared) > total) {
    const longest = Math.max(...shared);
    if (longest <= 8) return null;
    shared[shared.indexOf(longest)] = longest - 1;
  }
  return shared;
}

function chain(path: readonly Station[], width: number): Line[] {
  const total = width - (path.length - 1) * 5;
  const even = Math.max(4, Math.floor(total / path.length));
  const labels = path.map(({ label }) => shortLabel(label));
  const widths = shares(labels.map(widthOf), total) ?? labels.map(() => even);
  const row = path.flatMap((station, index): Span[] => {
    const look = lookOf(station.state);
    const label = span(truncateMiddle(labels[index] ?? '', widths[index] ?? even), look.text);
    if (index === 0) return [label];
    const [arrow, role] = arrowTo(path[index - 1], station);
    return [span(` ${arrow} `, role), label];
  });
  return wrap(row, width, [span('  ')]);
}
