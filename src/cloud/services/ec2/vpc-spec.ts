import type { Draft } from 'immer';
import { newResourceId } from '../../identifiers.ts';
import { entries, noSuchThing, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import type { DocumentSpec } from '../../world-spec.ts';
import {
  DEFAULT_ENDPOINT_POLICY,
  ENDPOINT_POLICY,
  ENDPOINT_SERVICES,
  endpointType,
} from './endpoint-policy.ts';

/** A VPC as an author writes it. */
export interface VpcSpec {
  /** `vpc-…`; generated unless said. */
  readonly id?: string;
  /** The names of its subnets. */
  readonly subnets?: readonly string[];
  /** By service, such as `s3`: the way there that does not leave AWS's network. */
  readonly endpoints?: Readonly<Record<string, VpcEndpointSpec>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface VpcEndpointSpec {
  /** `vpce-…`; generated unless said. */
  readonly id?: string;
  /** The endpoint policy; one that allows everything unless said. */
  readonly policy?: DocumentSpec;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Adds a VPC with its subnets and endpoints. The first VPC of an account is 10.0.0.0/16, the next 10.1.0.0/16. */
export function addVpc(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  name: string,
  spec: VpcSpec,
): void {
  const id = readId(reader, path, 'vpc', spec.id, account.vpcs);
  const number = Object.keys(account.vpcs).length;
  if (id === null) {
    return;
  }
  account.vpcs[id] = { id, cidr: `10.${number}.0.0/16`, tags: { Name: name, ...spec.tags } };
  for (const [index, subnet] of (spec.subnets ?? []).entries()) {
    if (Object.values(account.subnets).some(({ tags }) => tags.Name === subnet)) {
      reader.problem(
        [...path, 'subnets', index],
        `There is a subnet ${subnet} already. Give each its own name.`,
      );
    }
    const made = newResourceId(reader.world, 'subnet');
    account.subnets[made] = {
      id: made,
      vpc: id,
      cidr: `10.${number}.${index + 1}.0/24`,
      tags: { Name: subnet },
    };
  }
  for (const [service, endpoint] of entries(spec.endpoints)) {
    const at = [...path, 'endpoints', service];
    const known = ENDPOINT_SERVICES.some((each) => each === service);
    if (!known) {
      reader.problem(at, noSuchThing('endpoint service', service, ENDPOINT_SERVICES));
    }
    const made = readId(reader, at, 'vpce', endpoint.id, account.vpcEndpoints);
    if (known && made !== null) {
      account.vpcEndpoints[made] = {
        id: made,
        vpc: id,
        service,
        type: endpointType(service),
        policy:
          endpoint.policy === undefined
            ? structuredClone(DEFAULT_ENDPOINT_POLICY)
            : reader.document([...at, 'policy'], endpoint.policy, ENDPOINT_POLICY),
        tags: { ...endpoint.tags },
      };
    }
  }
}

function readId(
  reader: SpecReader,
  path: SpecPath,
  prefix: 'vpc' | 'vpce',
  given: string | undefined,
  taken: Readonly<Record<string, unknown>>,
): string | null {
  const id = given ?? newResourceId(reader.world, prefix);
  if (new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(id) && !Object.hasOwn(taken, id)) {
    return id;
  }
  reader.problem(
    [...path, 'id'],
    `${id} cannot be its id: ${prefix}- and 17 digits or a to f, each id once.`,
  );
  return null;
}
