import { describe, expect, it } from 'vitest';
import {
  type AuthorizationInput,
  authorize,
  type Decision,
  isRefusal,
  traceText,
} from '../../src/iam/index.ts';

const JOANNE = 'arn:aws:iam::111122223333:user/joanne';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/web/i-1';

function decide(input: AuthorizationInput): Decision {
  const answer = authorize(input);
  if (isRefusal(answer)) throw new Error(answer.error.message);
  return answer;
}

function policy(name: string, ...Statement: object[]) {
  return { name, document: { Version: '2012-10-17', Statement } };
}

const allow = (Action: string | string[], Resource: string = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: string, Resource: string = '*', more: object = {}) => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});
const createUser = {
  principal: JOANNE,
  action: 'iam:CreateUser',
  resource: 'arn:aws:iam::111122223333:user/bob',
};
const getObject = {
  principal: JOANNE,
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::site/a',
  resourceAccount: '111122223333',
};

describe("AWS's sentence", () => {
  const cases: [string, AuthorizationInput, string][] = [
    [
      'identity',
      { request: createUser },
      `User: ${JOANNE} is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::111122223333:user/bob because no identity-based policy allows the iam:CreateUser action`,
    ],
    [
      'identity, explicit',
      { request: createUser, policies: { identity: [policy('p', deny('*'))] } },
      `User: ${JOANNE} is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::111122223333:user/bob with an explicit deny in an identity-based policy`,
    ],
    [
      'S3 puts the resource in quotes',
      { request: getObject },
      `User: ${JOANNE} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::site/a" because no identity-based policy allows the s3:GetObject action`,
    ],
    [
      'without resource',
      { request: { ...createUser, action: 'iam:ListUsers', resource: '*' } },
      `User: ${JOANNE} is not authorized to perform: iam:ListUsers because no identity-based policy allows the iam:ListUsers action`,
    ],
    [
      'boundary',
      {
        request: createUser,
        policies: { identity: [policy('p', allow('*'))], permissionsBoundary: policy('b', allow('s3:*')) },
      },
      `User: ${JOANNE} is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::111122223333:user/bob because no permissions boundary allows the iam:CreateUser action`,
    ],
    [
      'SCP with its ARN',
      {
        request: createUser,
        policies: {
          serviceControl: [
            {
              target: 'r',
              policies: [
                {
                  ...policy('scp', deny('iam:*')),
                  arn: 'arn:aws:organizations::999999999999:policy/o-1/service_control_policy/p-1',
                },
              ],
            },
          ],
        },
      },
      `User: ${JOANNE} is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::111122223333:user/bob with an explicit deny in a service control policy: arn:aws:organizations::999999999999:policy/o-1/service_control_policy/p-1`,
    ],
    [
      'resource policy',
      {
        request: { ...getObject, resourceAccount: '444455556666' },
        policies: { identity: [policy('p', allow('*'))] },
      },
      `User: ${JOANNE} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::site/a" because no resource-based policy allows the s3:GetObject action`,
    ],
    [
      'trust policy',
      {
        request: { ...createUser, action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/x' },
        policies: { identity: [policy('p', allow('*'))] },
      },
      `User: ${JOANNE} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/x because no role trust policy allows the sts:AssumeRole action`,
    ],
    [
      'trust policy, explicit',
      {
        request: { ...createUser, action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/x' },
        policies: { resource: policy('t', { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }) },
      },
      `User: ${JOANNE} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/x with an explicit deny in the role trust policy`,
    ],
    [
      'session policy',
      {
        request: { ...getObject, principal: SESSION },
        policies: { identity: [policy('p', allow('*'))], session: [policy('s', allow('sqs:*'))] },
      },
      `User: ${SESSION} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::site/a" because no session policy allows the s3:GetObject action`,
    ],
    [
      'root user',
      {
        request: {
          principal: 'arn:aws:iam::111122223333:root',
          action: 'sts:AssumeRole',
          resource: 'arn:aws:iam::111122223333:role/x',
        },
        policies: { resource: policy('t', { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }) },
      },
      'Roles may not be assumed by root accounts.',
    ],
  ];
  it.each(cases)('%s', (_, input, message) => {
    expect(decide(input).message).toBe(message);
  });

  it('is not there when the request is allowed', () => {
    expect(
      decide({ request: getObject, policies: { identity: [policy('p', allow('*'))] } }).message,
    ).toBeNull();
  });
});

describe('the explanation', () => {
  it('says that boundary and identity policy must both allow', () => {
    const { explanation } = decide({
      request: createUser,
      policies: {
        identity: [policy('full-iam', allow('iam:*'))],
        permissionsBoundary: policy('limits', allow('s3:*')),
      },
    });
    expect(explanation).toContain('Statement 1 of the identity policy "full-iam" allows it.');
    expect(explanation).toContain('permissions boundary does not allow it');
    expect(explanation).toContain('must allow too');
  });

  it('names the Allow that comes close', () => {
    const { explanation } = decide({
      request: { ...getObject, resource: 'arn:aws:s3:::site-private/a' },
      policies: { identity: [policy('site', allow('s3:GetObject', 'arn:aws:s3:::site/*'))] },
    });
    expect(explanation).toContain(
      'Statement 1 of "site" comes close: arn:aws:s3:::site-private/a matches no pattern',
    );
  });

  it('says which keys the answer depends on', () => {
    const decision = decide({
      request: getObject,
      policies: {
        identity: [
          policy('p', allow('s3:*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })),
        ],
      },
    });
    expect(decision.missingContext).toEqual(['aws:SourceIp']);
    expect(decision.explanation).toContain('The request does not say aws:SourceIp');
  });

  it('counts statements from 1 for people, and from 0 in the fields', () => {
    const decision = decide({
      request: getObject,
      policies: { identity: [policy('p', allow('sqs:*'), allow('s3:*'))] },
    });
    expect(decision.statement).toBe(1);
    expect(decision.explanation).toContain('Statement 2 of the identity policy "p" allows it.');
    expect(traceText(decision.trace())).toContain('p [2] Allow: matches');
  });

  it('names both grants where both must allow', () => {
    const { explanation } = decide({
      request: { ...getObject, resourceAccount: '444455556666' },
      policies: {
        identity: [policy('mine', allow('s3:*'))],
        resource: policy('theirs', allow('s3:*', '*', { Principal: { AWS: '111122223333' } })),
      },
    });
    expect(explanation).toContain('Statement 1 of the resource policy "theirs" allows it');
    expect(explanation).toContain('Statement 1 of the identity policy "mine" allows it.');
    expect(explanation).toContain('must both allow');
  });

  it('does not call a resource policy enough that names the account only', () => {
    const { explanation } = decide({
      request: getObject,
      policies: { resource: policy('b', allow('s3:*', '*', { Principal: { AWS: '111122223333' } })) },
    });
    expect(explanation).toContain('names only the account');
    expect(explanation).not.toContain('either is enough');
  });

  it('says that there is no resource policy where one must allow', () => {
    const { explanation } = decide({ request: { ...getObject, resourceAccount: '444455556666' } });
    expect(explanation).toContain('There is no resource policy');
  });

  it('lists several other layers with commas', () => {
    const deny = { Effect: 'Deny', Action: '*', Resource: '*' };
    const { explanation } = decide({
      request: getObject,
      policies: {
        serviceControl: [{ target: 'r', policies: [policy('s', deny)] }],
        identity: [policy('i', deny)],
        permissionsBoundary: policy('b', deny),
        session: [policy('x', deny)],
      },
    });
    expect(explanation).toContain('by the identity policy, the permissions boundary and the session policy.');
  });

  it('lists what else would have denied', () => {
    const { explanation } = decide({ request: { ...getObject, resourceAccount: '444455556666' } });
    expect(explanation).toContain('Even without that it would be denied, by the identity policy.');
  });
});

describe('the trace', () => {
  const decision = decide({
    request: { ...getObject, context: { 'aws:PrincipalTag/team': 'api', 'aws:TagKeys': ['a', 'b'] } },
    policies: {
      identity: [
        policy(
          'p',
          allow(['sqs:*', 's3:Get*'], `arn:aws:s3:::site/\${aws:username}`, {
            Sid: 'Home',
            Condition: {
              StringEquals: { 'aws:PrincipalTag/team': 'web' },
              Null: { 'aws:TokenIssueTime': 'true' },
              'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] },
              StringNotEquals: { 'aws:SourceVpc': 'vpc-1' },
            },
          }),
        ),
      ],
    },
  });
  const elements = decision.trace().layers[0]?.policies[0]?.statements[0]?.elements ?? [];

  it('says of each element why it matched or not', () => {
    expect(elements.map((one) => [one.element, one.matched, one.because])).toEqual([
      ['Action', true, 's3:GetObject matches "s3:Get*".'],
      [
        'Resource',
        false,
        `arn:aws:s3:::site/a matches no pattern: "arn:aws:s3:::site/\${aws:username}". \${aws:username} is "joanne" here.`,
      ],
      ['Condition', false, 'aws:PrincipalTag/team is "api": it does not meet StringEquals "web".'],
      ['Condition', true, 'The request has no aws:TokenIssueTime; Null asks that it is missing.'],
      ['Condition', false, 'aws:TagKeys is "a", "b": it does not meet ForAllValues:StringEquals "a".'],
      [
        'Condition',
        true,
        'The request has no aws:SourceVpc, and StringNotEquals is met when the key is missing.',
      ],
    ]);
  });

  it('says where each element stands', () => {
    expect(elements[0]?.path).toEqual(['Statement', 0, 'Action', 1]);
    expect(elements[2]?.path).toEqual(['Statement', 0, 'Condition', 'StringEquals', 'aws:PrincipalTag/team']);
  });

  it('is compact as text', () => {
    expect(traceText(decision.trace())).toContain('> identity policy: silent.');
    expect(traceText(decision.trace())).toContain('p [Home] Allow: no match');
  });

  it('shows a layer that does not apply as off, and why', () => {
    const { layers } = decide({
      request: getObject,
      facts: { principalInManagementAccount: true },
      policies: { serviceControl: [{ target: 'r', policies: [] }] },
    }).trace();
    expect(layers[0]).toMatchObject({
      layer: 'service-control',
      verdict: 'off',
      note: 'SCPs do not bind the management account.',
    });
  });
});

it('does not say that an answer may differ where a Deny stands whatever the request says', () => {
  const all = { Effect: 'Allow', Action: '*', Resource: '*' };
  const denied = (Condition: object | undefined) => {
    const decision = authorize({
      request: {
        principal: 'arn:aws:iam::111122223333:user/ann',
        action: 's3:ListAllMyBuckets',
        resource: '*',
      },
      policies: {
        identity: [
          {
            name: 'own',
            document: {
              Version: '2012-10-17',
              Statement: [
                { ...all, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } },
                { ...all, Effect: 'Deny', ...(Condition === undefined ? {} : { Condition }) },
              ],
            },
          },
        ],
      },
    });
    return isRefusal(decision) ? '' : decision.explanation;
  };
  expect(denied(undefined)).not.toContain('may differ');
  const unlessTagged = { StringNotEquals: { 'aws:PrincipalTag/team': 'red' } };
  expect(denied(unlessTagged)).toContain('does not say aws:PrincipalTag/team; with it the answer may differ');
});
