import { LIMITS } from '../../src/cloud/limits.ts';
import type { Account, World } from '../../src/cloud/world.ts';

/** Everything about sessions, MFA devices, providers, pods and leaks of a world that points at nothing or breaks a limit. */
export function credentialFaults(world: World): readonly string[] {
  return [
    ...Object.values(world.accounts).flatMap((account) => accountFaults(world, account)),
    ...world.settling.flatMap(({ account }) => (world.accounts[account] ? [] : [`a change of ${account}`])),
    ...(world.codeHost?.plans ?? []).flatMap(({ account, key, due }) =>
      world.accounts[account] && due > world.clock ? [] : [`a plan for ${key}`],
    ),
  ];
}

function accountFaults(world: World, account: Account): readonly string[] {
  const { users, clusters, mfaDevices } = account;
  return [
    ...Object.values(account.sessions).flatMap(({ id, issued, expires, holder, context }) => {
      const most = holder.kind === 'assumed-role' ? LIMITS.sessionDurationMost : LIMITS.tokenMost;
      const lasts = (expires - issued) / 1000;
      const isKnown = world.keyAccounts[id] === account.id;
      const isTagged = Object.values(context).every((value) => value !== undefined);
      return isKnown && isTagged && lasts > 0 && lasts <= most ? [] : [`session ${id}`];
    }),
    ...Object.entries(mfaDevices).flatMap(([serial, { serial: own, user, enabled }]) =>
      serial === own &&
      (user === null) === (enabled === null) &&
      (user === null || Object.hasOwn(users, user))
        ? []
        : [`MFA device ${serial}`],
    ),
    ...Object.keys(users).flatMap((name) =>
      Object.values(mfaDevices).filter(({ user }) => user === name).length > LIMITS.mfaDevicesPerUser
        ? [`${name} has too many MFA devices`]
        : [],
    ),
    ...Object.entries({ ...account.oidcProviders, ...account.samlProviders }).flatMap(([arn, provider]) =>
      arn === provider.arn ? [] : [`provider ${arn}`],
    ),
    ...Object.values(account.podIdentityAssociations).flatMap(({ id, cluster }) =>
      Object.hasOwn(clusters, cluster) ? [] : [`association ${id} of ${cluster}`],
    ),
    ...Object.values(account.accessKeys).flatMap(({ id, exposed }) =>
      exposed === null || exposed.at <= world.clock ? [] : [`key ${id} is exposed in the future`],
    ),
  ];
}
