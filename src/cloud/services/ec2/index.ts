import { accountOfArn } from '../../arn.ts';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import type { Resource, Service } from '../service.ts';
import { instanceOperations } from './describe-instances.ts';
import { withDryRun } from './dry-run.ts';
import { metadataOptionsOperations } from './metadata-options.ts';
import { powerOperations } from './power.ts';
import { profileAssociationOperations } from './profile-associations.ts';
import { type Ec2Records, NO_EC2_RECORDS } from './records.ts';
import { launchOperations } from './run-instances.ts';
import { type Ec2Spec, readEc2 } from './spec.ts';
import { tagged, tagOperations } from './tags.ts';
import { terminateInstances } from './terminate-instances.ts';
import { endpointOperations } from './vpc-endpoints.ts';
import { vpcOperations } from './vpcs.ts';

/** The instance, VPC, subnet or endpoint an ARN names. */
function taggedResource(world: World, arn: string): Resource | null {
  const account = own(world.accounts, accountOfArn(world, arn) ?? '');
  const found = account && tagged(account, arn.slice(arn.lastIndexOf('/') + 1));
  return account && found ? { owner: account.id, policy: null, tags: found.tags } : null;
}

/** Amazon Elastic Compute Cloud. Errors: EC2 API Reference, errors-overview.html. */
export const ec2: Service<Ec2Records, Ec2Spec> = {
  name: 'ec2',
  operations: [
    ...instanceOperations,
    ...metadataOptionsOperations,
    ...profileAssociationOperations,
    ...launchOperations,
    terminateInstances,
    ...powerOperations,
    ...vpcOperations,
    ...endpointOperations,
    ...tagOperations,
  ].map(withDryRun),
  inAccount: NO_EC2_RECORDS,
  inWorld: {},
  resource: taggedResource,
  readAccount: readEc2,
  wording: {
    expired: { code: 'RequestExpired', message: 'Request has expired.' },
    invalid: { code: 'AuthFailure', message: 'AWS was not able to validate the provided access credentials' },
    signature: {
      code: 'AuthFailure',
      message: 'AWS was not able to validate the provided access credentials',
    },
    denied: { code: 'UnauthorizedOperation', before: 'You are not authorized to perform this operation. ' },
  },
};
