import type { Organization, World } from '../cloud/world.ts';
import { type Line, type Span, span } from './styled-text.ts';
import { section } from './tree.ts';

/** The organization as a tree of OUs and accounts, with the policies on each; nothing in a world without one. */
export function organizationLines(world: World, here: string, width: number): Line[] {
  const { organization } = world;
  if (organization === null) return [];
  const rows = below(world, organization, organization.rootId, here, ' ');
  const root: Line = [span(' Root', 'strong'), ...policiesOn(organization, organization.rootId)];
  return section('Organization', [[root, ...rows]], width);
}

function below(
  world: World,
  organization: Organization,
  parent: string,
  here: string,
  indent: string,
): Line[] {
  const accounts = Object.entries(organization.members).filter(([, member]) => member.parent === parent);
  const units = Object.values(organization.units).filter((unit) => unit.parent === parent);
  const count = accounts.length + units.length;
  const nodes = [
    ...accounts.map(([id]) => ({ row: accountRow(world, organization, id, here), children: null })),
    ...units.map((unit) => ({ row: unitRow(organization, unit.id, unit.name), children: unit.id })),
  ];
  return nodes.flatMap(({ row, children }, index) => {
    const isLast = index === count - 1;
    const rail = span(`${indent}${isLast ? '└─ ' : '├─ '}`, 'border');
    const deeper = `${indent}${isLast ? '   ' : '│  '}`;
    return [[rail, ...row], ...(children === null ? [] : below(world, organization, children, here, deeper))];
  });
}

function accountRow(world: World, organization: Organization, id: string, here: string): Line {
  const name = world.accounts[id]?.name ?? id;
  const isHere = id === here;
  return [
    span(isHere ? '● ' : '○ ', isHere ? 'accent' : 'faint'),
    span(name, isHere ? 'accent' : 'strong'),
    ...(name === id ? [] : [span(` ${id}`, 'faint')]),
    ...(id === organization.managementAccount ? [span(' manages it; no SCP holds here', 'faint')] : []),
    ...policiesOn(organization, id),
  ];
}

function unitRow(organization: Organization, id: string, name: string): Line {
  return [span('OU ', 'faint'), span(name, 'strong'), ...policiesOn(organization, id)];
}

function policiesOn({ attachments, policies }: Organization, target: string): Span[] {
  const names = (attachments[target] ?? []).map((id) => policies[id]?.name ?? id.replace(/^p-/, ''));
  return names.flatMap((name) => [span(' '), span(`[${name}]`, name === 'FullAWSAccess' ? 'faint' : 'warn')]);
}

/** The accounts of a world, that of the learner first. */
export function accountsInOrder(world: World, here: string): readonly World['accounts'][string][] {
  const all = Object.values(world.accounts);
  return [...all.filter(({ id }) => id === here), ...all.filter(({ id }) => id !== here)];
}
