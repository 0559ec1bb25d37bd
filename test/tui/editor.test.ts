import { describe, expect, it } from 'vitest';
import { serviceData } from '../../src/build/service-data.ts';
import { formatted, placeAtEnd } from '../../src/tui/json-text.ts';
import { lookOver } from '../../src/tui/policy-kinds.ts';
import { start } from './running.ts';

const sandbox = { start: { kind: 'sandbox', lesson: 'joannes-boundary' } } as const;

describe('the place in JSON', () => {
  it.each([
    ['{"Ac', { field: null, partial: 'Ac' }],
    ['{"Action": "s3:', { field: 'Action', partial: 's3:' }],
    ['{"Action": ["s3:Get", "iam', { field: 'Action', partial: 'iam' }],
    ['{"Action": ["s3:Get"], "Eff', { field: null, partial: 'Eff' }],
    ['{"Statement": [{"Effect": "', { field: 'Effect', partial: '' }],
    ['{"Condition": {"StringEquals": {"aws:x": "y"}}, "Res', { field: null, partial: 'Res' }],
    ['{"Action": ', null],
  ])('%s', (before, place) => {
    expect(placeAtEnd(before)).toEqual(place);
  });

  it('formats what is JSON and leaves what is not', () => {
    expect(formatted('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}\n');
    expect(formatted('{"a"')).toBeNull();
  });
});

describe('what a file may be', () => {
  const statement = { Effect: 'Deny', Action: 's3:*', Resource: '*' };
  const everyone = { ...statement, Principal: '*' };
  const assume = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
  const allow = { ...statement, Effect: 'Allow', Principal: { AWS: '111122223333' } };

  it.each([
    ['a.json', statement, ['identity', 'permissions-boundary', 'session', 'service-control']],
    ['my-boundary.json', statement, ['permissions-boundary', 'identity', 'session', 'service-control']],
    ['region-scp.json', statement, ['service-control', 'identity', 'permissions-boundary', 'session']],
    ['a.json', everyone, ['resource', 'resource-control', 'vpc-endpoint']],
    ['rcp.json', everyone, ['resource-control', 'resource', 'vpc-endpoint']],
    ['a.json', allow, ['resource', 'vpc-endpoint']],
    ['a.json', assume, ['trust']],
  ])('%s with %j', (name, Statement, kinds) => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement });
    expect(lookOver({ kind: 'file', name }, text, null).takenAs).toEqual(kinds);
  });

  it('says what is wrong where nothing takes it', () => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: { ...statement, Effect: 'deny' } });
    const { takenAs, findings } = lookOver({ kind: 'file', name: 'a.json' }, text, null);
    expect(takenAs).toEqual([]);
    expect(findings[0]?.level).toBe('error');
    expect(lookOver({ kind: 'file', name: 'a.json' }, '{"a": 1}', null)).toMatchObject({
      findings: [],
      takenAs: [],
    });
  });
});

it('edits a file in place: checked while it is typed, formatted, saved', async () => {
  const { screen, exit } = await start(80, 24, sandbox);
  await screen.until(/admin\$/);
  screen.type('edit mine.json\r');
  await screen.until(/▸ Editing mine\.json/);
  screen.type('\u001b[200~{"Version":"2012-10-17","Statement":{"Effect":"Alow","Action":"*"}}\u001b[201~');
  await screen.until(/✗ \d+:\d+ .*Alow/);
  screen.type('\u0010');
  await screen.until(/✗ +4 .*"Effect": "Alow"/);
  screen.type('\u001b');
  await screen.until(/Not saved yet/);
  screen.type('\u0013');
  await screen.until(/admin\$ edit mine\.json +│\n│ mine\.json is saved\./);
  screen.type('cat mine.json\r');
  await screen.until(/"Effect": "Alow",/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('completes fields and actions, and leaves without saving when asked twice', async () => {
  const { screen, exit } = await start(120, 40, { ...sandbox, services: async () => serviceData() });
  await screen.until(/admin\$/);
  screen.type('edit mine.json\r');
  await screen.until(/▸ Editing mine\.json/);
  await screen.until(/Checks/);
  screen.type('{\r"NotA\t": "iam:CreateUs');
  await screen.until(/✗ 2:/);
  await screen.until((text) => {
    if (!text.includes('CreateUser')) screen.type('\t');
    return text.includes('"NotAction": "iam:CreateUser');
  });
  screen.type('\u001b');
  await screen.until(/Not saved yet/);
  screen.type('\u001b');
  await screen.until(/▸ Prompt/);
  screen.type('ls\r');
  await screen.until(/naive\.json/);
  expect(screen.text()).not.toContain('mine.json\n');
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('edits a policy of the world: says what it is and what saving sends, and Up brings the command back', async () => {
  const { screen, exit } = await start(120, 40, sandbox);
  await screen.until(/admin\$/);
  screen.type('edit WorkloadBoundary\r');
  await screen.until(/▸ Editing policy\/WorkloadBoundary/);
  await screen.until(/AWS would take this as an identity policy or a permissions boundary\./);
  expect(screen.text()).toMatch(/Ctrl\+S sends aws iam create-policy-version/);
  screen.type('\u001b');
  await screen.until(/admin\$/);
  screen.type('\u001b[200~edit WorkloadBoundary\u001b[201~\r');
  await screen.until(/▸ Editing policy/);
  screen.type('\u001b[200~ \u001b[201~\u0013');
  await screen.until(/"VersionId": "v2"/);
  screen.type('\u001b[A');
  await screen.until(
    /admin\$ aws iam create-policy-version --policy-arn[\s\S]*admin\$ aws iam create-policy-version/,
  );
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('saves a policy of the world from $EDITOR, and sends nothing when it is as it was', async () => {
  const { screen, exit, saveNext } = await start(80, 24, sandbox);
  await screen.until(/admin\$/);
  screen.type('edit WorkloadBoundary\r');
  await screen.until(/▸ Editing policy/);
  saveNext('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}');
  screen.type('\u0005');
  await screen.until(/"VersionId": "v2"/);
  screen.type('edit WorkloadBoundary\r');
  await screen.until(/▸ Editing policy/);
  screen.type('\u0013');
  await screen.until(/▸ Prompt/);
  screen.type('log\r');
  expect(screen.text()).not.toContain('v3');
  await screen.until(/3 +admin +edit WorkloadBoundary/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
