import type { Draft } from 'immer';
import { instanceArn } from '../../arn.ts';
import { newResourceId } from '../../identifiers.ts';
import { entries, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import { USUAL_TYPE } from './instances.ts';
import { addVpc, type VpcSpec } from './vpc-spec.ts';
import { placeIn } from './vpcs.ts';

/** What an author says of EC2 in an account. */
export interface Ec2Spec {
  /** By the value of the `Name` tag. */
  readonly vpcs?: Readonly<Record<string, VpcSpec>>;
  /** By the value of the `Name` tag. */
  readonly instances?: Readonly<Record<string, InstanceSpec>>;
}

export interface InstanceSpec {
  /** `i-…`; generated unless said. */
  readonly id?: string;
  /** Name of an instance profile. */
  readonly profile?: string;
  /** Name of a subnet of one of the account's VPCs. */
  readonly subnet?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** How its metadata service answers; with tokens only, and two hops far, unless said. */
  readonly metadata?: {
    readonly tokens?: 'optional' | 'required';
    readonly hopLimit?: number;
    readonly endpoint?: 'enabled' | 'disabled';
  };
  /** Programs that run on it, and what they do about credentials. */
  readonly processes?: Readonly<Record<string, 'refreshes' | 'copies'>>;
}

/** The image of instances that are there from the start. */
const IMAGE = 'ami-0a1b2c3d4e5f60001';

/** Fills an account with its instances. */
export function readEc2(reader: SpecReader, at: SpecPath, account: Draft<Account>, spec: Ec2Spec): void {
  for (const [name, vpc] of entries(spec.vpcs)) {
    addVpc(reader, [...at, 'vpcs', name], account, name, vpc);
  }
  for (const [name, instance] of entries(spec.instances)) {
    addInstance(reader, [...at, 'instances', name], account, name, instance);
  }
}

function addInstance(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  name: string,
  spec: InstanceSpec,
): void {
  const id = spec.id ?? newResourceId(reader.world, 'i');
  if (!/^i-[0-9a-f]{8,17}$/.test(id) || Object.hasOwn(account.instances, id)) {
    reader.problem([...path, 'id'], `${id} cannot be its id: i- and 17 digits or a to f, each id once.`);
    return;
  }
  const { profile } = spec;
  const known =
    profile !== undefined &&
    reader.refersTo([...path, 'profile'], 'instance profile', profile, account.instanceProfiles);
  const { subnet } = spec;
  const subnets = Object.fromEntries(
    Object.values(account.subnets).map((each) => [each.tags.Name ?? each.id, each.id]),
  );
  const stands =
    subnet !== undefined && reader.refersTo([...path, 'subnet'], 'subnet', subnet, subnets)
      ? placeIn(account, subnets[subnet] ?? '')
      : null;
  const processes = entries(spec.processes).map(
    ([process, kind]) => [process, kind === 'copies' ? { kind, held: null } : { kind }] as const,
  );
  account.instances[id] = {
    id,
    name,
    arn: instanceArn(account.id, id),
    association: known ? { id: newResourceId(reader.world, 'iip-assoc'), profile } : null,
    credentials: { state: 'none', reason: 'NoInstanceProfile' },
    metadata: { endpoint: 'enabled', tokens: 'required', hopLimit: 2, ...spec.metadata },
    processes: Object.fromEntries(processes),
    network: stands,
    tags: { ...spec.tags },
    launch: { at: reader.world.clock, image: IMAGE, type: USUAL_TYPE, reservation: `r-${id.slice(2)}` },
  };
}
