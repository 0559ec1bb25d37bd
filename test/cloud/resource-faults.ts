import type { Account, World } from '../../src/cloud/world.ts';

/** What in keys, secrets, queues, topics, functions, networks and buckets points at nothing, or breaks a limit. */
export function resourceFaults(world: World): readonly string[] {
  return Object.values(world.accounts).flatMap((account) => [
    ...keyFaults(account),
    ...messageFaults(account),
    ...computeFaults(world, account),
    ...networkFaults(account),
    ...Object.values(account.buckets).flatMap(({ name, objects }) =>
      Object.entries(objects).flatMap(([key, { tags = {} }]) =>
        Object.keys(tags).length > 10 ? [`${name}/${key} has too many tags`] : [],
      ),
    ),
  ]);
}

function keyFaults({ id: account, kmsKeys, kmsAliases, secrets }: Account): readonly string[] {
  return [
    ...Object.entries(kmsAliases).flatMap(([alias, key]) =>
      kmsKeys[key] && alias.startsWith('alias/') ? [] : [`${alias} leads to ${key}`],
    ),
    ...Object.entries(kmsKeys).flatMap(([id, { arn, state }]) =>
      arn.endsWith(`:${account}:key/${id}`) && (state.name !== 'PendingDeletion' || state.deletion > 0)
        ? []
        : [`key ${id}`],
    ),
    ...Object.entries(secrets).flatMap(([name, { arn, versions }]) =>
      arn.includes(`:${account}:secret:${name}-`) && versions.length <= 2 ? [] : [`secret ${name}`],
    ),
  ];
}

function messageFaults({ id: account, queues, topics }: Account): readonly string[] {
  return [
    ...Object.entries(queues).flatMap(([name, { arn, url, messages }]) =>
      arn.endsWith(`:${account}:${name}`) &&
      url.endsWith(`/${account}/${name}`) &&
      new Set(messages.map(({ id }) => id)).size === messages.length
        ? []
        : [`queue ${name}`],
    ),
    ...Object.values(topics).flatMap(({ arn, subscriptions }) =>
      Object.entries(subscriptions).flatMap(([key, each]) =>
        key === each.arn && key.startsWith(`${arn}:`) ? [] : [`subscription ${key}`],
      ),
    ),
  ];
}

function computeFaults(world: World, { id: account, functions, sessions }: Account): readonly string[] {
  return Object.values(functions).flatMap(({ name, role, key }) =>
    role.startsWith(`arn:aws:iam::${account}:role/`) &&
    (key === null || (sessions[key] && world.keyAccounts[key] === account))
      ? []
      : [`function ${name}`],
  );
}

function networkFaults({ vpcs, subnets, vpcEndpoints, instances }: Account): readonly string[] {
  const placed = Object.values(instances).flatMap(({ network }) => network ?? []);
  return [
    ...Object.values(subnets).flatMap(({ id, vpc }) => (vpcs[vpc] ? [] : [`subnet ${id} in ${vpc}`])),
    ...Object.values(vpcEndpoints).flatMap(({ id, vpc }) => (vpcs[vpc] ? [] : [`endpoint ${id} in ${vpc}`])),
    ...placed.flatMap(({ subnet, vpc }) =>
      subnets[subnet]?.vpc === vpc ? [] : [`an instance in ${subnet}`],
    ),
    ...(new Set(placed.map(({ privateIp }) => privateIp)).size === placed.length ? [] : ['an address twice']),
  ];
}
