import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/cloud/index.ts';
import { ACCOUNT, allow, policy, Stage, trust } from '../stage.ts';

const NEW = {
  FunctionName: 'fresh',
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Role: `arn:aws:iam::${ACCOUNT}:role/Runner`,
};
const IN_S3 = { S3Bucket: 'code', S3Key: 'fresh.zip' };
const LIST = 's3:ListBuckets';
const FILE = { ZipFile: Buffer.from(LIST).toString('base64') };

function stage(...statements: readonly Record<string, unknown>[]): Stage {
  return new Stage({
    users: { admin: { policies: ['AdministratorAccess'] }, joe: { inline: { p: policy(...statements) } } },
    roles: { Runner: { trust: trust('lambda.amazonaws.com') } },
    buckets: { code: { objects: { 'fresh.zip': LIST } } },
    functions: { old: { role: 'Runner', code: '' } },
  });
}

function problem(answer: Answer): string {
  return answer.kind === 'unsupported' ? answer.refusal.error.message : answer.kind;
}

describe('the code of a function', () => {
  test.each([
    ['from a file', FILE],
    ['from a file, as part of the code', { Code: FILE }],
    ['from an object', { Code: IN_S3 }],
  ])('comes %s', (_, code) => {
    const at = stage();
    at.do('admin', 'lambda:CreateFunction', { ...NEW, ...code });
    expect(at.account.functions.fresh?.code).toBe(LIST);
    expect(JSON.stringify(at.world.trail)).not.toContain(FILE.ZipFile);
  });

  test('is changed to what is in a file or an object, unless it is only tried', () => {
    const at = stage();
    const old = { FunctionName: 'old' };
    at.do('admin', 'lambda:UpdateFunctionCode', { ...old, ...IN_S3, DryRun: true });
    expect(at.account.functions.old?.code).toBe('');
    at.do('admin', 'lambda:UpdateFunctionCode', { ...old, ...IN_S3 });
    expect(at.account.functions.old?.code).toBe(LIST);
  });

  test('is read from S3 with what its caller may do', () => {
    const may = [allow(['lambda:CreateFunction', 'lambda:UpdateFunctionCode', 'iam:PassRole'])];
    const code = { ...NEW, Code: IN_S3 };
    expect(stage(...may).ask('joe', 'lambda:CreateFunction', { ...NEW, ...FILE }).kind).toBe('done');
    expect(stage(...may).error('joe', 'lambda:CreateFunction', code)).toMatch(
      /^denied: AccessDeniedException: .*s3:GetObject on resource: "arn:aws:s3:::code\/fresh.zip"/,
    );
    const reads = [...may, allow('s3:GetObject', 'arn:aws:s3:::code/*')];
    expect(stage(...reads).ask('joe', 'lambda:CreateFunction', code).kind).toBe('done');
    const old = { FunctionName: 'old', ...IN_S3 };
    expect(stage(...may).ask('joe', 'lambda:UpdateFunctionCode', old).kind).toBe('denied');
    expect(stage(...reads).ask('joe', 'lambda:UpdateFunctionCode', old).kind).toBe('done');
  });

  test.each([
    [{ ...IN_S3, S3Key: 'none' }, 'NoSuchKey. S3 Error Message: The specified key does not exist.'],
    [{ ...IN_S3, S3Bucket: 'none' }, 'NoSuchBucket. S3 Error Message: The specified bucket does not exist'],
  ])('%j is not there', (Code, text) => {
    expect(stage().error('admin', 'lambda:CreateFunction', { ...NEW, Code })).toBe(
      `failed: InvalidParameterValueException: Error occurred while GetObject. S3 Error Code: ${text}`,
    );
  });

  test.each([
    [{}, 'Where is the code?'],
    [{ ...FILE, Code: IN_S3 }, 'Where is the code?'],
    [{ Code: { S3Bucket: 'code' } }, 'Where is the code?'],
    [{ Code: { ...IN_S3, S3ObjectVersion: '1' } }, 'Versions of objects are not simulated'],
    [{ Code: { ImageUri: 'x' } }, 'container images are not simulated'],
    [{ ...FILE, PackageType: 'Image' }, 'container images are not simulated'],
    [{ ...FILE, Publish: true }, 'Versions of functions are not simulated'],
  ])('%j is outside what is simulated', (more, text) => {
    expect(problem(stage().ask('admin', 'lambda:CreateFunction', { ...NEW, ...more }))).toContain(text);
  });
});

describe('the settings of a function', () => {
  const settings = { Timeout: 30, MemorySize: 256, Environment: { Variables: { KEY: 'secret' } } };

  test('are given, shown and changed one by one, and variables are in no log', () => {
    const at = stage();
    expect(at.do('admin', 'lambda:CreateFunction', { ...NEW, ...FILE, ...settings })).toMatchObject(settings);
    const name = { FunctionName: 'fresh' };
    at.do('admin', 'lambda:UpdateFunctionConfiguration', { ...name, Timeout: 5 });
    expect(at.do('admin', 'lambda:GetFunctionConfiguration', name)).toMatchObject({
      ...settings,
      Timeout: 5,
    });
    expect(at.do('admin', 'lambda:GetFunctionConfiguration', { FunctionName: 'old' })).toMatchObject({
      ...{ Timeout: 3, MemorySize: 128, State: 'Active', LastUpdateStatus: 'Successful' },
    });
    expect(JSON.stringify(at.world.trail)).not.toContain('secret');
  });

  test.each([
    [{ Timeout: 0 }, "Value '0' at 'timeout' failed", 'greater than or equal to 1'],
    [{ Timeout: 901 }, "Value '901' at 'timeout' failed", 'less than or equal to 900'],
    [{ MemorySize: 127 }, "Value '127' at 'memorySize' failed", 'greater than or equal to 128'],
    [{ MemorySize: 10_241 }, "Value '10241' at 'memorySize' failed", 'less than or equal to 10240'],
  ])('%j is refused', (setting, ...texts) => {
    for (const [operation, input] of [
      ['lambda:CreateFunction', { ...NEW, ...FILE }],
      ['lambda:UpdateFunctionConfiguration', { FunctionName: 'old' }],
    ] as const) {
      const error = stage().error('admin', operation, { ...input, ...setting });
      for (const text of ['failed: ValidationException', ...texts]) expect(error).toContain(text);
    }
  });

  test('are shown to those who may, of a function that is there', () => {
    const ask = (at: Stage, FunctionName: string) =>
      at.error('joe', 'lambda:GetFunctionConfiguration', { FunctionName });
    expect(ask(stage(allow('lambda:GetFunction')), 'old')).toMatch(/^denied: AccessDeniedException/);
    expect(ask(stage(allow('lambda:GetFunctionConfiguration')), 'old')).toBe('done');
    expect(ask(stage(allow('lambda:*')), 'none')).toMatch(/^failed: ResourceNotFoundException/);
  });
});
