import { Box, Text } from 'ink';
import type { AppState } from './app-state.ts';
import { Footer } from './footer.tsx';
import type { Action } from './keys.ts';
import type { LessonCard, LessonProgress } from './ports.ts';
import { Rows } from './rows.tsx';
import { fitTo, type Line, lineWidth, span, truncate, widthOf, wrap } from './styled-text.ts';
import type { Theme } from './theme.ts';

const columnWidth = 84;
const nothingHidden: ReadonlySet<Action> = new Set();

/** The course: its lessons with their state, and what the selected one is about. */
export function Home({ state, theme }: { state: AppState; theme: Theme }) {
  const { columns, rows } = state.size;
  const width = Math.min(columnWidth, columns - 6);
  const margin = Math.floor((columns - width) / 2);
  const lines = homeLines(state.cards, state.selected, width);
  const top = rows > 30 ? 3 : 1;
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Box height={rows - 1} flexDirection="column" paddingLeft={margin} paddingTop={top}>
        <Rows lines={lines} width={width} height={rows - 3 - top} margin={0} theme={theme} />
        <Text wrap="truncate">
          {theme([
            span('Screen reader, or a pipe? ', 'faint'),
            span('walkthrough --plain', 'code'),
            span(' is all of it in plain text.', 'faint'),
          ])}
        </Text>
      </Box>
      <Footer
        contexts={['home', 'everywhere']}
        hidden={nothingHidden}
        notice={state.notice}
        width={columns}
        theme={theme}
      />
    </Box>
  );
}

/** Everything between the top of the home screen and its footer. */
export function homeLines(cards: readonly LessonCard[], selected: number, width: number): Line[] {
  const mastered = cards.filter((card) => card.progress.state === 'mastered').length;
  const count = `${mastered} of ${cards.length} lessons done`;
  const title = 'walkthrough';
  const gap = Math.max(1, width - title.length - count.length);
  const lines: Line[] = [
    [span(title, 'accent'), span(' '.repeat(gap)), span(count, 'faint')],
    ...wrap(
      [
        span(
          'Learn who may do what in AWS, by playing. It is a simulation: no account, no cost, nothing to break.',
        ),
      ],
      width,
    ),
    [],
    [span('Lessons', 'heading')],
  ];
  lines.push(...cards.map((card, index) => cardRow(card, index, index === selected, width)));
  const card = cards[selected];
  if (card === undefined) return [...lines, [span('There are no lessons here.', 'faint')]];
  return [
    ...lines,
    [],
    [span('─'.repeat(width), 'border')],
    [span(card.title, 'heading')],
    ...wrap([span(card.summary)], width),
    [],
    ...wrap(whereTo(card), width),
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
      return `${progress.done} of ${progress.steps}`;
    case 'mastered':
      return progress.score === null ? '✓ done' : `✓ quiz ${progress.score}`;
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
        span('.'),
      ];
    case 'mastered':
      return [span('You finished this lesson. ')];
  }
}
