import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, HOUR, OTHER, policy, Stage, trust } from '../stage.ts';

const LAMBDA = 'lambda.amazonaws.com';
const ARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:report`;
const ROLE = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const FN = { FunctionName: 'report' };
const code = (...lines: string[]) => Buffer.from(lines.join('\n')).toString('base64');
const READ = 's3:GetObject {"Bucket":"assets","Key":"payroll/march.csv"}';
const CANNOT = 'The role defined for the function cannot be assumed by Lambda.';
const NEW = { FunctionName: 'fresh', Runtime: 'nodejs22.x', Handler: 'index.handler', ZipFile: code(READ) };

function stage(statements: readonly Record<string, unknown>[] = [], lines: readonly string[] = [READ]) {
  return new Stage(
    {
      users: {
        admin: { policies: ['AdministratorAccess'] },
        nobody: {},
        joanne: { inline: { p: policy(...statements) } },
      },
      roles: {
        Reporter: { trust: trust(LAMBDA), inline: { p: policy(allow('s3:GetObject')) } },
        Admin: { trust: trust(LAMBDA), policies: ['AdministratorAccess'] },
        Web: { trust: trust('ec2.amazonaws.com') },
      },
      functions: { report: { role: 'Reporter', code: lines.join('\n'), tags: { team: 'red' } } },
    },
    { [OTHER]: { name: 'other', users: { guest: { policies: ['AdministratorAccess'] } } } },
  );
}

function payload(at: Stage, who = 'admin', input: object = FN): unknown {
  const { Payload } = at.do(who, 'lambda:Invoke', { ...input }) as { Payload: string };
  return JSON.parse(Payload);
}

describe('an invocation', () => {
  it('makes the function’s requests with its execution role, each an event of its own', () => {
    const at = stage([allow('lambda:InvokeFunction')], ['# reads', '', READ, 's3:ListBuckets {}']);
    expect(at.ask('joanne', 's3:GetObject', { Bucket: 'assets', Key: 'payroll/march.csv' }).kind).toBe(
      'denied',
    );
    const answer = at.ask('joanne', 'lambda:Invoke', FN);
    expect(answer).toMatchObject({
      kind: 'done',
      event: 2,
      output: { StatusCode: 200, FunctionError: 'Unhandled' },
    });
    expect(at.world.trail.slice(1)).toMatchObject([
      { operation: 'lambda:Invoke', outcome: { kind: 'done' } },
      {
        operation: 's3:GetObject',
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/Reporter/report`,
        outcome: { kind: 'done' },
      },
      { operation: 's3:ListBuckets', outcome: { kind: 'denied' } },
    ]);
  });

  it('answers with the outputs, and reuses its credentials while they last', () => {
    const at = stage();
    expect(payload(at)).toMatchObject([{ operation: 's3:GetObject', output: { Body: 'secret' } }]);
    const first = at.account.functions.report?.key;
    payload(at);
    expect(at.account.functions.report?.key).toBe(first);
    at.wait(2 * HOUR);
    payload(at);
    expect(at.account.functions.report?.key).not.toBe(first);
    expect(at.world.trail.at(-1)?.accessKey).toBe(at.account.functions.report?.key);
  });

  it('ends at the first request that fails', () => {
    const at = stage([], ['s3:GetObject {"Bucket":"nowhere","Key":"a"}', READ]);
    expect(payload(at)).toEqual({
      errorType: 'ClientError',
      errorMessage:
        'An error occurred (NoSuchBucket) when calling the GetObject operation: The specified bucket does not exist',
    });
    expect(at.world.trail).toHaveLength(2);
  });

  it.each([
    ['what is no request', 'hello', 'Runtime.UserCodeSyntaxError'],
    ['what is no JSON', 's3:ListBuckets {', 'Runtime.UserCodeSyntaxError'],
    ['another function', 'lambda:Invoke {"FunctionName":"report"}', 'Runtime.NotSimulated'],
    ['an operation that is not simulated', 'braket:CreateJob {}', 'ClientError'],
    ['a request that its own machine would not send', 's3:GetObject {}', 'ClientError'],
  ])('fails on %s', (_, line, errorType) => {
    const at = stage();
    at.do('admin', 'lambda:UpdateFunctionCode', { ...FN, ZipFile: code(line) });
    expect(payload(at)).toMatchObject({ errorType });
  });

  it('needs a role that Lambda may assume, then too', () => {
    const at = stage();
    at.do('admin', 'iam:UpdateAssumeRolePolicy', {
      RoleName: 'Reporter',
      PolicyDocument: JSON.stringify(trust('ec2.amazonaws.com')),
    });
    expect(at.error('admin', 'lambda:Invoke', FN)).toBe(`failed: AccessDeniedException: ${CANNOT}`);
  });
});

describe('making a function', () => {
  it('takes the permission to pass its role to Lambda', () => {
    const create = (...statements: Record<string, unknown>[]) =>
      stage([allow('lambda:*'), ...statements]).ask('joanne', 'lambda:CreateFunction', {
        ...NEW,
        Role: ROLE('Reporter'),
      });
    expect(create()).toMatchObject({
      kind: 'denied',
      error: {
        code: 'AccessDeniedException',
        message: expect.stringContaining('not authorized to perform: iam:PassRole'),
      },
    });
    const passed = (service: string) => ({
      ...allow('iam:PassRole', ROLE('Reporter')),
      Condition: { StringEquals: { 'iam:PassedToService': service } },
    });
    expect(create(passed('ec2.amazonaws.com')).kind).toBe('denied');
    expect(create(passed(LAMBDA))).toMatchObject({
      kind: 'done',
      output: { Role: ROLE('Reporter'), FunctionArn: ARN.replace('report', 'fresh'), State: 'Active' },
    });
  });

  it('with a mighty role is a way up: somebody who may pass any role becomes administrator', () => {
    const at = stage([allow(['lambda:CreateFunction', 'lambda:InvokeFunction', 'iam:PassRole'])]);
    const attach = { UserName: 'joanne', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
    expect(at.ask('joanne', 'iam:AttachUserPolicy', attach).kind).toBe('denied');
    at.do('joanne', 'lambda:CreateFunction', {
      ...NEW,
      Role: ROLE('Admin'),
      ZipFile: code(`iam:AttachUserPolicy ${JSON.stringify(attach)}`),
    });
    at.do('joanne', 'lambda:Invoke', { FunctionName: 'fresh' });
    expect(at.ask('joanne', 'iam:ListUsers').kind).toBe('done');
  });

  it('is refused as Lambda refuses it', () => {
    const at = stage();
    const create = (rest: object) =>
      at.error('admin', 'lambda:CreateFunction', { ...NEW, Role: ROLE('Reporter'), ...rest });
    expect(create({ FunctionName: 'report' })).toBe(
      'failed: ResourceConflictException: Function already exist: report',
    );
    expect(create({ FunctionName: 'a b' })).toMatch(/^failed: ValidationException: .*functionName/);
    expect(create({ Runtime: undefined })).toMatch(
      /^failed: InvalidParameterValueException: Runtime and Handler are mandatory/,
    );
    expect(create({ Role: ROLE('Web') })).toBe(`failed: InvalidParameterValueException: ${CANNOT}`);
    expect(create({ Role: ROLE('ghost') })).toBe(`failed: InvalidParameterValueException: ${CANNOT}`);
    expect(create({ Role: 'Reporter' })).toMatch(/^failed: ValidationException: .*'role'/);
    expect(create({ Role: ROLE('x').replace(ACCOUNT, OTHER) })).toBe(
      'failed: AccessDeniedException: Cross-account pass role is not allowed.',
    );
    expect(create({ Tags: { team: 'red' } })).toBe('done');
  });
});

describe('a function', () => {
  it('is shown, listed, changed and deleted', () => {
    const at = stage();
    expect(at.do('admin', 'lambda:GetFunction', { FunctionName: ARN })).toMatchObject({
      Configuration: { FunctionName: 'report', Role: ROLE('Reporter') },
      Tags: { team: 'red' },
    });
    expect(at.do('admin', 'lambda:ListFunctions')).toMatchObject({ Functions: [{ FunctionName: 'report' }] });
    expect(
      at.do('admin', 'lambda:UpdateFunctionConfiguration', { ...FN, Role: ROLE('Admin'), Description: 'd' }),
    ).toMatchObject({
      Role: ROLE('Admin'),
      Description: 'd',
    });
    expect(at.error('admin', 'lambda:UpdateFunctionConfiguration', { ...FN, Role: ROLE('Web') })).toContain(
      CANNOT,
    );
    at.do('admin', 'lambda:TagResource', { Resource: ARN, Tags: { stage: 'prod' } });
    at.do('admin', 'lambda:UntagResource', { Resource: ARN, TagKeys: ['team'] });
    expect(at.do('admin', 'lambda:ListTags', { Resource: ARN })).toEqual({ Tags: { stage: 'prod' } });
    at.do('admin', 'lambda:DeleteFunction', FN);
    expect(at.error('admin', 'lambda:GetFunction', FN)).toBe(
      `failed: ResourceNotFoundException: Function not found: ${ARN}`,
    );
  });

  it('may change its role only with the permission to pass it, and its code without', () => {
    const at = stage([allow(['lambda:UpdateFunctionConfiguration', 'lambda:UpdateFunctionCode'])]);
    const configure = (rest: object) =>
      at.ask('joanne', 'lambda:UpdateFunctionConfiguration', { ...FN, ...rest }).kind;
    expect(configure({ Role: ROLE('Admin') })).toBe('denied');
    expect(configure({ Description: 'mine' })).toBe('done');
    expect(
      at.ask('joanne', 'lambda:UpdateFunctionCode', { ...FN, ZipFile: code('iam:ListUsers {}') }).kind,
    ).toBe('done');
  });

  it('has tags that policies can ask for', () => {
    const at = stage([
      { ...allow('lambda:InvokeFunction'), Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } },
    ]);
    expect(at.ask('joanne', 'lambda:Invoke', FN).kind).toBe('done');
    at.do('admin', 'lambda:TagResource', { Resource: ARN, Tags: { team: 'blue' } });
    expect(at.ask('joanne', 'lambda:Invoke', FN).kind).toBe('denied');
  });

  it.each([
    ['GetFunction', {}],
    ['DeleteFunction', {}],
    ['UpdateFunctionConfiguration', {}],
    ['UpdateFunctionCode', { ZipFile: 'aGk=' }],
    ['Invoke', {}],
    ['AddPermission', { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: OTHER }],
    ['RemovePermission', { StatementId: 's' }],
    ['GetPolicy', {}],
  ])('that is missing, or not for the caller: %s', (operation, rest) => {
    const at = stage();
    expect(at.error('admin', `lambda:${operation}`, { ...rest, FunctionName: 'none' })).toBe(
      `failed: ResourceNotFoundException: Function not found: ${ARN.replace('report', 'none')}`,
    );
    expect(at.ask('nobody', `lambda:${operation}`, { ...rest, ...FN }).kind).toBe('denied');
  });

  it.each([
    ['TagResource', { Tags: {} }],
    ['UntagResource', { TagKeys: [] }],
    ['ListTags', {}],
  ])('that is missing, or not for the caller, by its ARN: %s', (operation, rest) => {
    const at = stage();
    expect(at.error('admin', `lambda:${operation}`, { ...rest, Resource: `${ARN}x` })).toMatch(
      /^failed: ResourceNotFoundException/,
    );
    expect(at.ask('nobody', `lambda:${operation}`, { ...rest, Resource: ARN }).kind).toBe('denied');
  });

  it('is not for everybody to list or make', () => {
    expect(stage().ask('nobody', 'lambda:ListFunctions').kind).toBe('denied');
    expect(stage().ask('nobody', 'lambda:CreateFunction', { ...NEW, Role: ROLE('Reporter') }).kind).toBe(
      'denied',
    );
  });
});

describe('a resource policy', () => {
  const permit = { ...FN, StatementId: 'other', Action: 'lambda:InvokeFunction', Principal: OTHER };

  it('lets another account invoke, and is shown and taken back statement by statement', () => {
    const at = stage();
    const invoke = () => at.ask('guest', 'lambda:Invoke', { FunctionName: ARN });
    expect(invoke().kind).toBe('denied');
    at.do('admin', 'lambda:AddPermission', permit);
    expect(invoke()).toMatchObject({ kind: 'done', checks: [{ policy: 'resource policy of report' }] });
    at.do('admin', 'lambda:AddPermission', {
      ...permit,
      StatementId: 's3',
      Principal: 's3.amazonaws.com',
      SourceArn: 'arn:aws:s3:::assets',
      SourceAccount: ACCOUNT,
    });
    const { Policy } = at.do('admin', 'lambda:GetPolicy', FN) as { Policy: string };
    expect(JSON.parse(Policy).Statement).toMatchObject([
      { Sid: 'other', Principal: { AWS: `arn:aws:iam::${OTHER}:root` }, Resource: ARN },
      {
        Sid: 's3',
        Principal: { Service: 's3.amazonaws.com' },
        Condition: {
          StringEquals: { 'AWS:SourceAccount': ACCOUNT },
          ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::assets' },
        },
      },
    ]);
    at.do('admin', 'lambda:RemovePermission', { ...FN, StatementId: 'other' });
    expect(invoke().kind).toBe('denied');
    at.do('admin', 'lambda:RemovePermission', { ...FN, StatementId: 's3' });
    expect(at.error('admin', 'lambda:GetPolicy', FN)).toBe(
      'failed: ResourceNotFoundException: The resource you requested does not exist.',
    );
  });

  it('is refused as Lambda refuses it', () => {
    const at = stage();
    const add = (rest: object) => at.error('admin', 'lambda:AddPermission', { ...permit, ...rest });
    expect(add({ Action: 's3:GetObject' })).toMatch(/^failed: ValidationException: .*'action'/);
    const invalid =
      'failed: InvalidParameterValueException: The provided principal was invalid. Please check the principal and try again.';
    expect(add({ Principal: 'bob' })).toBe(invalid);
    expect(add({ Principal: `arn:aws:iam::${ACCOUNT}:user/ghost` })).toBe(invalid);
    expect(add({})).toBe('done');
    expect(add({})).toMatch(
      /^failed: ResourceConflictException: The statement id \(other\) provided already exists/,
    );
    expect(at.error('admin', 'lambda:RemovePermission', { ...FN, StatementId: 'none' })).toBe(
      'failed: ResourceNotFoundException: Statement none is not found in resource policy.',
    );
  });
});
