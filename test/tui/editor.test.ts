import { describe, expect, it } from 'vitest';
import { serviceData } from '../../src/build/service-data.ts';
import { formatted, placeAtEnd } from '../../src/tui/json-text.ts';
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
  await screen.until(/admin\$/);
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
