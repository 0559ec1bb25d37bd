/** What makes of one answer that the wait is over, has failed, or goes on. */
export type Acceptor = { readonly state: 'success' | 'failure' | 'retry' } & (
  | { readonly matcher: 'done' }
  /** The code of an error. */
  | { readonly matcher: 'error'; readonly expected: string }
  /** A JMESPath of the answer: its value, every one of its values, or one of them. */
  | { readonly matcher: 'path' | 'all' | 'any'; readonly path: string; readonly expected: string | boolean }
);

/** What `aws <service> wait <name>` polls. */
export interface Waiter {
  readonly operation: string;
  /** Seconds between two requests. */
  readonly delay: number;
  /** Requests before it gives up. */
  readonly attempts: number;
  readonly acceptors: readonly Acceptor[];
}

const DONE: Acceptor = { state: 'success', matcher: 'done' };

function error(state: Acceptor['state'], expected: string): Acceptor {
  return { state, matcher: 'error', expected };
}

type Pace = Pick<Waiter, 'operation' | 'delay' | 'attempts'>;

function pace(operation: string, delay: number, attempts: number): Pace {
  return { operation, delay, attempts };
}

/** A thing is there once it can be read. */
function exists(asked: Pace, missing: string): Waiter {
  return { ...asked, acceptors: [DONE, error('retry', missing)] };
}

/** All values at a path of the answer become what is waited for. `never`: from these they cannot. */
function becomes(asked: Pace, path: string, wanted: string, ...never: readonly string[]): Waiter {
  return {
    ...asked,
    acceptors: [
      { state: 'success', matcher: 'all', path, expected: wanted },
      ...never.map((expected): Acceptor => ({ state: 'failure', matcher: 'any', path, expected })),
    ],
  };
}

/** The same, of what is not to be seen at first. */
function orAppears(waiter: Waiter, missing: string): Waiter {
  return { ...waiter, acceptors: [...waiter.acceptors, error('retry', missing)] };
}

const INSTANCES = pace('ec2:DescribeInstances', 15, 40);
const STATES = 'Reservations[].Instances[].State.Name';
const NO_INSTANCE = 'InvalidInstanceID.NotFound';
const CONFIGURATION = pace('lambda:GetFunctionConfiguration', 5, 60);
const FUNCTION = pace('lambda:GetFunction', 1, 300);
const BUCKET = pace('s3:HeadBucket', 5, 20);
const OBJECT = pace('s3:HeadObject', 5, 20);

/**
 * The waiters of the AWS CLI for operations that are simulated here, by service and name.
 * Source: AWS CLI Command Reference, <service>/wait/index.html.
 */
export const WAITERS: Readonly<Record<string, Readonly<Record<string, Waiter>>>> = {
  ec2: {
    'instance-exists': {
      ...pace('ec2:DescribeInstances', 5, 40),
      acceptors: [
        { state: 'success', matcher: 'path', path: 'length(Reservations[]) > `0`', expected: true },
        error('retry', NO_INSTANCE),
      ],
    },
    'instance-running': orAppears(
      becomes(INSTANCES, STATES, 'running', 'shutting-down', 'terminated', 'stopping'),
      NO_INSTANCE,
    ),
    'instance-stopped': becomes(INSTANCES, STATES, 'stopped', 'pending', 'terminated'),
    'instance-terminated': becomes(INSTANCES, STATES, 'terminated', 'pending', 'stopping'),
    'subnet-available': becomes(pace('ec2:DescribeSubnets', 15, 40), 'Subnets[].State', 'available'),
    'vpc-available': becomes(pace('ec2:DescribeVpcs', 15, 40), 'Vpcs[].State', 'available'),
    'vpc-exists': exists(pace('ec2:DescribeVpcs', 1, 5), 'InvalidVpcID.NotFound'),
  },
  eks: {
    'cluster-active': becomes(
      pace('eks:DescribeCluster', 30, 40),
      'cluster.status',
      'ACTIVE',
      'DELETING',
      'FAILED',
    ),
  },
  iam: {
    'instance-profile-exists': exists(pace('iam:GetInstanceProfile', 1, 40), 'NoSuchEntity'),
    'policy-exists': exists(pace('iam:GetPolicy', 1, 20), 'NoSuchEntity'),
    'role-exists': exists(pace('iam:GetRole', 1, 20), 'NoSuchEntity'),
    'user-exists': exists(pace('iam:GetUser', 1, 20), 'NoSuchEntity'),
  },
  lambda: {
    'function-active': becomes(CONFIGURATION, 'State', 'Active', 'Failed'),
    'function-active-v2': becomes(FUNCTION, 'Configuration.State', 'Active', 'Failed'),
    'function-exists': exists(pace('lambda:GetFunction', 1, 20), 'ResourceNotFoundException'),
    'function-updated': becomes(CONFIGURATION, 'LastUpdateStatus', 'Successful', 'Failed'),
    'function-updated-v2': becomes(FUNCTION, 'Configuration.LastUpdateStatus', 'Successful', 'Failed'),
  },
  s3api: {
    // Who may not look learns at least that there is a bucket.
    'bucket-exists': { ...BUCKET, acceptors: [DONE, error('success', '403'), error('retry', '404')] },
    'bucket-not-exists': { ...BUCKET, acceptors: [error('success', '404')] },
    'object-exists': exists(OBJECT, '404'),
    'object-not-exists': { ...OBJECT, acceptors: [error('success', '404')] },
  },
};
