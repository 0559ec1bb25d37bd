import { afterEach, expect, it } from 'vitest';
import { type Running, start } from './running.ts';

let running: Running | undefined;
afterEach(async () => {
  running?.screen.signal('SIGHUP');
  await running?.exit;
  running = undefined;
});

async function sandbox(): Promise<Running['screen']> {
  running = await start(80, 24, { start: { kind: 'sandbox', lesson: 'one-sign-in' } });
  await running.screen.until(/maria\$/);
  return running.screen;
}

it('completes an answer, and keeps what is no answer to be mended', async () => {
  const screen = await sandbox();
  screen.type('as anna\raws configure sso\rmy-sso\r');
  await screen.until(/SSO start URL \[None\]:\s+│\n│ Tab writes the one there is here\./);
  screen.type('\t');
  await screen.until(/SSO start URL \[None\]: https:\/\/d-\w+\.awsapps\.com\/start /);
  screen.type('\reu-west-1\r');
  await screen.until(/SSO region \[None\]: eu-west-1 [\s\S]*stands in us-east-1, not in eu-west-1\./);
  expect(screen.rows()[screen.cursor().row]).toContain('SSO region [None]: eu-west-1');
  screen.type('\u0015us-east-1\r\r');
  await screen.until(/ 4 {2}dev-api[\s\S]*Account, by number, name or ID \[1\]:/);
  screen.type('dev\t');
  await screen.until(/dev-web {2}dev-api/);
  screen.type('w\t\r');
  await screen.until(/Using the account ID 333333333333/);
});

it('keeps a question while something else is looked at', async () => {
  const screen = await sandbox();
  screen.type('as anna\ras maria\raws configure\rAKIA');
  await screen.until(/AWS Access Key ID \[\*{16}\w{4}\]: AKIA /);
  screen.type('\u0012');
  await screen.until(/The account now/);
  screen.type('\u001b');
  await screen.until(/AWS Access Key ID \[\*{16}\w{4}\]: AKIA /);
  screen.type('X\rsecr');
  await screen.until(/]: AKIAX [\s\S]*AWS Secret Access Key[^\n]*: secr /);
  // A change of where one stands drops what was asked there.
  screen.type('\u0012');
  await screen.until(/The account now/);
  screen.type('k');
  await screen.settled();
  screen.type('g');
  await screen.until(/Go on after line 1\?/);
  screen.type('\r');
  await screen.until(/What came after is kept[\s\S]*anna\$ *│\n/);
});

it('takes a paste as one answer, and a command pasted with its answers as a whole', async () => {
  const screen = await sandbox();
  screen.type('aws configure --profile x\r\u001b[200~AKIA\nEXAMPLE\n\u001b[201~');
  await screen.until(/AWS Access Key ID \[None\]: AKIA EXAMPLE /);
  screen.type('\u0003');
  await screen.until(/You left its questions/);
  screen.type("\u001b[200~aws configure --profile x\n> AKIAX\n> it's\n>\n> text\n\u001b[201~");
  await screen.until(/\$ aws configure --profile x *│\n│ > AKIAX *│\n│ > it's *│\n/);
  screen.type('\r');
  await screen.until(/AWS Secret Access Key \[None\]: it's [\s\S]*format \[None\]: text [\s\S]*maria\$ *│\n/);
  screen.type('\u001b[A');
  await screen.until(/maria\$ aws configure --profile x *│\n[╰│ ]/);
});
