import { REGION } from '../../arn.ts';
import type { ApiError, Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, AccountId, Instance } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { tagList } from '../tags.ts';

/** ARN of a thing of EC2 by its kind and id, such as `subnet`. */
export function ec2Arn(account: AccountId, kind: string, id: string): string {
  return `arn:aws:ec2:${REGION}:${account}:${kind}/${id}`;
}

/** A new instance's place in a subnet: the next free address from the tenth on. */
export function placeIn(
  account: Pick<Account, 'subnets' | 'instances'>,
  subnet: string,
): Instance['network'] {
  const found = own(account.subnets, subnet);
  if (found === undefined) {
    return null;
  }
  const base = found.cidr.replace(/\d+\/\d+$/, '');
  const taken = new Set(Object.values(account.instances).map(({ network }) => network?.privateIp));
  let last = 10;
  while (taken.has(`${base}${last}`)) {
    last += 1;
  }
  return { vpc: found.vpc, subnet, privateIp: `${base}${last}` };
}

/** The entries with these ids, or all; EC2's error for one that is not there. */
function chosen<T extends { readonly id: string }>(
  record: Readonly<Record<string, T>>,
  ids: readonly string[] | undefined,
  missing: (id: string) => { readonly error: ApiError },
): readonly T[] | { readonly error: ApiError } {
  const gone = (ids ?? []).find((id) => !Object.hasOwn(record, id));
  return gone === undefined
    ? Object.values(record).filter(({ id }) => ids === undefined || ids.includes(id))
    : missing(gone);
}

function all(action: string, account: AccountId) {
  return [{ action: `ec2:${action}`, resource: '*', resourceAccount: account }];
}

const describeVpcs = define({
  id: 'ec2:DescribeVpcs',
  summary: 'list the VPCs',
  input: { VpcIds: { type: 'strings', help: 'only these' } },
  needs: (_, caller) => all('DescribeVpcs', caller.account),
  effect(input, caller, world) {
    const found = chosen(homeOf(world, caller).vpcs, input.VpcIds, (id) =>
      failed('InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`),
    );
    return 'error' in found
      ? found
      : done(world, {
          Vpcs: found.map(
            ({ id, cidr, tags }): Json => ({
              VpcId: id,
              CidrBlock: cidr,
              State: 'available',
              Tags: tagList(tags),
            }),
          ),
        });
  },
});

const describeSubnets = define({
  id: 'ec2:DescribeSubnets',
  summary: 'list the subnets',
  input: { SubnetIds: { type: 'strings', help: 'only these' } },
  needs: (_, caller) => all('DescribeSubnets', caller.account),
  effect(input, caller, world) {
    const found = chosen(homeOf(world, caller).subnets, input.SubnetIds, noSuchSubnet);
    return 'error' in found
      ? found
      : done(world, {
          Subnets: found.map(
            ({ id, vpc, cidr, tags }): Json => ({
              SubnetId: id,
              VpcId: vpc,
              CidrBlock: cidr,
              State: 'available',
              Tags: tagList(tags),
            }),
          ),
        });
  },
});

/** EC2's error for a subnet that is not there. */
export function noSuchSubnet(id: string): { readonly error: ApiError } {
  return failed('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`);
}

export const vpcOperations = [describeVpcs, describeSubnets];
