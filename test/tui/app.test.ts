import { describe, expect, it } from 'vitest';
import { lookedUp } from '../look-up.ts';
import { lessonIds, scenarioOf } from './course.ts';
import { type Running, start } from './running.ts';
import type { Screen } from './screen.ts';

/** Every row of the panes begins and ends with a border, at the terminal's own edges. */
function expectWhole(screen: Screen, columns: number): void {
  const rows = screen.rows();
  const panes = rows.slice(1, -1);
  for (const row of panes) {
    expect(row.length, screen.text()).toBe(columns);
    expect('╭├│╰', screen.text()).toContain(row.at(0));
    expect('╮┤│╯', screen.text()).toContain(row.at(-1));
  }
  expect(rows.at(-1), screen.text()).toMatch(/(Enter|↑↓|Ctrl\+S) \S/);
  expect(screen.scrolledOff()).toBe(0);
}

const sizes = [
  [60, 20],
  [80, 24],
  [100, 30],
  [120, 40],
] as const;

describe('home', () => {
  it.each(sizes)('lists the lessons at %i×%i and names the plain dialogue', async (columns, rows) => {
    const { screen, exit } = await start(columns, rows);
    const text = await screen.until(/Three instances, one bucket/);
    expect(text).toContain('walkthrough --plain');
    expect(screen.rows().at(-1)).toMatch(/Enter .*\? help.*q quit/);
    if (columns >= 80) expect(screen.rows().at(-1)).toMatch(/n next lesson.*s sandbox/);
    screen.type('q');
    expect(await exit).toBe(0);
  });

  it('shows where a lesson was left, and goes on there with one key', async () => {
    const { screen, exit } = await start(80, 24);
    screen.type('\r');
    await screen.until(/page 1 of/);
    screen.type('\r');
    await screen.until(/page 2 of/);
    screen.type('\u001b');
    await screen.until(/continues where you were/);
    screen.type('\r');
    await screen.until(/page 2 of/);
    screen.type('\u0003\u0003');
    expect(await exit).toBe(0);
  });

  it('asks before it starts a lesson over', async () => {
    const { screen, exit } = await start(80, 24);
    screen.type('\r');
    await screen.until(/page 1 of/);
    screen.type('\r');
    await screen.until(/page 2 of/);
    screen.type('\u001b');
    await screen.until(/continues where/);
    screen.type('r');
    await screen.until(/again starts “Three instances, one bucket” over/);
    screen.type('r');
    await screen.until(/page 1 of/);
    screen.signal('SIGTERM');
    expect(await exit).toBe(143);
  });
});

/** Plays a lesson by what the screen asks for, with the scenario's own solutions; looks at every screen. */
async function playThrough(
  running: Running,
  lesson: string,
  look: () => void | Promise<void>,
): Promise<void> {
  const { screen, saveNext } = running;
  const scenario = scenarioOf(lesson);
  for (let moves = 0; moves < 400; moves++) {
    await look();
    const text = screen.text();
    const footer = screen.rows().at(-1) ?? '';
    const place = /(Scenario|Quiz) · \w+ (\d+) of/.exec(text);
    const number = Number(place?.[2] ?? 1) - 1;
    const step = place?.[1] === 'Scenario' ? scenario.steps[number] : undefined;
    if (/back to the lessons/.test(footer)) return;
    if (/Enter answer/.test(footer)) {
      const question =
        place?.[1] === 'Quiz' ? scenario.quiz[number] : step?.kind === 'question' ? step : null;
      const right = question?.options.findIndex((option) => option.right) ?? 0;
      screen.type(String(Math.max(0, right) + 1));
    } else if (/Enter run /.test(footer) && step?.kind === 'task') {
      for (const part of step.solution) {
        if (part.kind === 'file') {
          saveNext(part.content);
          screen.type(`edit ${part.name}\r`);
          await screen.until(/▸ Editing/);
          await look();
          screen.type('\u0005');
          await screen.until((now) => !now.includes('▸ Editing'));
        } else {
          screen.type(`as ${part.as}\r`);
          const run = await lookedUp(part.run.trim(), async (line) => {
            screen.type(`${line}\r`);
            await screen.settled();
            return screen.text();
          });
          screen.type(`\u001b[200~${run}\u001b[201~\r`);
        }
        await screen.settled();
        await look();
      }
      await screen.until(/Enter go on/);
      continue;
    } else {
      screen.type('\r');
    }
    await screen.until((now) => now !== text);
  }
  throw new Error(`The lesson never ended:\n${screen.text()}`);
}

/** Every lesson at the narrowest size and with all panes together; the first at every size. */
const played = lessonIds.flatMap((lesson, index) =>
  (index === 0 ? sizes : ([sizes[0], sizes[2]] as const)).map(
    ([columns, rows]) => [lesson, columns, rows] as const,
  ),
);

describe('a lesson', () => {
  it.each(played)(
    '%s is played to its end at %i×%i with every border whole',
    async (lesson, columns, rows) => {
      const running = await start(columns, rows, { start: { kind: 'lesson', lesson } });
      const { screen, exit } = running;
      await screen.until(/page 1 of/);
      await playThrough(running, lesson, () => expectWhole(screen, columns));
      expect(screen.text()).toContain('You have finished');
      screen.type('\r');
      await screen.until(/Lessons/);
      screen.type('q');
      expect(await exit).toBe(0);
      expect(running.course.kept.at(-1)?.view.part).toBe('closing');
    },
    60_000,
  );
});

/** Goes on until the first task of the first lesson. */
async function atFirstTask(columns: number, rows: number): Promise<Running> {
  const running = await start(columns, rows, { start: { kind: 'lesson', lesson: lessonIds[0] ?? '' } });
  const { screen } = running;
  await screen.until(/page 1 of/);
  for (let moves = 0; moves < 60 && !/Ctrl\+T hint/.test(screen.rows().at(-1) ?? ''); moves++) {
    const text = screen.text();
    screen.type(/Enter answer/.test(text) ? '2' : '\r');
    await screen.until((now) => now !== text);
  }
  return running;
}

describe('the prompt', () => {
  it('completes, recalls, takes a paste of several rows, and keeps the cursor in its place', async () => {
    const { screen, exit } = await atFirstTask(80, 24);
    screen.type('aws iam put-role-pol\t');
    await screen.until(/admin\$ aws iam put-role-policy /);
    screen.type('\u0003');
    await screen.until(/admin\$ +│/);
    expect(screen.isAlternate()).toBe(true);
    screen.type('whoami\r');
    await screen.until(/user\/admin/);
    screen.type('\u001b[A');
    await screen.until(() => {
      const { row, column } = screen.cursor();
      return /admin\$ whoami$/.test(screen.rows()[row]?.slice(0, column) ?? '');
    });
    screen.type('\u0015');
    screen.type(
      '\u001b[200~aws iam put-role-policy --role-name web-role --policy-name p --policy-document \'{\n "Version": "2012-10-17",\n "Statement": []\n}\'\u001b[201~',
    );
    await screen.until(/> {2}"Statement": \[\]/);
    screen.type('\u0003\u0003\u0003');
    expect(await exit).toBe(0);
  });

  it('opens the decision of the last request, layer by layer, and closes it', async () => {
    const { screen, exit } = await atFirstTask(120, 40);
    screen.type('as web-1\raws s3 ls s3://acme-media\r');
    await screen.until(/denied by identity policy/);
    screen.type('\u0019');
    const text = await screen.until(/▸ Decision/);
    expect(text).toMatch(/· identity policy +silent ◀ decides/);
    expect(text).toContain('not there:');
    expectWhole(screen, 120);
    screen.type('\u001b');
    await screen.until(/▸ Prompt/);
    screen.type('why\r');
    await screen.until(/▸ Decision/);
    screen.type('\u000f');
    await screen.until(/\[Decision\]/);
    expectWhole(screen, 120);
    screen.signal('SIGHUP');
    expect(await exit).toBe(129);
  });

  it('reaches every pane, the zoom and the help by keys, and comes back', async () => {
    const { screen, exit } = await atFirstTask(80, 24);
    screen.type('\u001b[Z');
    await screen.until(/\[Lesson/);
    screen.type('\u001b[Z');
    await screen.until(/\[Account/);
    expectWhole(screen, 80);
    screen.type('\u001b');
    await screen.until(/▸ Prompt/);
    screen.type('\u000f');
    await screen.until(/\[Prompt\]/);
    expectWhole(screen, 80);
    screen.type('\u000f');
    await screen.until(/▸ Prompt/);
    screen.type('?');
    await screen.until(/╭─ Help/);
    screen.type('\u001b');
    await screen.until(/▸ Prompt/);
    screen.type('hint\r');
    await screen.until(/Hint/);
    screen.signal('SIGTERM');
    expect(await exit).toBe(143);
  });
});

describe('the terminal', () => {
  it('follows a resize, and waits while there is too little room', async () => {
    const { screen, exit } = await atFirstTask(120, 40);
    screen.resize(80, 24);
    await screen.until(/\[Lesson/);
    expectWhole(screen, 80);
    screen.resize(59, 19);
    await screen.until(/needs 60 columns and 20 rows/);
    screen.resize(100, 30);
    await screen.until(/┬─ Account/);
    expectWhole(screen, 100);
    screen.signal('SIGTERM');
    await exit;
  });

  it('is as it was after the program, whichever way it ends', async () => {
    for (const [end, code] of [
      [(screen: Screen) => screen.type('q'), 0],
      [(screen: Screen) => screen.signal('SIGTERM'), 143],
      [(screen: Screen) => screen.signal('SIGHUP'), 129],
      [(screen: Screen) => screen.stdin.emit('end'), 129],
    ] as const) {
      const { screen, exit } = await start(80, 24);
      await screen.until(/Lessons/);
      expect(screen.isAlternate()).toBe(true);
      end(screen);
      expect(await exit).toBe(code);
      await screen.settled();
      expect(screen.isAlternate()).toBe(false);
      expect(screen.rawModes.at(-1)).toBe(false);
      expect(screen.written).toMatch(/\u001b\[\?2004l.*\u001b\[\?25h\u001b\[\?1049l$/);
      expect(screen.listening()).toBe(0);
    }
  });

  it('is given back before a crash is printed', async () => {
    const { screen } = await start(80, 24);
    await screen.until(/Lessons/);
    screen.signal('uncaughtExceptionMonitor');
    await screen.settled();
    expect(screen.isAlternate()).toBe(false);
    expect(screen.rawModes.at(-1)).toBe(false);
  });

  it('goes to the shell on Ctrl+Z and is drawn again on fg', async () => {
    const { screen, exit } = await start(80, 24);
    await screen.until(/Lessons/);
    screen.type('\u001a');
    await screen.until((text) => text.trim() === '');
    expect(screen.stops).toHaveLength(1);
    expect(screen.isAlternate()).toBe(false);
    screen.signal('SIGCONT');
    await screen.until(/Lessons/);
    expect(screen.isAlternate()).toBe(true);
    screen.type('q');
    expect(await exit).toBe(0);
  });

  it('comes back by itself where nobody stops it', async () => {
    const { screen, exit } = await start(80, 24);
    await screen.until(/Lessons/);
    screen.type('\u001a');
    await screen.until((text) => text.trim() === '');
    await screen.until(/Lessons/);
    expect(screen.isAlternate()).toBe(true);
    screen.type('q');
    expect(await exit).toBe(0);
  });

  it('shows a notice until the next key, and what a lesson that cannot be opened says', async () => {
    const { screen, exit } = await start(80, 24, { notice: 'Your old progress is in /tmp/aside.' });
    await screen.until(/! Your old progress is in \/tmp\/aside\./);
    screen.type('j');
    await screen.until((text) => !text.includes('old progress'));
    screen.type('q');
    await exit;
    const other = await start(80, 24, { start: { kind: 'lesson', lesson: 'nowhere' } });
    await other.screen.until(/There is no lesson called nowhere/);
    other.screen.type('q');
    await other.exit;
  });
});
