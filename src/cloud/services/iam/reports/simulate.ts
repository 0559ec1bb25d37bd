import type { ContextValue } from '../../../../iam/index.ts';
import { readDocument } from '../../../documents.ts';
import { jsonObject } from '../../../json-object.ts';
import type { ApiError, Effect, Json } from '../../../operation.ts';
import type { World } from '../../../world.ts';
import { define, done, failed, homeOf } from '../../define.ts';
import { permission } from '../entities.ts';
import { type SimulatedPolicy, type Simulation, simulated, simulatedPolicy } from './simulation.ts';
import {
  anybody,
  boundaryOf,
  identityPolicies,
  policySource,
  simulatedCaller,
  simulatedControl,
} from './simulation-source.ts';

const COMMON = {
  ActionNames: { type: 'strings', required: true, help: 'actions, such as s3:GetObject; no wildcards' },
  ResourceArns: { type: 'strings', help: 'ARNs of resources; * unless said' },
  PermissionsBoundaryPolicyInputList: {
    type: 'strings',
    help: 'a boundary as JSON, in place of the real one',
  },
  ResourcePolicy: { type: 'document', help: 'a resource policy to look at, too' },
  ResourceOwner: { type: 'string', help: 'account that owns the resources, as arn:aws:iam::<id>:root' },
  CallerArn: { type: 'string', help: 'ARN of the user who calls' },
  ContextEntries: {
    type: 'nested',
    help: 'condition keys and their values',
    of: {
      list: {
        structure: {
          ContextKeyName: 'string',
          ContextKeyValues: { list: 'string' },
          ContextKeyType: 'string',
        },
      },
    },
  },
} as const;

interface Given {
  readonly ActionNames: readonly string[];
  readonly ResourceArns?: readonly string[] | undefined;
  readonly PolicyInputList?: readonly string[] | undefined;
  readonly PermissionsBoundaryPolicyInputList?: readonly string[] | undefined;
  readonly ResourcePolicy?: string | undefined;
  readonly ResourceOwner?: string | undefined;
  readonly CallerArn?: string | undefined;
  readonly ContextEntries?: readonly ContextEntry[] | undefined;
}

interface ContextEntry {
  readonly ContextKeyName?: string | undefined;
  readonly ContextKeyValues?: readonly string[] | undefined;
  readonly ContextKeyType?: string | undefined;
}

type Problem = { readonly error: ApiError };

function invalid(message: string, advice?: string): Problem {
  return failed('InvalidInput', message, advice);
}

/** Policies given as text, called by their list and place in it. */
function readPolicies(
  world: World,
  list: string,
  texts: readonly string[] = [],
): { readonly policies: readonly SimulatedPolicy[] } | Problem {
  const policies: SimulatedPolicy[] = [];
  for (const [i, text] of texts.entries()) {
    const read = readDocument(world, text, { kind: 'identity' });
    if ('error' in read) {
      return invalid(`Invalid Input ${list}.${i + 1}: ${read.error.message}`, read.error.advice);
    }
    policies.push(simulatedPolicy(`${list}.${i + 1}`, read.document, text));
  }
  return { policies };
}

function readResourcePolicy(text: string | undefined): { readonly policy: SimulatedPolicy | null } | Problem {
  if (text === undefined) {
    return { policy: null };
  }
  const document = jsonObject(text);
  return document === null
    ? invalid('Invalid Input ResourcePolicy: Syntax errors in policy.')
    : { policy: simulatedPolicy('ResourcePolicy', document, text) };
}

/** Condition keys as they were given; null when one has a type that is none, or a value that is not of its type. */
function readContext(entries: readonly ContextEntry[] = []): Record<string, ContextValue> | null {
  const read = entries.map(
    ({ ContextKeyName: name = '', ContextKeyValues: texts = [], ContextKeyType = '' }) => {
      const type = ContextKeyType.replace(/List$/, '');
      const values = texts.map((text) => contextValue(text, type));
      const [first] = values;
      const fine = TYPES.includes(type) && name !== '' && first !== undefined && !values.includes(null);
      const known = values.filter((value) => value !== null);
      return fine ? ([name, ContextKeyType === type ? (known[0] ?? '') : known] as const) : null;
    },
  );
  const known = read.filter((each) => each !== null);
  return known.length === read.length ? Object.fromEntries(known) : null;
}

const TYPES = ['string', 'numeric', 'boolean', 'ip', 'binary', 'date'];

function contextValue(text: string, type: string): string | number | boolean | null {
  switch (type) {
    case 'numeric':
      return text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text);
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : null;
    default:
      return text;
  }
}

/** Whom and what a simulation starts from, before what the request adds. */
type Start = Pick<Simulation, 'principal' | 'account' | 'identity' | 'boundary' | 'serviceControl'> & {
  readonly sessionIssuer?: string;
};

function simulate(world: World, input: Given, start: Start): Effect {
  const more = readPolicies(world, 'PolicyInputList', input.PolicyInputList);
  if ('error' in more) {
    return more;
  }
  const boundaries = readPolicies(
    world,
    'PermissionsBoundaryPolicyInputList',
    input.PermissionsBoundaryPolicyInputList,
  );
  if ('error' in boundaries) {
    return boundaries;
  }
  const resource = readResourcePolicy(input.ResourcePolicy);
  if ('error' in resource) {
    return resource;
  }
  const { CallerArn: caller, ResourceOwner: owner } = input;
  if (caller !== undefined && !/^arn:aws:iam::\d{12}:user\/.+$/.test(caller)) {
    return invalid(`Invalid Caller Arn: ${caller} is not the ARN of an IAM user.`);
  }
  if (resource.policy !== null && caller === undefined && !start.principal.startsWith('arn:aws:iam:')) {
    return invalid(
      'CallerArn is required when a ResourcePolicy is given and the policy source is not a user.',
    );
  }
  const context = readContext(input.ContextEntries);
  if (context === null) {
    return invalid(
      'Invalid ContextEntries.',
      'Each needs ContextKeyName, ContextKeyValues and a ContextKeyType such as string, stringList, numeric, boolean, ip, date.',
    );
  }
  const simulation: Simulation = {
    ...start,
    ...(caller === undefined ? {} : { principal: caller, account: caller.split(':')[4] ?? start.account }),
    identity: [...start.identity, ...more.policies],
    boundary: boundaries.policies[0] ?? start.boundary,
    resource: resource.policy,
    context,
    resourceOwner: /\d{12}/.exec(owner ?? '')?.[0] ?? null,
  };
  return results(world, simulation, input.ActionNames, input.ResourceArns ?? ['*']);
}

function results(
  world: World,
  simulation: Simulation,
  actions: readonly string[],
  resources: readonly string[],
): Effect {
  const answers: Json[] = [];
  for (const action of actions) {
    if (!/^[\w-]+:\w+$/.test(action)) {
      return invalid(
        `Invalid Action Name: ${action}`,
        'An action is a service and a name, such as s3:GetObject.',
      );
    }
    for (const resource of resources) {
      const answer = simulated(simulation, action, resource);
      if ('problem' in answer) {
        return failed('PolicyEvaluation', answer.problem);
      }
      answers.push(answer.result);
    }
  }
  return done(world, { EvaluationResults: answers, IsTruncated: false });
}

const simulatePrincipalPolicy = define({
  id: 'iam:SimulatePrincipalPolicy',
  summary: 'say what the policies of a user, group or role would allow',
  input: {
    PolicySourceArn: { type: 'string', required: true, help: 'ARN of the user, group or role' },
    ...COMMON,
    PolicyInputList: { type: 'strings', help: 'policies as JSON, as if it had them too' },
  },
  needs: (input, caller) => [
    permission(
      'SimulatePrincipalPolicy',
      caller,
      /^arn:aws:iam::\d{12}:(user|group|role)\/./.test(input.PolicySourceArn) ? input.PolicySourceArn : '*',
    ),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = policySource(world, home, input.PolicySourceArn);
    if ('error' in found) {
      return found;
    }
    return simulate(world, input, {
      ...simulatedCaller(home, found.source),
      account: home.id,
      identity: identityPolicies(world, home, found.source),
      boundary: boundaryOf(world, found.source),
      serviceControl: simulatedControl(world, home),
    });
  },
});

const simulateCustomPolicy = define({
  id: 'iam:SimulateCustomPolicy',
  summary: 'say what policies would allow that nobody has yet',
  input: {
    PolicyInputList: { type: 'strings', required: true, help: 'policies as JSON' },
    ...COMMON,
  },
  needs: (_, caller) => [permission('SimulateCustomPolicy', caller, '*')],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    return simulate(world, input, {
      ...anybody(home),
      account: home.id,
      identity: [],
      boundary: null,
      serviceControl: null,
    });
  },
});

/** The policy simulator. It changes nothing and sends nothing. */
export const simulationOperations = [simulatePrincipalPolicy, simulateCustomPolicy];
