import { expect, it } from 'vitest';
import { FrameSink } from '../../src/tui/frame-sink.ts';
import { Screen } from './screen.ts';

function sinkOn(screen: Screen, columns: number, rows: number): FrameSink {
  const sink = new FrameSink({ columns, rows }, (data) => screen.stdout.write(data));
  sink.resume();
  return sink;
}

const frame = (...rows: string[]) => rows.join('\n');

it('shows frames as high and as wide as the terminal without scrolling', async () => {
  const screen = new Screen(10, 4);
  const sink = sinkOn(screen, 10, 4);
  for (let count = 0; count < 5; count++) {
    sink.write(frame(`${count}123456789`, 'abc', '', `last row ${count}`));
  }
  await screen.settled();
  expect(screen.rows()).toEqual(['4123456789', 'abc', '', 'last row 4']);
  expect(screen.scrolledOff()).toBe(0);
});

it('sends only the rows that changed', async () => {
  const screen = new Screen(120, 40);
  const sink = sinkOn(screen, 120, 40);
  const rows = Array.from({ length: 40 }, (_, row) => `row ${row} `.padEnd(110, 'x'));
  sink.write(frame(...rows));
  const before = screen.written.length;
  sink.write(frame(...rows.with(20, 'changed')));
  expect(screen.written.length - before).toBeLessThan(120);
  sink.write(frame(...rows.with(20, 'changed')));
  await screen.settled();
  expect(screen.rows()[20]).toBe('changed');
  const length = screen.written.length;
  sink.write(frame(...rows.with(20, 'changed')));
  expect(screen.written.length).toBe(length);
});

it('clears what a shorter frame leaves, and all after a resize', async () => {
  const screen = new Screen(20, 4);
  const sink = sinkOn(screen, 20, 4);
  sink.write(frame('one', 'two', 'three'));
  sink.write(frame('one'));
  await screen.settled();
  expect(screen.text().trim()).toBe('one');
  screen.resize(12, 3);
  sink.resize(12, 3);
  sink.write(frame('uno', 'due', 'tre'));
  await screen.settled();
  expect(screen.rows()).toEqual(['uno', 'due', 'tre']);
});

it('puts the cursor where it belongs', async () => {
  const screen = new Screen(20, 4);
  const sink = sinkOn(screen, 20, 4);
  sink.placeCursor({ row: 2, column: 5 });
  sink.write(frame('a', 'b', 'c'));
  await screen.settled();
  expect(screen.cursor()).toEqual({ row: 2, column: 5 });
});

it('keeps quiet while the terminal belongs to somebody else, and draws all when it is back', async () => {
  const screen = new Screen(20, 4);
  const sink = sinkOn(screen, 20, 4);
  sink.write(frame('before'));
  sink.pause();
  const length = screen.written.length;
  sink.write(frame('after'));
  expect(screen.written.length).toBe(length);
  sink.resume();
  await screen.settled();
  expect(screen.rows()[0]).toBe('after');
});
