import { Box } from 'ink';
import type { AppState, Overlay } from './app-state.ts';
import { Footer, footerRows } from './footer.tsx';
import { glossary, type Term, termsIn } from './glossary.ts';
import { helpKeys } from './key-help.ts';
import type { Action, Context } from './keys.ts';
import type { Size } from './layout.ts';
import { Edge, position, Rows, Rule } from './rows.tsx';
import { fitTo, type Line, type Span, span, wrap } from './styled-text.ts';
import type { Theme } from './theme.ts';

// Columns of a key's names.
const nameWidth = 20;
const nothingHidden: ReadonlySet<Action> = new Set();

const headings: Readonly<Record<Context, string>> = {
  everywhere: 'Everywhere',
  home: 'Choosing a lesson',
  search: 'Searching',
  help: 'In this help',
  player: 'In a lesson',
  read: 'Reading',
  reread: 'Reading again',
  run: 'A worked example',
  choose: 'A question',
  task: 'At the prompt',
  'task-empty': 'While the line is empty',
  asking: 'While a command asks',
  end: 'At the end',
  'text-pane': 'In this pane',
  editor: 'Editing a file',
  timeline: 'In the timeline',
  keeping: 'Going on from an earlier moment',
  naming: 'The name of a file',
  decision: 'In the decision view',
};

const words: readonly (readonly [string, string])[] = [
  ['hint', 'a hint for this task'],
  ['why', 'how the last request was decided; why 3: request 3'],
  ['as web-1', 'sit at another keyboard'],
  ['undo, reset', 'take back one line, or all lines of this step'],
  ['back', 'read the page before this one again'],
  ['timeline', 'step back and forward through what you did'],
  ['save try.json', 'write what you did to a file of your own'],
  ['wait 6h', 'move the simulated clock'],
  ['edit role.json', 'edit a file, checked while you type'],
  ['edit bucket/logs', 'edit a policy in place; help edit: which'],
  ['help', 'the commands there are'],
];

/** Every key that means something here, and the words of the prompt. */
export function Help(props: {
  state: AppState;
  contexts: readonly Context[];
  help: Extract<Overlay, { kind: 'help' }>;
  theme: Theme;
}) {
  const { state, contexts, theme } = props;
  const { topic, scroll } = props.help;
  const { columns, rows } = state.size;
  const height = helpRows(state.size) + 1 - footerRows(state.notice, columns);
  const lines = helpText(state, contexts, topic);
  const name = topic === 'keys' ? 'Help: keys, then the glossary' : 'Words used here';
  const first = Math.min(scroll, Math.max(0, lines.length - height));
  const note = position(lines.length, first, height);
  const part = { width: columns - 1, role: 'border' as const };
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Rule parts={[{ ...part, start: '╭', title: [span(name, 'accent')], note }]} end="╮" theme={theme} />
      <Box height={height}>
        <Edge height={height} look="border" theme={theme} />
        <Rows lines={lines} first={first} width={columns - 4} height={height} theme={theme} />
        <Edge height={height} look="border" theme={theme} />
      </Box>
      <Rule parts={[{ ...part, start: '╰', title: [], note: '' }]} end="╯" theme={theme} />
      <Footer
        contexts={['help']}
        hidden={nothingHidden}
        options={0}
        notice={state.notice}
        width={columns}
        theme={theme}
      />
    </Box>
  );
}

/** All of a help's text, of which as many rows are in sight as `helpRows` says. */
export function helpText(
  state: AppState,
  contexts: readonly Context[],
  topic: Extract<Overlay, { kind: 'help' }>['topic'],
): Line[] {
  const width = state.size.columns - 4;
  return topic === 'keys'
    ? [...helpLines(contexts, width), ...termLines('Glossary', glossary, width)]
    : termsHere(state, width);
}

/** Rows of a help that are in sight on a terminal of this size. */
export function helpRows({ rows }: Size): number {
  return rows - 3;
}

/** The terms in what is shown, or all of them where there are none. */
function termsHere({ screen }: AppState, width: number): Line[] {
  if (screen.kind !== 'player') return termLines('Glossary', glossary, width);
  const { step, passages, goals, ask } = screen.player.play.view;
  const asked = ask.kind === 'choose' ? [ask.question, ...ask.options] : [];
  const texts = [
    step.title,
    ...passages.map((each) => each.markdown),
    ...goals.map((goal) => goal.text),
    ...asked,
  ];
  const found = termsIn(texts.join('\n'));
  return found.length === 0
    ? [
        [span('None of the words of this step are in the glossary. Here is all of it.', 'faint')],
        [],
        ...termLines('Glossary', glossary, width),
      ]
    : termLines('In the text of this step', found, width);
}

function termLines(heading: string, terms: readonly Term[], width: number): Line[] {
  const room = Math.min(width, 90);
  return [
    [span(heading, 'heading')],
    ...terms.flatMap(({ term, meaning }) =>
      wrap([span('  '), span(term, 'strong'), span('  '), span(meaning)], room, [span('      ')]),
    ),
  ];
}

/** The keys of these contexts, and the words of the prompt where it is one of them. */
export function helpLines(contexts: readonly Context[], width: number): Line[] {
  const blocks = contexts.map((context): Line[] => [
    [span(headings[context], 'heading')],
    ...helpKeys(context).flatMap(({ keys, label }) => twoColumns(span(keys, 'key'), label, width)),
    [],
  ]);
  const atPrompt: Line[] = contexts.includes('task')
    ? [
        [span('Words of the prompt, beside aws …', 'heading')],
        ...words.flatMap(([word, label]) => twoColumns(span(word, 'code'), label, width)),
      ]
    : [];
  return [...atPrompt, ...(atPrompt.length > 0 ? [[]] : []), ...blocks.flat()];
}

/** What is explained on the left, the words for it on the right; what is too long goes on below itself. */
function twoColumns(left: Span, right: string, width: number): Line[] {
  const names = wrap([left], nameWidth);
  const words = wrap([span(right)], width - nameWidth - 4);
  return Array.from({ length: Math.max(names.length, words.length) }, (_, row) => [
    span('  '),
    ...fitTo(names[row] ?? [], nameWidth + 2),
    ...(words[row] ?? []),
  ]);
}
