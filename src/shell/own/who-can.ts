import {
  type Permitted,
  permissionsIn,
  principalName,
  shortResource,
  whoCan as whoCanDo,
} from '../../cloud/access-map/index.ts';
import { objectArn } from '../../cloud/arn.ts';
import type { PermissionNeeded } from '../../cloud/operation.ts';
import { own } from '../../cloud/own.ts';
import type { World } from '../../cloud/world.ts';
import { decider } from '../decision-text.ts';
import { nearest } from '../nearest.ts';
import type { Moment } from '../session.ts';
import { type OwnCommand, saying } from './result.ts';
import { table } from './trail.ts';

/** `who-can <action> <resource>`: everybody who may, what grants it, and what it takes beside. */
export const whoCan: OwnCommand = {
  usage: 'who-can <action> <resource>',
  summary: 'Everybody who may do this to that, and what grants it',
  run({ session, words }) {
    const { world } = session.now;
    const [action, resource, more] = words;
    if (action === undefined || more !== undefined) return saying(session, USAGE, 1);
    const known = permissionsAround(session.now);
    const permissions = known.filter((each) => each.action.toLowerCase() === action.toLowerCase());
    const [first] = permissions;
    if (first === undefined) return saying(session, unknownAction(action, known), 1);
    const found = resourceNamed(permissions, resource);
    return 'problem' in found
      ? saying(session, found.problem, 1)
      : saying(session, answer(world, permissions, first.action, found.resource));
  },
};

/** What can be asked for in the account of whoever sits there; for a stranger, in the first of the world. */
export function permissionsAround({ world, actor }: Moment): readonly PermissionNeeded[] {
  const [first = ''] = Object.keys(world.accounts);
  return permissionsIn(world, own(world.accounts, actor.account)?.id ?? first);
}

const USAGE = "Who can do what? For example 'who-can s3:GetObject my-bucket/my-key'.";

function unknownAction(action: string, known: readonly PermissionNeeded[]): string {
  const near = nearest(
    action,
    known.map((each) => each.action),
  );
  const meant = near.length === 0 ? '' : `\nMaybe you meant: ${near.join(', ')}`;
  return `No operation here needs the permission ${action}.${meant}`;
}

/** The ARN that is meant: written out, as `s3://…`, by what comes after the account in it, or by a name alone. */
function resourceNamed(
  permissions: readonly PermissionNeeded[],
  text: string | undefined,
): { readonly resource: string } | { readonly problem: string } {
  const arns = [...new Set(permissions.map(({ resource }) => resource))];
  const [first = '*'] = arns;
  if (arns.length === 1 && first === '*') return { resource: first };
  if (text === undefined) {
    return { problem: `On what? For example '${shortResource(first)}'.` };
  }
  if (text === '*' || text.startsWith('arn:')) return { resource: text };
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(text) ?? [];
  if (bucket !== undefined && key !== undefined) return { resource: objectArn(bucket, key) };
  const named = [
    arns.filter((arn) => shortResource(arn) === text.replace(/^s3:\/\//, '')),
    arns.filter((arn) => arn.endsWith(`/${text}`)),
  ].find((list) => list.length > 0);
  const [only, other] = named ?? [];
  if (only !== undefined && other === undefined) return { resource: only };
  if (named !== undefined) return { problem: `Several are called ${text}. Which one? ${named.join(', ')}` };
  const near = nearest(text, arns.map(shortResource));
  const which = near.length === 0 ? '' : `\nMaybe you meant: ${near.join(', ')}`;
  return { problem: `Nothing here is called ${text}. An ARN always does, such as ${first}${which}` };
}

function answer(
  world: World,
  permissions: readonly PermissionNeeded[],
  action: string,
  resource: string,
): string {
  const said = permissions
    .filter((each) => each.resource === resource)
    .flatMap(({ context }) => (context === undefined ? [] : [context]));
  const { permitted, asked } = whoCanDo(world, action, resource, said);
  const what = resource === '*' ? action : `${action} on ${resource}`;
  if (permitted.length === 0) return `Nobody may call ${what}. ${asked} principals were asked about.`;
  const several = Object.keys(world.accounts).length > 1;
  const always = permitted.filter(({ when }) => when.length === 0);
  const sometimes = permitted.filter(({ when }) => when.length > 0);
  const row = ({ principal, decision, when }: Permitted) => [
    `  ${principalName(principal, several)}`,
    decider(decision),
    when.length === 0 ? '' : `only when ${when.join(', or ')}`,
  ];
  const count = `${always.length === 0 ? 'None' : always.length} of ${asked} principals may call ${what}`;
  return [
    `${count}${always.length === 0 ? ' as things are.' : ':'}`,
    ...(always.length === 0 ? [] : [table(always.map(row))]),
    ...(sometimes.length === 0 ? [] : ['With more in the request also:', table(sometimes.map(row))]),
  ].join('\n');
}
