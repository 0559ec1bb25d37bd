import { Box, Text } from 'ink';
import { type AppState, foundCards, type HomeSearch } from './app-state.ts';
import { Footer } from './footer.tsx';
import type { Action } from './keys.ts';
import type { LessonCard, LessonProgress } from './ports.ts';
import { position, Rows } from './rows.tsx';
import { fitTo, type Line, lineWidth, span, truncate, widthOf, wrap } from './styled-text.ts';
import type { Theme } from './theme.ts';

const columnWidth = 84;
const nothingHidden: ReadonlySet<Action> = new Set();

/** The course: its lessons with their state, and what the selected one is about. */
export function Home({ state, theme }: { state: AppState; theme: Theme }) {
  const { columns, rows } = state.size;
  const width = Math.min(columnWidth, columns - 6);
  const margin = Math.floor((columns - width) / 2);
  const top = rows > 30 ? 3 : 1;
  const height = rows - 3 - top;
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Box height={rows - 1} flexDirection="column" paddingLeft={margin} paddingTop={top}>
        <Rows
          lines={homeLines(state, width, height)}
          width={width}
          height={height}
          margin={0}
          theme={theme}
        />
        <Text wrap="truncate">
          {theme([
            span('Screen reader, or a pipe? ', 'faint'),
            span('walkthrough --plain', 'code'),
            span(' is all of it in plain text.', 'faint'),
          ])}
        </Text>
      </Box>
      <Footer
        contexts={state.search?.isTyped ? ['search', 'everywhere'] : ['home', 'everywhere']}
        hidden={nothingHidden}
        notice={state.notice}
        width={columns}
        theme={theme}
      />
    </Box>
  );
}

/** Everything between the top of the home screen and its footer: the list scrolls where it is longer than its room. */
export function homeLines(state: AppState, width: number, height: number): Line[] {
  const { cards, selected, search } = state;
  const found = foundCards(state);
  const above = headLines(cards, width);
  const card = found.includes(selected) ? cards[selected] : undefined;
  const below = card === undefined ? [] : cardLines(card, state, width);
  const room = Math.max(3, height - above.length - below.length - 1);
  const first = firstInSight(found.indexOf(selected), found.length, room);
  const rows = found
    .slice(first, first + room)
    .flatMap((index) => (cards[index] ? [cardRow(cards[index], index, index === selected, width)] : []));
  return [
    ...above,
    listHeading(search, position(found.length, first, room), width),
    ...(rows.length > 0 ? rows : [[span(emptyWords(cards.length), 'faint')]]),
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

function headLines(cards: readonly LessonCard[], width: number): Line[] {
  const mastered = cards.filter((card) => card.progress.state === 'mastered').length;
  const count = `${mastered} of ${cards.length} lessons done`;
  const title = 'walkthrough';
  const gap = Math.max(1, width - title.length - count.length);
  const words =
    'Learn who may do what in AWS, by playing. It is a simulation: no account, no cost, nothing to break.';
  return [
    [span(title, 'accent'), span(' '.repeat(gap)), span(count, 'faint')],
    ...wrap([span(words)], width),
    [],
  ];
}

function listHeading(search: HomeSearch | null, place: string, width: number): Line {
  const left: Line =
    search === null
      ? [span('Lessons', 'heading')]
      : [
          span('Search ', 'heading'),
          span(`/${search.words}`, 'code'),
          ...(search.isTyped ? [span('▏', 'accent')] : [span('  Esc shows all again', 'faint')]),
        ];
  const gap = Math.max(1, width - lineWidth(left) - widthOf(place));
  return place === '' ? left : [...left, span(' '.repeat(gap)), span(place, 'faint')];
}

function cardLines(card: LessonCard, { next, cards }: AppState, width: number): Line[] {
  const other = cards.find(({ id }) => id === next && id !== card.id);
  const nextWords: Line =
    other === undefined
      ? []
      : [span('n', 'key'), span(' goes to what is next: '), span(other.title, 'strong')];
  return [
    [],
    [span('─'.repeat(width), 'border')],
    [span(card.title, 'heading')],
    ...wrap([span(card.summary)], width),
    [],
    ...wrap(whereTo(card), width),
    ...(nextWords.length === 0 ? [] : wrap([...nextWords, span('.')], width)),
  ];
}

function cardRow(card: LessonCard, index: number, isSelected: boolean, width: number): Line {
  const lead = `${isSelected ? '▸' : ' '} ${index + 1}  `;
  const tail: Line = [
    span(`${card.minutes} min  `.padStart(8), 'faint'),
    ...bar(card.progress),
    span(` ${stateWords(card.progress)}`.padEnd(15), card.progress.state === 'mastered' ? 'good' : 'plain'),
  ];
  const room = Math.max(8, width - widthOf(lead) - lineWidth(tail));
  return [
    span(lead, 'accent'),
    ...fitTo([span(truncate(card.title, room - 1), isSelected ? 'strong' : 'plain')], room),
    ...tail,
  ];
}

function bar(progress: LessonProgress): Line {
  const length = 10;
  const filled =
    progress.state === 'mastered'
      ? length
      : progress.state === 'begun'
        ? Math.max(1, Math.round((progress.done / Math.max(1, progress.steps)) * length))
        : 0;
  return [span('━'.repeat(filled), 'good'), span('─'.repeat(length - filled), 'faint')];
}

function stateWords(progress: LessonProgress): string {
  switch (progress.state) {
    case 'new':
      return 'new';
    case 'begun':
      return `begun, ${progress.done}/${progress.steps}`;
    case 'mastered':
      return progress.score === null ? '✓ mastered' : `✓ quiz ${progress.score}`;
  }
}

function whereTo({ progress }: LessonCard): Line {
  switch (progress.state) {
    case 'new':
      return [span('Enter', 'key'), span(' begins it. Your place is kept whenever you leave.')];
    case 'begun':
      return [
        span('Enter', 'key'),
        span(' continues where you were: '),
        span(progress.where, 'strong'),
        span(/[.?!]$/.test(progress.where) ? '' : '.'),
      ];
    case 'mastered':
      return [
        span('You have mastered this lesson. '),
        span('r', 'key'),
        span(' plays it once more from its first page.'),
      ];
  }
}
