import { describe, expect, it } from 'vitest';
import { lessonOf, lessonText, letBobRead, scenarioOf, scenarioText } from '../course/two-readers.ts';
import { MemoryCourse } from './course.ts';
import { start } from './running.ts';

const keys = {
  enter: '\r',
  escape: '\u001b',
  why: '\u0019',
  changed: '\u0018',
  timeline: '\u0012',
  words: '\u0007',
};

/** The way through a small lesson: keys, what is to be on the screen then, and the name of the picture taken. */
const way: readonly (readonly [string, RegExp, string?])[] = [
  ['', /Two readers|Lessons/, 'home'],
  [keys.enter, /page 1 of/, 'reading'],
  [keys.enter, /page 2 of/],
  [keys.enter, /step 1 of/],
  [keys.enter, /Enter runs this line|Enter goes on/, 'example'],
  [keys.enter, /step 1 of/],
  [keys.enter, /step 2 of/],
  [keys.enter, /What will come of this request/],
  ['3', /How sure are you/],
  ['2', /What happened/],
  [keys.enter, /step 3 of/, 'prediction'],
  ['2', /What denies it/],
  ['1', /How sure are you/],
  ['3', /You said: denied/, 'revealed'],
  [keys.words, /g list of all/],
  [keys.enter, /↳ /, 'word'],
  [keys.escape, /g list of all(?![\s\S]*↳ )/],
  [keys.escape, /Enter go on/],
  [keys.why, /Decision/, 'decision'],
  [keys.escape, /Enter go on/],
  [keys.enter, /step 4 of/, 'task'],
  ['?', /Help: keys/, 'help'],
  [keys.escape, /step 4 of/],
  [keys.words, /Words used here/, 'words'],
  [keys.escape, /step 4 of/],
  ['edit mine.json\r', /▸ Editing/],
  ['{"Version": "2012-10-17", "Statement": {"Effect": "Alow"}}', /✗ 1:\d+ .*Alow/, 'editor'],
  [keys.escape, /Not saved yet/],
  [keys.escape, /▸ Prompt/],
  [`${letBobRead('public/*')}\r`, /every goal holds/, 'done'],
  [keys.changed, /\+ Opened \d+ request/, 'changed'],
  [keys.timeline, /The account now/, 'timeline'],
  [keys.escape, /Enter go on/],
  [keys.enter, /step 5 of/],
  ['1', /How sure are you/],
  ['3', /You said: allowed/],
  [keys.enter, /step 6 of/],
  ['1', /Enter go on/],
  [keys.enter, /question 1 of/, 'quiz'],
  ['2', /Enter go on/],
  [keys.enter, /question 2 of/],
  ['1', /Enter go on/],
  [keys.enter, /question 3 of/],
  ['2', /Enter go on/],
  [keys.enter, /question 4 of/],
  ['1', /Enter go on/],
  [keys.enter, /You have finished/, 'closing'],
];

describe.each([
  [80, 24],
  [100, 30],
  [120, 40],
] as const)('at %i×%i', (columns, rows) => {
  it('every screen is as it was looked at', async () => {
    const content = { lessons: [lessonOf(lessonText)], scenarios: [scenarioOf(scenarioText)] };
    const { screen, exit } = await start(columns, rows, { course: new MemoryCourse(content) });
    for (const [typed, wanted, name] of way) {
      if (typed !== '') screen.type(typed);
      // What changed is found out after the frame.
      const text = await screen.until((shown) => wanted.test(shown) && !shown.includes('Changed …'));
      if (name === undefined) continue;
      await expect(`${text}\n`).toMatchFileSnapshot(`screens/${name}-${columns}x${rows}.txt`);
    }
    expect(screen.scrolledOff()).toBe(0);
    screen.signal('SIGTERM');
    expect(await exit).toBe(143);
  });
});
