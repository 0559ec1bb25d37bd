import { authorize, isRefusal, type PolicyDocument, wildcardMatch } from '../../../iam/index.ts';
import { readDocument } from '../../documents.ts';
import type { Json } from '../../operation.ts';
import { define, done, failed } from '../define.ts';
import { satisfyingContext } from './satisfying-context.ts';

/** Actions and resources that a policy must not grant. */
interface Access {
  readonly actions?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
}

/** The Allow statements of a policy that really grant some of an access, whatever the circumstances. */
function granting(
  document: PolicyDocument,
  access: Access,
): readonly { index: number; sid: string | null }[] {
  return [document.Statement].flat().flatMap((statement: unknown, index) => {
    if (
      typeof statement !== 'object' ||
      statement === null ||
      !('Effect' in statement) ||
      statement.Effect !== 'Allow'
    ) {
      return [];
    }
    const { Action, Resource, Condition, Sid }: PolicyDocument = { ...statement };
    const actions = access.actions ?? texts(Action).map(concrete);
    const resources = access.resources ?? texts(Resource).map(concrete);
    const covers = (action: string) =>
      Action === undefined ||
      texts(Action).some((each) => wildcardMatch(each.toLowerCase(), action.toLowerCase()));
    const context = satisfyingContext(Condition);
    const grants = actions.some(
      (action) =>
        covers(action) && resources.some((resource) => isAllowed(document, action, resource, context)),
    );
    return grants ? [{ index, sid: typeof Sid === 'string' ? Sid : null }] : [];
  });
}

function isAllowed(
  document: PolicyDocument,
  action: string,
  resource: string,
  context: ReturnType<typeof satisfyingContext>,
): boolean {
  const account = /^\d{12}$/.exec(resource.split(':')[4] ?? '')?.[0] ?? '000000000000';
  const principal = `arn:aws:iam::${account}:user/anybody`;
  const decision = authorize({
    request: { principal, action, resource, resourceAccount: account, context },
    policies: {
      identity: [{ name: 'the policy', document }],
      // Roles and keys must name their callers: as if they left it to the policy.
      ...(/^(sts:assumerole|kms:)/i.test(action) ? { resource: delegation(account, action) } : {}),
    },
  });
  return !isRefusal(decision) && decision.decision === 'allowed';
}

function delegation(account: string, action: string) {
  const statement = { Effect: 'Allow', Principal: { AWS: account }, Action: action };
  const whole = action.toLowerCase().startsWith('kms:') ? { ...statement, Resource: '*' } : statement;
  return { name: 'the resource', document: { Version: '2012-10-17', Statement: whole } };
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((each) => typeof each === 'string');
}

function concrete(pattern: string): string {
  return pattern === '*' ? pattern : pattern.replaceAll(/[*?]/g, 'x');
}

const checkAccessNotGranted = define({
  id: 'accessanalyzer:CheckAccessNotGranted',
  summary: 'check that a policy does not grant some actions or resources',
  input: {
    policyDocument: { type: 'document', required: true, help: 'the policy' },
    access: {
      type: 'nested',
      required: true,
      help: 'what it must not grant: actions=…,resources=…',
      of: { list: { structure: { actions: { list: 'string' }, resources: { list: 'string' } } } },
    },
    policyType: { type: 'string', required: true, help: 'IDENTITY_POLICY' },
  },
  notSimulated: ({ policyType }) =>
    policyType === 'RESOURCE_POLICY'
      ? 'Only identity policies can be checked here: --policy-type IDENTITY_POLICY.'
      : null,
  needs: (_, caller) => [
    { action: 'access-analyzer:CheckAccessNotGranted', resource: '*', resourceAccount: caller.account },
  ],
  effect(input, _, world) {
    const { access } = input;
    if (input.policyType !== 'IDENTITY_POLICY') {
      return failed('ValidationException', `Invalid policyType: ${input.policyType}`);
    }
    if (
      access.length === 0 ||
      access.some(({ actions, resources }) => !actions?.length && !resources?.length)
    ) {
      return failed('ValidationException', 'Each access needs actions or resources.');
    }
    if (access.some(({ actions }) => actions?.some((action) => !/^[\w-]+:\w+$/.test(action)))) {
      return failed(
        'ValidationException',
        'Actions are named in full, such as s3:GetObject, without wildcards.',
      );
    }
    const read = readDocument(world, input.policyDocument, { kind: 'identity' });
    if ('error' in read) {
      return failed('InvalidParameterException', read.error.message, read.error.advice);
    }
    const found = access.flatMap((each) => granting(read.document, each));
    return done(world, {
      result: found.length === 0 ? 'PASS' : 'FAIL',
      message: `The policy document ${found.length === 0 ? 'does not grant' : 'grants'} access to perform one or more of the listed actions or resources.`,
      ...(found.length === 0 ? {} : { reasons: found.map(reason) }),
    });
  },
});

function reason({ index, sid }: { readonly index: number; readonly sid: string | null }): Json {
  return {
    description: `One or more of the listed actions or resources in the statement with ${sid === null ? `index: ${index}` : `sid: ${sid}`}.`,
    statementIndex: index,
    ...(sid === null ? {} : { statementId: sid }),
  };
}

export const checkAccessOperations = [checkAccessNotGranted];
