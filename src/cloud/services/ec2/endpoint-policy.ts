import type { ContextValue, NamedPolicy, PolicyDocument } from '../../../iam/request.ts';
import type { DocumentUse } from '../../documents.ts';
import { own } from '../../own.ts';
import { resourcePolicy } from '../../resource-policy.ts';
import type { AccountId, VpcEndpoint, World } from '../../world.ts';

/** Services that an endpoint can lead to. */
export const ENDPOINT_SERVICES: readonly string[] = [
  's3',
  'ec2',
  'kms',
  'lambda',
  'secretsmanager',
  'sns',
  'sqs',
  'sts',
];

/** What EC2 has against documents that cannot be endpoint policies. */
export const ENDPOINT_POLICY: DocumentUse = {
  kind: 'resource',
  code: 'InvalidPolicyDocument',
  syntax: 'The specified policy document is not a valid JSON policy document.',
  principal: 'The specified policy document is not a valid JSON policy document.',
};

/** Source: AWS PrivateLink Guide, vpc-endpoints-access.html. */
export const DEFAULT_ENDPOINT_POLICY: PolicyDocument = {
  Version: '2008-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

/** The usual kind of endpoint for a service. */
export function endpointType(service: string): VpcEndpoint['type'] {
  return service === 's3' ? 'Gateway' : 'Interface';
}

/** Where in a VPC a request starts. */
export interface VpcPlace {
  readonly account: AccountId;
  readonly vpc: string;
  readonly privateIp: string;
}

/** What an endpoint adds to the requests that pass through it. */
export interface EndpointSide {
  readonly policy: NamedPolicy;
  readonly isGateway: boolean;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** The services to which requests that start at a place pass an endpoint. */
export function servicesThrough(
  world: World,
  { account, vpc }: Pick<VpcPlace, 'account' | 'vpc'>,
): readonly string[] {
  return Object.values(own(world.accounts, account)?.vpcEndpoints ?? {})
    .filter((each) => each.vpc === vpc)
    .map(({ service }) => service);
}

/**
 * The endpoint that a request to a service passes through; null when its VPC has none, and it goes over the internet.
 * The address in `aws:SourceIp` is there for those only.
 * Source: IAM User Guide, reference_policies_condition-keys.html, aws:SourceVpce and aws:VpcSourceIp.
 */
export function endpointFor(world: World, place: VpcPlace, service: string): EndpointSide | null {
  const account = own(world.accounts, place.account);
  const endpoint = Object.values(account?.vpcEndpoints ?? {}).find(
    (each) => each.vpc === place.vpc && each.service === service,
  );
  return endpoint === undefined
    ? null
    : {
        policy: resourcePolicy(`endpoint policy of ${endpoint.id}`, endpoint.policy),
        isGateway: endpoint.type === 'Gateway',
        context: {
          'aws:SourceVpce': endpoint.id,
          'aws:SourceVpc': endpoint.vpc,
          'aws:VpcSourceIp': place.privateIp,
          'aws:SourceIp': [],
        },
      };
}
