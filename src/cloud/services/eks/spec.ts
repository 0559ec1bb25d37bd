import type { Draft } from 'immer';
import { REGION } from '../../arn.ts';
import { characters, seedOf } from '../../identifiers.ts';
import type { SpecPath, SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import { clusterArn } from './clusters.ts';

/** What an author says of EKS in an account. */
export interface EksSpec {
  /** Names of clusters. */
  readonly clusters?: readonly string[];
}

/** Fills an account with its clusters. */
export function readEks(reader: SpecReader, at: SpecPath, account: Draft<Account>, spec: EksSpec): void {
  for (const [index, name] of (spec.clusters ?? []).entries()) {
    if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) {
      reader.problem([...at, 'clusters', index], `${name} cannot be the name of a cluster.`);
      continue;
    }
    // By its name, so that trust policies that name it outlast every change of the rest.
    const id = characters({ seed: seedOf(`${account.id}/${name}`) }, '0123456789ABCDEF', 32);
    account.clusters[name] = {
      name,
      arn: clusterArn(account.id, name),
      created: reader.world.clock,
      issuer: `https://oidc.eks.${REGION}.amazonaws.com/id/${id}`,
    };
  }
}
