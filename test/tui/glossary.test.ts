import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { glossary, termsIn } from '../../src/tui/glossary.ts';
import { start } from './running.ts';

/** Words in bold that are said with stress and are no terms. */
const stressed = /^(and|once|never sent|denied|expired|each time|box|overlap|grant|rotation)$/;

describe('the glossary', () => {
  it('is in alphabetical order and says each term once', () => {
    const terms = glossary().map(({ term }) => term.toLowerCase());
    expect(terms).toEqual([...new Set(terms)].sort((a, b) => a.localeCompare(b)));
  });

  it.each([
    'session policy',
    'resource control policies',
    'confused deputy',
    'hop limit',
    'permission set',
    'data event',
    'presigned URL',
    'trust anchor',
    'zone of trust',
    'NotAction',
    'ForAllValues',
    'member account',
    'delegated administrator',
    'KMS grant',
    'encryption context',
    'service account',
  ])('knows a term of the screens, the prompt and the scenarios: %s', (word) => {
    expect(termsIn(word)).toHaveLength(1);
  });

  it.each(readdirSync('lessons'))('knows the terms that %s introduces', (file) => {
    const text = readFileSync(`lessons/${file}`, 'utf8');
    const bold = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, word = '']) => word.replaceAll(/\s+/g, ' '));
    expect(bold.filter((word) => !stressed.test(word) && termsIn(word).length === 0)).toEqual([]);
  });

  it('finds terms as they are written, and not within other words', () => {
    const found = termsIn('Two boundaries and an ARN.').map(({ term }) => term);
    expect(found).toEqual(['ARN', 'permissions boundary']);
    expect(termsIn('He learns, to no effect, in the arn of [his](claim:denied/identity).')).toEqual([]);
    expect(termsIn('session policies').map(({ term }) => term)).toEqual(['session policy']);
  });
});

it('lists the words of the present text by a key, and closes again', async () => {
  const { screen, exit } = await start(80, 24);
  screen.type('\r');
  await screen.until(/page 1 of/);
  screen.type('gg');
  await screen.until(/Words used here/);
  expect(screen.text()).toMatch(/request {2}One call to AWS/);
  screen.type('/request');
  await screen.until(
    /In the text of this step[\s\S]*One call to AWS[\s\S]*Elsewhere in the glossary[\s\S]*request forgery/,
  );
  screen.type('\u001b');
  await screen.until(/Words used here/);
  screen.type('\u001b');
  await screen.until(/list of all/);
  screen.type('\u001b');
  await screen.until(/Enter go on/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
