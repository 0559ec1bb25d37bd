import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { drop, generated, put } from '../../change.ts';
import { readDocument } from '../../documents.ts';
import { newResourceId } from '../../identifiers.ts';
import type { ApiError, Json, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, VpcEndpoint, World } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { tagList, tagsByKey } from '../tags.ts';
import {
  DEFAULT_ENDPOINT_POLICY,
  ENDPOINT_POLICY,
  ENDPOINT_SERVICES,
  endpointType,
} from './endpoint-policy.ts';
import { ec2Tags } from './instances.ts';
import { creationTags, TAG_SPECIFICATIONS, tagsOnCreation } from './tag-specifications.ts';
import { ec2Arn } from './vpcs.ts';

const PREFIX = `com.amazonaws.${REGION}.`;
const ENDPOINT_ID = { type: 'string', required: true, help: 'id of the endpoint, vpce-…' } as const;
const POLICY = {
  type: 'document',
  help: 'the endpoint policy; one that allows everything unless given',
} as const;

function onEndpoint(home: Account, caller: Caller, id: string, action: string): PermissionNeeded {
  const endpoint = own(home.vpcEndpoints, id);
  return {
    action: `ec2:${action}`,
    resource: ec2Arn(caller.account, 'vpc-endpoint', id),
    resourceAccount: caller.account,
    context:
      endpoint === undefined
        ? {}
        : { ...ec2Tags(endpoint.tags), 'ec2:VpceServiceName': PREFIX + endpoint.service },
  };
}

function noSuchEndpoint(id: string): { readonly error: ApiError } {
  return failed('InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${id}' does not exist`);
}

function described(endpoint: VpcEndpoint, owner: string): Json {
  return {
    VpcEndpointId: endpoint.id,
    VpcEndpointType: endpoint.type,
    VpcId: endpoint.vpc,
    ServiceName: PREFIX + endpoint.service,
    State: 'available',
    PolicyDocument: JSON.stringify(endpoint.policy),
    Tags: tagList(endpoint.tags),
    OwnerId: owner,
  };
}

const createVpcEndpoint = define({
  id: 'ec2:CreateVpcEndpoint',
  summary: 'make a way from a VPC to a service; here it serves the whole VPC',
  input: {
    VpcId: { type: 'string', required: true, help: 'id of the VPC, vpc-…' },
    ServiceName: { type: 'string', required: true, help: `such as ${PREFIX}s3` },
    VpcEndpointType: { type: 'string', help: 'Gateway or Interface' },
    PolicyDocument: POLICY,
    TagSpecifications: TAG_SPECIFICATIONS,
  },
  notSimulated: ({ ServiceName: name }) =>
    name.startsWith(PREFIX) && !ENDPOINT_SERVICES.includes(name.slice(PREFIX.length))
      ? `Endpoints for ${name} are not simulated here. There is: ${ENDPOINT_SERVICES.join(', ')}.`
      : null,
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const tags = tagsOnCreation(input.TagSpecifications, 'vpc-endpoint');
    return [
      {
        action: 'ec2:CreateVpcEndpoint',
        resource: ec2Arn(caller.account, 'vpc', input.VpcId),
        resourceAccount: caller.account,
        context: ec2Tags(own(home.vpcs, input.VpcId)?.tags ?? {}),
      },
      ...creationTags(caller, 'vpc-endpoint', 'CreateVpcEndpoint', tags, {
        'ec2:VpceServiceName': input.ServiceName,
      }),
    ];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    if (own(home.vpcs, input.VpcId) === undefined) {
      return failed('InvalidVpcId.NotFound', `The Vpc Id ${input.VpcId} does not exist`);
    }
    const service = input.ServiceName.startsWith(PREFIX) ? input.ServiceName.slice(PREFIX.length) : '';
    if (service === '') {
      return failed('InvalidServiceName', `The Vpc Endpoint Service '${input.ServiceName}' does not exist`);
    }
    const type = input.VpcEndpointType ?? 'Gateway';
    if (type !== 'Interface' && (type !== 'Gateway' || endpointType(service) !== 'Gateway')) {
      return failed(
        'InvalidParameter',
        `Endpoint type (${type}) does not match available service types ([Interface]).`,
      );
    }
    const read =
      input.PolicyDocument === undefined
        ? { document: DEFAULT_ENDPOINT_POLICY }
        : readDocument(world, input.PolicyDocument, ENDPOINT_POLICY);
    if ('error' in read) {
      return read;
    }
    const [id, next] = generated(world, (generator) => newResourceId(generator, 'vpce'));
    const endpoint: VpcEndpoint = {
      id,
      vpc: input.VpcId,
      service,
      type,
      policy: read.document,
      tags: tagsByKey(tagsOnCreation(input.TagSpecifications, 'vpc-endpoint')),
    };
    return done(put(next, home.id, 'vpcEndpoints', id, endpoint), {
      VpcEndpoint: described(endpoint, home.id),
    });
  },
});

const describeVpcEndpoints = define({
  id: 'ec2:DescribeVpcEndpoints',
  summary: 'list the VPC endpoints and their policies',
  input: { VpcEndpointIds: { type: 'strings', help: 'only these' } },
  needs: (_, caller) => [
    { action: 'ec2:DescribeVpcEndpoints', resource: '*', resourceAccount: caller.account },
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const missing = input.VpcEndpointIds?.find((id) => own(home.vpcEndpoints, id) === undefined);
    if (missing !== undefined) {
      return noSuchEndpoint(missing);
    }
    return done(world, {
      VpcEndpoints: Object.values(home.vpcEndpoints)
        .filter(({ id }) => input.VpcEndpointIds === undefined || input.VpcEndpointIds.includes(id))
        .map((each) => described(each, home.id)),
    });
  },
});

const modifyVpcEndpoint = define({
  id: 'ec2:ModifyVpcEndpoint',
  summary: 'set the policy of a VPC endpoint',
  input: {
    VpcEndpointId: ENDPOINT_ID,
    PolicyDocument: POLICY,
    ResetPolicy: { type: 'boolean', help: 'go back to the policy that allows everything' },
  },
  needs: (input, caller, world) => [
    onEndpoint(homeOf(world, caller), caller, input.VpcEndpointId, 'ModifyVpcEndpoint'),
  ],
  effect(input, caller, world) {
    const endpoint = own(homeOf(world, caller).vpcEndpoints, input.VpcEndpointId);
    if (endpoint === undefined) {
      return noSuchEndpoint(input.VpcEndpointId);
    }
    const read = policyFor(world, endpoint, input.PolicyDocument, input.ResetPolicy ?? false);
    return 'error' in read
      ? read
      : done(
          put(world, caller.account, 'vpcEndpoints', endpoint.id, { ...endpoint, policy: read.document }),
          { Return: true },
        );
  },
});

function policyFor(world: World, endpoint: VpcEndpoint, given: string | undefined, reset: boolean) {
  if (reset) {
    return { document: DEFAULT_ENDPOINT_POLICY };
  }
  return given === undefined ? { document: endpoint.policy } : readDocument(world, given, ENDPOINT_POLICY);
}

const deleteVpcEndpoints = define({
  id: 'ec2:DeleteVpcEndpoints',
  summary: 'delete VPC endpoints; those that are not there are listed as unsuccessful',
  input: { VpcEndpointIds: { type: 'strings', required: true, help: 'ids of the endpoints' } },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const needed = input.VpcEndpointIds.map((id) => onEndpoint(home, caller, id, 'DeleteVpcEndpoints'));
    return needed.length === 0 ? [onEndpoint(home, caller, '*', 'DeleteVpcEndpoints')] : needed;
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const missing = input.VpcEndpointIds.filter((id) => own(home.vpcEndpoints, id) === undefined);
    const after = input.VpcEndpointIds.reduce((left, id) => drop(left, home.id, 'vpcEndpoints', id), world);
    return done(after, {
      Unsuccessful: missing.map((id) => ({
        Error: { Code: 'InvalidVpcEndpoint.NotFound', Message: `The Vpc Endpoint Id '${id}' does not exist` },
        ResourceId: id,
      })),
    });
  },
});

/** Source: AWS PrivateLink Guide; EC2 API Reference. */
export const endpointOperations = [
  createVpcEndpoint,
  describeVpcEndpoints,
  modifyVpcEndpoint,
  deleteVpcEndpoints,
];
