import type { AppState, HelpOverlay } from './app-state.ts';
import { glossary, type Term } from './glossary.ts';
import { helpKeys } from './key-help.ts';
import type { Context } from './keys.ts';
import type { Size } from './layout.ts';
import { foundTerms, termsOfStep } from './look-up.ts';
import { hasAll, type Search, wordsOf } from './search.ts';
import { fitTo, type Line, type Span, span, wrap } from './styled-text.ts';

// Columns of a key's names.
const nameWidth = 20;

const headings: Readonly<Record<Context, string>> = {
  everywhere: 'Everywhere',
  home: 'Choosing a lesson',
  search: 'Searching',
  help: 'In this help',
  'help-search': 'Searching this help',
  words: 'Reading a word',
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

/** All of a help's text, or what is found in it, of which as many rows are in sight as `helpRows` says. */
export function helpText(
  state: AppState,
  contexts: readonly Context[],
  { topic, search }: Pick<HelpOverlay, 'topic' | 'search'>,
): Line[] {
  const width = state.size.columns - 4;
  const lines =
    topic === 'keys'
      ? [
          ...helpLines(contexts, width, search),
          ...termLines('Glossary', foundTerms(glossary(), search), width),
        ]
      : termsHere(state, search, width);
  return lines.length === 0 ? [[span('Nothing here has these words.', 'faint')]] : lines;
}

/** Rows of a help that are in sight on a terminal of this size. */
export function helpRows({ rows }: Size): number {
  return rows - 3;
}

/** The terms in what is shown, or all of them where there are none. A search also finds those that are elsewhere. */
function termsHere({ screen }: AppState, search: Search | null, width: number): Line[] {
  const all = foundTerms(glossary(), search);
  if (screen.kind !== 'player') return termLines('Glossary', all, width);
  const terms = termsOfStep(screen.player.play.view);
  const here = termLines('In the text of this step', foundTerms(terms, search), width);
  if (wordsOf(search).some((word) => word !== '')) {
    const others = all.filter((term) => !terms.includes(term));
    const elsewhere = termLines('Elsewhere in the glossary', others, width);
    return here.length > 0 && elsewhere.length > 0 ? [...here, [], ...elsewhere] : [...here, ...elsewhere];
  }
  return terms.length > 0
    ? here
    : [
        [span('None of the words of this step are in the glossary. Here is all of it.', 'faint')],
        [],
        ...termLines('Glossary', all, width),
      ];
}

function termLines(heading: string, terms: readonly Term[], width: number): Line[] {
  if (terms.length === 0) return [];
  const room = Math.min(width, 90);
  return [
    [span(heading, 'heading')],
    ...terms.flatMap(({ term, meaning }) =>
      wrap([span('  '), span(term, 'strong'), span('  '), span(meaning)], room, [span('      ')]),
    ),
  ];
}

/** What is explained, and the words for it. */
type HelpRow = readonly [Span, string];

/** The keys of these contexts, and the words of the prompt where it is one of them; of a search what it finds. */
export function helpLines(contexts: readonly Context[], width: number, search: Search | null = null): Line[] {
  const wanted = wordsOf(search);
  const atPrompt = contexts.includes('task') ? words : [];
  const blocks: { readonly heading: string; readonly rows: readonly HelpRow[] }[] = [
    {
      heading: 'Words of the prompt, beside aws …',
      rows: atPrompt.map(([word, label]): HelpRow => [span(word, 'code'), label]),
    },
    ...contexts.map((context) => ({
      heading: headings[context],
      rows: helpKeys(context).map(({ keys, label }): HelpRow => [span(keys, 'key'), label]),
    })),
  ];
  return blocks.flatMap(({ heading, rows }): Line[] => {
    const shown = rows.filter(([left, label]) => hasAll(`${left.text} ${label}`.toLowerCase(), wanted));
    if (shown.length === 0) return [];
    const lines = shown.flatMap(([left, label]) => twoColumns(left, label, width));
    return [[span(heading, 'heading')], ...lines, []];
  });
}

/** What is explained on the left, the words for it on the right; what is too long goes on below itself. */
function twoColumns(left: Span, right: string, width: number): Line[] {
  const names = wrap([left], nameWidth);
  const rows = wrap([span(right)], width - nameWidth - 4);
  return Array.from({ length: Math.max(names.length, rows.length) }, (_, row) => [
    span('  '),
    ...fitTo(names[row] ?? [], nameWidth + 2),
    ...(rows[row] ?? []),
  ]);
}
