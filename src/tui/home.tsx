import { Box, Text } from 'ink';
import type { AppState } from './app-state.ts';
import { Footer, footerRows } from './footer.tsx';
import { cardTitle, listRows } from './home-list.ts';
import { foundCards } from './home-search.ts';
import type { Action } from './keys.ts';
import { dueText, type LessonCard } from './ports.ts';
import { position, Rows } from './rows.tsx';
import { type Search, searchLine } from './search.ts';
import { fitTo, type Line, lineWidth, span, widthOf, wrap } from './styled-text.ts';
import type { Theme } from './theme.ts';

const columnWidth = 84;
/** Rows of the list that are in sight on the smallest screen. */
const LEAST_ROWS = 3;
const nothingHidden: ReadonlySet<Action> = new Set();
const reviewHidden: ReadonlySet<Action> = new Set(['review']);

/** The course: its lessons with their state, and what the selected one is about. */
export function Home({ state, theme }: { state: AppState; theme: Theme }) {
  const { columns, rows } = state.size;
  const width = Math.min(columnWidth, columns - 6);
  const margin = Math.floor((columns - width) / 2);
  const top = rows > 30 ? 3 : 1;
  const footer = footerRows(state.notice, columns);
  const height = rows - 2 - footer - top;
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Box height={rows - footer} flexDirection="column" paddingLeft={margin} paddingTop={top}>
        <Rows
          lines={homeLines(state, width, height)}
          width={width}
          height={height}
          margin={0}
          theme={theme}
        />
        <Text wrap="truncate">{theme(plainWords(width))}</Text>
      </Box>
      <Footer
        contexts={state.search?.isTyped ? ['search', 'everywhere'] : ['home', 'everywhere']}
        hidden={state.due.count > 0 ? nothingHidden : reviewHidden}
        options={0}
        notice={state.notice}
        width={columns}
        theme={theme}
      />
    </Box>
  );
}

/** That there is a plain dialogue, as fully as there is room. */
function plainWords(width: number): Line {
  const words = [span('Screen reader, or a pipe? ', 'faint'), span('walkthrough --plain', 'code')];
  const whole = [...words, span(' is all of it in plain text.', 'faint')];
  return lineWidth(whole) <= width ? whole : words;
}

/** Everything between the top of the home screen and its footer: the list scrolls where it is longer than its room. */
export function homeLines(state: AppState, width: number, height: number): Line[] {
  const { cards, selected, search } = state;
  const found = foundCards(state);
  const above = headLines(state, width);
  const card = found.includes(selected) ? cards[selected] : undefined;
  const most = height - above.length - 1 - LEAST_ROWS;
  const below = card === undefined ? [] : cardLines(card, state, width, most);
  const room = Math.max(LEAST_ROWS, height - above.length - below.length - 1);
  const rows = listRows(cards, found, selected, width);
  const chosen = rows.findIndex((row) => row.card === selected);
  const first = firstInSight(chosen, rows.length, room);
  return [
    ...above,
    listHeading(search, position(rows.length, first, room), width),
    ...(rows.length > 0
      ? rows.slice(first, first + room).map(({ line }) => line)
      : [[span(emptyWords(cards.length), 'faint')]]),
    ...below,
  ];
}

function emptyWords(count: number): string {
  return count === 0 ? 'There are no lessons here.' : 'No lesson has these words.';
}

/** The first row of a list in sight, so that the chosen one is in the middle as far as the ends allow. */
function firstInSight(chosen: number, count: number, room: number): number {
  return Math.max(0, Math.min(chosen - Math.floor(room / 2), count - room));
}

function headLines({ cards, due }: AppState, width: number): Line[] {
  // The program's own lessons: a challenge belongs to one, and other courses are counted by nobody.
  const lessons = cards.filter(
    ({ course, challengeOf }) => course === undefined && challengeOf === undefined,
  );
  const finished = lessons.filter(({ isFinished }) => isFinished).length;
  const count = `${finished} of ${lessons.length} lessons done`;
  const title = 'walkthrough';
  const gap = Math.max(1, width - title.length - count.length);
  const words =
    'Learn who may do what in AWS, by playing. It is a simulation: no account, no cost, nothing to break.';
  return [
    [span(title, 'accent'), span(' '.repeat(gap)), span(count, 'faint')],
    ...wrap([span(words)], width),
    ...(due.count === 0
      ? []
      : wrap([span(dueText(due), 'warn'), span(' '), span('v', 'key'), span(' asks them.')], width)),
    [],
  ];
}

function listHeading(search: Search | null, place: string, width: number): Line {
  const left: Line = search === null ? [span('Lessons', 'heading')] : searchLine(search);
  const gap = Math.max(1, width - lineWidth(left) - widthOf(place));
  return place === '' ? left : [...left, span(' '.repeat(gap)), span(place, 'faint')];
}

/** What a lesson is about and which keys open it. Where there is little room the keys stay, and less is said. */
function cardLines(card: LessonCard, { next, cards }: AppState, width: number, most: number): Line[] {
  const other = cards.find(({ id }) => id === next && id !== card.id);
  const nextWords: Line =
    other === undefined
      ? []
      : [span('n', 'key'), span(' goes to what is next: '), span(cardTitle(other), 'strong')];
  const head: Line[] = [[span('─'.repeat(width), 'border')], [span(cardTitle(card), 'heading')]];
  const summary = wrap([span(card.summary)], width);
  const keys = [
    ...wrap([...whereTo(card), ...dueWords(card)], width),
    ...(nextWords.length === 0 ? [] : wrap([...nextWords, span('.')], width)),
  ];
  const whole = [[], ...head, ...summary, [], ...keys];
  if (whole.length <= most) return whole;
  const shown = summary.slice(0, Math.max(1, most - head.length - keys.length));
  const isCut = (index: number) => index === shown.length - 1 && shown.length < summary.length;
  return [
    ...head,
    ...shown.map((row, index) => (isCut(index) ? fitTo([...row, span(' …')], width) : row)),
    ...keys,
  ];
}

function dueWords({ due }: LessonCard): Line {
  if (due === 0) return [];
  const words = due === 1 ? '1 of its questions is due.' : `${due} of its questions are due.`;
  return [span(` ${words}`, 'warn')];
}

function whereTo({ progress, challengeOf, isFinished }: LessonCard): Line {
  switch (progress.state) {
    case 'new':
      return [span('Enter', 'key'), span(' begins it. Your place is kept whenever you leave.')];
    case 'begun':
      return [
        span('Enter', 'key'),
        span(' continues where you were: '),
        span(progress.where, 'strong'),
        span(/[.?!]$/.test(progress.where) ? '' : '.'),
        span(isFinished ? ' You have finished it before.' : ''),
      ];
    case 'mastered':
      return [
        span(`You have ${isWellDone(progress.score) ? 'mastered' : 'finished'} `),
        span(`this ${challengeOf === undefined ? 'lesson' : 'challenge'}. `),
        span('r', 'key'),
        span(' plays it once more from its first page; that you finished it stays.'),
      ];
  }
}

/** True from four fifths of a quiz, and where there was none. */
function isWellDone(score: string | null): boolean {
  const [right = 0, of = 0] = (score ?? '').split(' of ').map(Number);
  return right >= 0.8 * of;
}
