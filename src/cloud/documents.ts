import { authorize, isRefusal, validatePolicy } from '../iam/index.ts';
import { isObject } from '../iam/problem.ts';
import type { PolicyDocument } from '../iam/request.ts';
import { accountOfArn, bucketArn } from './arn.ts';
import { actionsOf, has, identityPolicyProblem, texts } from './identity-policy.ts';
import type { ApiError } from './operation.ts';
import { own } from './own.ts';
import { isS3Action } from './service-data.ts';
import { servicePrincipalProblem } from './service-principal.ts';
import { sharedIssuerProblem, trustProblem } from './trust-policy.ts';
import type { World } from './world.ts';

/** What a document is for: each kind asks for other elements. */
export type DocumentUse =
  | { readonly kind: 'identity' }
  | { readonly kind: 'trust' }
  | { readonly kind: 'bucket'; readonly bucket: string }
  /** A resource policy of another service, which has its own words for what is wrong with one. */
  | {
      readonly kind: 'resource';
      readonly code: string;
      /** Its sentence for a document it cannot read. */
      readonly syntax: string;
      /** Its sentence for a principal that is not there. */
      readonly principal: string;
    }
  /** An SCP or RCP. */
  | { readonly kind: 'control'; readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY' };

/** A document that AWS accepts, or the error it gives. */
export type DocumentRead = { readonly document: PolicyDocument } | { readonly error: ApiError };

/** Reads the text of a policy as AWS does when one is put: JSON, grammar, and what this kind of policy asks for. */
export function readDocument(world: World, text: string, use: DocumentUse): DocumentRead {
  const document = parse(text);
  if (use.kind === 'control') {
    return controlPolicyProblem(text, use.type) ?? { document: document ?? {} };
  }
  if (document === null) {
    return use.kind === 'bucket'
      ? malformed(use, "Policies must be valid JSON and the first byte must be '{'", jsonAdvice(text))
      : syntaxError(use, 'This policy contains invalid Json', jsonAdvice(text));
  }
  return newDocumentProblem(document, use) ?? documentProblem(world, document, use) ?? { document };
}

/** What AWS asks of a policy that is put, beyond what those that are there have to be. */
function newDocumentProblem(
  { Statement }: PolicyDocument,
  use: DocumentUse,
): { readonly error: ApiError } | null {
  if (Array.isArray(Statement) && Statement.length === 0) {
    return use.kind === 'bucket'
      ? malformed(use, 'Could not parse the policy: Statement is empty!')
      : syntaxError(use, 'Syntax errors in policy.', 'At least one statement is needed.');
  }
  const problem = use.kind === 'trust' ? sharedIssuerProblem(statementsOf({ Statement })) : null;
  return problem === null ? null : malformed(use, problem, SHARED_ISSUER_ADVICE);
}

const SHARED_ISSUER_ADVICE =
  'All customers of this provider get their tokens from one address: without this condition the role is open to them all.';

/** What AWS has against a document, or null. */
export function documentProblem(
  world: World,
  document: PolicyDocument,
  use: DocumentUse,
): { readonly error: ApiError } | null {
  if (use.kind === 'control') {
    return controlPolicyProblem(document, use.type);
  }
  const statements = statementsOf(document);
  const missing =
    use.kind === 'identity' ? identityProblem(statements, use) : resourceProblem(world, statements, use);
  if (missing !== null) {
    return missing;
  }
  const advice = grammarProblem(document, use);
  return advice === null ? null : syntaxError(use, 'Syntax errors in policy.', advice);
}

/** Source: Organizations API Reference, API_CreatePolicy.html: one error for all that can be wrong. */
function controlPolicyProblem(
  policy: string | PolicyDocument,
  type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
): { readonly error: ApiError } | null {
  const kind = type === 'SERVICE_CONTROL_POLICY' ? 'service-control' : 'resource-control';
  const error = validatePolicy(policy, kind).find(({ level }) => level === 'error');
  return error === undefined
    ? null
    : {
        error: {
          code: 'MalformedPolicyDocumentException',
          message:
            'The provided policy document does not meet the requirements of the specified policy type.',
          advice: error.at === '' ? error.message : `${error.at}: ${error.message}`,
        },
      };
}

/** Characters of a document as IAM's quotas count them: without white space. */
export function sizeOf(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}

function identityProblem(statements: readonly PolicyDocument[], use: DocumentUse) {
  const problem = identityPolicyProblem(statements);
  return problem === null ? null : malformed(use, problem);
}

function resourceProblem(world: World, statements: readonly PolicyDocument[], use: DocumentUse) {
  if (!statements.every((each) => has(each, 'Principal') || has(each, 'NotPrincipal'))) {
    return syntaxError(use, 'Missing required field Principal', 'Each statement needs a Principal.');
  }
  const stranger = strangerIn(world, statements);
  if (stranger !== undefined) {
    const message = 'Invalid principal in policy';
    return use.kind === 'trust'
      ? malformed(use, `${message}: "${stranger.kind.toUpperCase()}":"${stranger.name}"`, stranger.advice)
      : malformed(
          use,
          use.kind === 'resource' ? use.principal : message,
          stranger.advice ?? `There is no ${stranger.name}.`,
        );
  }
  const resources = statements.flatMap((each) => [...texts(each.Resource), ...texts(each.NotResource)]);
  if (use.kind === 'trust') {
    const problem = trustProblem(statements, resources);
    return problem === null ? null : malformed(use, problem);
  }
  if (use.kind === 'resource') {
    const complete = statements.every((each) => has(each, 'Resource') || has(each, 'NotResource'));
    return complete ? null : malformed(use, use.syntax, 'Each statement needs a Resource.');
  }
  return use.kind === 'bucket' ? bucketResourceProblem(statements, resources, use) : null;
}

function bucketResourceProblem(
  statements: readonly PolicyDocument[],
  resources: readonly string[],
  use: Extract<DocumentUse, { kind: 'bucket' }>,
) {
  const own = bucketArn(use.bucket);
  const actions = actionsOf(statements);
  const unknown = actions.find((action) => !/[*?]/.test(action) && !isS3Action(action));
  if (unknown !== undefined) {
    return malformed(use, 'Policy has invalid action', `S3 has no action called ${unknown}.`);
  }
  if (resources.length === 0) {
    return malformed(use, 'Missing required field Resource');
  }
  const foreign = resources.find((arn) => arn !== own && !arn.startsWith(`${own}/`) && arn !== `${own}*`);
  if (foreign !== undefined) {
    return malformed(use, 'Policy has invalid resource', `${foreign} is not ${own} or something in it.`);
  }
  const idle = statements.flatMap((each) => texts(each.Action).filter((action) => isIdle(action, each, own)));
  return idle.length === 0
    ? null
    : malformed(
        use,
        'Action does not apply to any resource(s) in statement',
        isOnBucket(idle[0] ?? '')
          ? `${idle[0]} is about the bucket itself: it needs ${own}.`
          : `${idle[0]} is about objects: it needs ${own}/ and a key or pattern.`,
      );
}

/** Actions of S3 that are about a bucket, and those about its objects, in lower case; patterns are left alone. */
const ON_BUCKET = ['listbucket', 'deletebucket', 'getbucketpolicy', 'putbucketpolicy', 'deletebucketpolicy'];
const ON_OBJECTS = ['getobject', 'putobject', 'deleteobject', 'getobjectversion', 'deleteobjectversion'];

function isOnBucket(action: string): boolean {
  return ON_BUCKET.includes(action.toLowerCase().replace('s3:', ''));
}

/** True for an action that none of its statement's resources can be meant for. */
function isIdle(action: string, { Resource }: PolicyDocument, bucket: string): boolean {
  const resources = texts(Resource).filter((arn) => arn !== `${bucket}*`);
  if (resources.length < texts(Resource).length || resources.length === 0) {
    return false;
  }
  const onObjects = ON_OBJECTS.includes(action.toLowerCase().replace('s3:', ''));
  return isOnBucket(action)
    ? !resources.includes(bucket)
    : onObjects && resources.every((arn) => arn === bucket);
}

/** What the engine has against a document's grammar, in our words; null when it takes it. */
function grammarProblem(document: PolicyDocument, use: DocumentUse): string | null {
  const policy = { name: 'the policy', document };
  const probe = authorize({
    request: {
      principal: 'arn:aws:iam::000000000000:user/probe',
      action: use.kind === 'trust' ? 'sts:AssumeRole' : 's3:GetObject',
      resource: use.kind === 'trust' ? 'arn:aws:iam::000000000000:role/probe' : 'arn:aws:s3:::probe/probe',
      resourceAccount: '000000000000',
    },
    policies: use.kind === 'identity' ? { identity: [policy] } : { resource: policy },
  });
  if (!isRefusal(probe) || probe.error.kind !== 'invalid-policy') {
    return null;
  }
  const at = probe.error.path.replace(/^policies\.(identity\[0\]|resource)\.?(document\.?)?/, '');
  return at === '' ? probe.error.message : `${at}: ${probe.error.message}`;
}

/**
 * A user or role named in an account of this world, and not there; the unique id of one that was deleted, which a
 * policy can keep but not be given; or what is no principal at all, such as a bare name.
 * Source: IAM User Guide, reference_policies_elements_principal.html.
 */
function isMissing(world: World, arn: string): boolean {
  if (/^A(IDA|ROA)[A-Z2-7]{17}$/.test(arn)) {
    return !Object.values(world.accounts).some((account) =>
      [...Object.values(account.users), ...Object.values(account.roles)].some(({ id }) => id === arn),
    );
  }
  if (!/^(\*|\d{12}|arn:.*)$/.test(arn)) {
    return true;
  }
  const account = own(world.accounts, accountOfArn(world, arn) ?? '');
  const [, , service, , , resource = ''] = arn.split(':');
  if (account === undefined || service !== 'iam' || resource === 'root') {
    return false;
  }
  return ![...Object.values(account.users), ...Object.values(account.roles)].some((each) => each.arn === arn);
}

/** A principal that is not there, with what may have been meant where that is known. */
interface Stranger {
  readonly kind: 'AWS' | 'Service';
  readonly name: string;
  readonly advice?: string;
}

/** The first principal that is not there. */
function strangerIn(world: World, statements: readonly PolicyDocument[]): Stranger | undefined {
  const named = (kind: 'AWS' | 'Service') => statements.flatMap((each) => principals(each, kind));
  const missing = named('AWS').find((name) => isMissing(world, name));
  if (missing !== undefined) {
    return { kind: 'AWS', name: missing };
  }
  for (const name of named('Service')) {
    const advice = servicePrincipalProblem(name);
    if (advice !== null) {
      return { kind: 'Service', name, advice };
    }
  }
  return undefined;
}

function principals({ Principal, NotPrincipal }: PolicyDocument, kind: 'AWS' | 'Service'): readonly string[] {
  return [Principal, NotPrincipal].flatMap((each) => (isObject(each) ? texts(each[kind]) : []));
}

function statementsOf({ Statement }: PolicyDocument): readonly PolicyDocument[] {
  const list: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return list.filter(isObject);
}

function parse(text: string): PolicyDocument | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** What to do about a text that is no JSON object, from what it looks like. */
function jsonAdvice(text: string): string {
  const trimmed = text.trim();
  if (/^[\w./-]+$/.test(trimmed))
    return `To take it from a file, write file:// before its name: file://${trimmed}.`;
  if (trimmed.startsWith('{') && !trimmed.includes('"')) {
    return "The quotes were lost on the way: put the whole document between single quotes, '{…}'.";
  }
  const [problem] = validatePolicy(text, 'identity');
  if (problem === undefined) return 'It is not a JSON object.';
  const place = problem.line === null ? '' : `Line ${problem.line}, column ${problem.column}: `;
  return `${place}${problem.message}`;
}

/** What is wrong in IAM's and S3's words, or in the one sentence that another service has for everything. */
function syntaxError(use: DocumentUse, message: string, advice: string): { readonly error: ApiError } {
  if (use.kind === 'resource') {
    return malformed(use, use.syntax, advice);
  }
  return malformed(use, message, advice);
}

function malformed(use: DocumentUse, message: string, advice?: string): { readonly error: ApiError } {
  const code =
    use.kind === 'resource'
      ? use.code
      : use.kind === 'bucket'
        ? 'MalformedPolicy'
        : 'MalformedPolicyDocument';
  return { error: advice === undefined ? { code, message } : { code, message, advice } };
}
