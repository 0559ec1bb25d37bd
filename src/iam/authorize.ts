import { accountOfArn, isAccountId, resourceStart } from './arn.ts';
import { type Caller, readCaller } from './caller.ts';
import { contextProblem, RequestContext } from './context.ts';
import type { Decision, Refusal } from './decision.ts';
import { LazyDecision } from './lazy-decision.ts';
import type { PolicyForm } from './policy-form.ts';
import { type PolicySet, policySetOf, policySetOfOne } from './policy-set.ts';
import { isObject, kindOf, type Path, type Problem, pathText } from './problem.ts';
import type { LayerSets, LevelSet, Question } from './question.ts';
import type { AuthorizationInput } from './request.ts';
import { ruleOn } from './ruling.ts';

/**
 * Decides what AWS would decide about a request, given every policy that applies. A refusal when the input is at
 * fault; never throws, whatever the input. Policy documents are compiled once and remembered by identity: do not
 * change one after its first use.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function authorize(input: AuthorizationInput): Decision | Refusal {
  return authorizeJson(input);
}

/** `authorize` for a value that nobody has checked yet, such as parsed JSON. */
export function authorizeJson(input: unknown): Decision | Refusal {
  const question = readQuestion(input);
  if ('error' in question) return question;
  // A grant counts where policies do not allow, and is not asked for where they do.
  const plain = question.keyGrant === null ? question : { ...question, keyGrant: null };
  const ruling = ruleOn(plain);
  return question.keyGrant === null || ruling.outcome === 'allowed'
    ? new LazyDecision(plain, ruling)
    : new LazyDecision(question, ruleOn(question));
}

/** True when there is no decision because the input is at fault. */
export function isRefusal(answer: Decision | Refusal): answer is Refusal {
  return 'error' in answer;
}

/** Checks an input and compiles its policies; a refusal when it is at fault. */
export function readQuestion(input: unknown): Question | Refusal {
  if (!isObject(input)) {
    return refusal(
      null,
      'invalid-request',
      [],
      `The input must be an object with a request, not ${kindOf(input)}.`,
    );
  }
  const id = typeof input.id === 'string' ? input.id : null;
  if (input.id !== undefined && id === null) {
    return refusal(null, 'invalid-request', ['id'], `The id must be a string, not ${kindOf(input.id)}.`);
  }
  const request = readRequest(input.request);
  if ('message' in request)
    return refusal(id, 'invalid-request', ['request', ...request.path], request.message);
  const wrongFact = factsProblem(input.facts);
  if (wrongFact !== null)
    return refusal(id, 'invalid-request', ['facts', ...wrongFact.path], wrongFact.message);
  const facts = isObject(input.facts) ? input.facts : NOTHING;
  const layers = readLayers(input.policies, request.trust ? 'trust' : 'resource');
  if ('message' in layers) return refusal(id, 'invalid-policy', ['policies', ...layers.path], layers.message);
  return {
    id,
    caller: request.caller,
    action: request.action,
    actionKey: request.actionKey,
    service: request.service,
    resource: request.resource,
    resourceStart: request.resourceStart,
    resourceAccount: request.resourceAccount,
    trust: request.trust,
    context: new RequestContext(request.given, request.caller, request.resourceAccount),
    layers,
    principalInManagementAccount: facts.principalInManagementAccount === true,
    resourceInManagementAccount: facts.resourceInManagementAccount === true,
    serviceLinkedRole: isTrueOr(facts.serviceLinkedRole, request.caller),
    publicAccessRestricted: facts.publicAccessRestricted === true,
    gatewayEndpoint: facts.gatewayEndpoint === true,
    accountsAreRoots: false,
    keyGrant: typeof facts.keyGrant === 'string' && request.service === 'kms' ? facts.keyGrant : null,
  };
}

function refusal(id: string | null, kind: Refusal['error']['kind'], path: Path, message: string): Refusal {
  return { id, error: { kind, path: pathText(path), message } };
}

interface CheckedRequest {
  readonly caller: Caller;
  readonly action: string;
  readonly actionKey: string;
  readonly service: string;
  readonly resource: string;
  readonly resourceStart: number;
  readonly resourceAccount: string | null;
  readonly trust: boolean;
  readonly given: Readonly<Record<string, unknown>>;
}

const NOTHING: Readonly<Record<string, unknown>> = {};

function readRequest(request: unknown): CheckedRequest | Problem {
  if (!isObject(request))
    return { path: [], message: `The request must be an object, not ${kindOf(request)}.` };
  const { action, resource, resourceAccount, context } = request;
  const caller = readCaller(request.principal, request.sessionIssuer, request.principalId);
  if ('message' in caller) return caller;
  const named = readAction(action);
  if (named === null || typeof action !== 'string') {
    return {
      path: ['action'],
      message: 'The action must be service:Action, such as s3:GetObject, without wildcards.',
    };
  }
  const start = typeof resource === 'string' && resource.startsWith('arn:') ? resourceStart(resource) : -1;
  if (typeof resource !== 'string' || (resource !== '*' && (start < 0 || start === resource.length))) {
    return {
      path: ['resource'],
      message: 'The resource must be an ARN, or "*" for an action that takes none.',
    };
  }
  if (
    resourceAccount !== undefined &&
    (typeof resourceAccount !== 'string' || !isAccountId(resourceAccount))
  ) {
    return { path: ['resourceAccount'], message: 'The resource account must be twelve digits.' };
  }
  const wrong = contextProblem(context);
  if (wrong !== null) return wrong;
  return {
    caller,
    action,
    actionKey: named.key,
    service: named.service,
    resource,
    resourceStart: start,
    resourceAccount: resourceAccount ?? accountOfArn(resource),
    trust: named.assumesRole || (named.service === 'sts' && resource.includes(':role/')),
    given: isObject(context) ? context : NOTHING,
  };
}

/** An action's name in lower case and taken apart. */
interface ActionName {
  readonly key: string;
  readonly service: string;
  readonly assumesRole: boolean;
}

const actionNames = new Map<string, ActionName>();
const ACTION_NAMES_LIMIT = 2000;

function readAction(action: unknown): ActionName | null {
  if (typeof action !== 'string') return null;
  const known = actionNames.get(action);
  if (known !== undefined) return known;
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9_-]+$/.test(action)) return null;
  const key = action.toLowerCase();
  const name = {
    key,
    service: key.slice(0, key.indexOf(':')),
    assumesRole: /^sts:assumerole(with(saml|webidentity))?$/.test(key),
  };
  if (actionNames.size >= ACTION_NAMES_LIMIT) actionNames.clear();
  actionNames.set(action, name);
  return name;
}

const FACTS = [
  'principalInManagementAccount',
  'resourceInManagementAccount',
  'serviceLinkedRole',
  'publicAccessRestricted',
  'gatewayEndpoint',
];

function factsProblem(facts: unknown): Problem | null {
  if (facts === undefined) return null;
  if (!isObject(facts)) return { path: [], message: `The facts must be an object, not ${kindOf(facts)}.` };
  for (const name of FACTS) {
    const value = facts[name];
    if (value !== undefined && typeof value !== 'boolean') {
      return { path: [name], message: `A fact must be true or false, not ${kindOf(value)}.` };
    }
  }
  const { keyGrant } = facts;
  if (keyGrant !== undefined && typeof keyGrant !== 'string') {
    return { path: ['keyGrant'], message: `A grant must be named by a string, not ${kindOf(keyGrant)}.` };
  }
  return null;
}

/** A service-linked role is known by its path when the fact is not given. */
function isTrueOr(fact: unknown, caller: Caller): boolean {
  if (fact !== undefined) return fact === true;
  return caller.issuer?.includes(':role/aws-service-role/') === true;
}

const NO_LAYERS: LayerSets = {
  resourceControl: null,
  serviceControl: null,
  vpcEndpoint: null,
  resource: null,
  identity: null,
  boundary: null,
  session: null,
};

function readLayers(policies: unknown, resourceForm: PolicyForm): LayerSets | Problem {
  if (policies === undefined) return NO_LAYERS;
  if (!isObject(policies))
    return { path: [], message: `The policies must be an object, not ${kindOf(policies)}.` };
  const resourceControl = readLevels(policies, 'resourceControl', 'resource');
  if (resourceControl !== null && 'message' in resourceControl) return resourceControl;
  const serviceControl = readLevels(policies, 'serviceControl', 'identity');
  if (serviceControl !== null && 'message' in serviceControl) return serviceControl;
  const vpcEndpoint = readOne(policies, 'vpcEndpoint', 'resource');
  if (vpcEndpoint !== null && 'message' in vpcEndpoint) return vpcEndpoint;
  const resource = readOne(policies, 'resource', resourceForm);
  if (resource !== null && 'message' in resource) return resource;
  const identity = readList(policies, 'identity');
  if (identity !== null && 'message' in identity) return identity;
  const boundary = readOne(policies, 'permissionsBoundary', 'identity');
  if (boundary !== null && 'message' in boundary) return boundary;
  const session = readList(policies, 'session');
  if (session !== null && 'message' in session) return session;
  return {
    resourceControl,
    serviceControl,
    vpcEndpoint,
    resource,
    identity,
    boundary,
    // An empty list is no session policy, and restricts nothing.
    session: session?.entries.length === 0 ? null : session,
  };
}

function readOne(
  policies: Readonly<Record<string, unknown>>,
  part: string,
  form: PolicyForm,
): PolicySet | Problem | null {
  const policy = policies[part];
  if (policy === undefined) return null;
  const set = policySetOfOne(policy, form);
  return 'message' in set ? within(set, [part]) : set;
}

function readList(policies: Readonly<Record<string, unknown>>, part: string): PolicySet | Problem | null {
  const list = policies[part];
  if (list === undefined) return null;
  const set = policySetOf(list, 'identity');
  return 'message' in set ? within(set, [part]) : set;
}

function within(problem: Problem, at: Path): Problem {
  return { path: [...at, ...problem.path], message: problem.message };
}

function readLevels(
  policies: Readonly<Record<string, unknown>>,
  part: string,
  form: PolicyForm,
): readonly LevelSet[] | Problem | null {
  const levels = policies[part];
  if (levels === undefined) return null;
  if (!Array.isArray(levels)) {
    return {
      path: [part],
      message: `${part} must be a list of levels, from the root down, not ${kindOf(levels)}.`,
    };
  }
  const read: LevelSet[] = [];
  for (let i = 0; i < levels.length; i++) {
    const level: unknown = levels[i];
    if (!isObject(level) || typeof level.target !== 'string') {
      const message = 'A level must be an object with a target (root, OU or account) and policies.';
      return { path: [part, i], message };
    }
    const set = policySetOf(level.policies, form);
    if ('message' in set) return within(set, [part, i, 'policies']);
    read.push({ target: level.target, set });
  }
  return read;
}
