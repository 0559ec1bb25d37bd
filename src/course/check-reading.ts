import type { LessonAt } from './compile.ts';
import type { CompiledScenario, Option } from './content.ts';
import { splitFrontMatter, splitPages } from './lesson-pages.ts';
import type { PathProblem } from './path-problem.ts';
import type { ContentPath, ContentProblem } from './problem.ts';

/** Words that fit a screen and are read: of a step's text, of a concept page. */
const MOST_IN_STEP = 120;
const MOST_IN_PAGE = 200;
const FEWEST_PAGES = 2;
const MOST_PAGES = 5;
const FEWEST_MINUTES = 10;
const MOST_MINUTES = 20;
/** How much longer or shorter than every other an option may be before it stands out. */
const STANDS_OUT = 1.5;
const STANDS_OUT_BY = 20;

/** Texts too long to be read, and right options that can be told by their length. */
export function readingProblems({ steps, quiz }: CompiledScenario): readonly PathProblem[] {
  return [
    ...steps.flatMap((step, index): readonly PathProblem[] => {
      const path: ContentPath = ['steps', index];
      return [
        ...tooLong(step.text, [...path, 'text']),
        ...(step.kind === 'predict' ? tooLong(step.reveal, [...path, 'reveal']) : []),
        ...(step.kind === 'question' ? betrayed(step.options, path) : []),
      ];
    }),
    ...quiz.flatMap(({ options }, index) => betrayed(options, ['quiz', index])),
  ];
}

/** A lesson that takes too long, with too few or too many pages, or with one that is too long or has no heading. */
export function pageProblems({ file, lesson: { pages, minutes } }: LessonAt): readonly ContentProblem[] {
  const problem = (line: number, what: string, mend: string, column = 1): ContentProblem => ({
    file: file.name,
    line,
    column,
    what,
    mend,
  });
  const lineOf = (text: string): number =>
    file.text.slice(0, Math.max(0, file.text.indexOf(text))).split('\n').length;
  const tooShortOrLong =
    minutes >= FEWEST_MINUTES && minutes <= MOST_MINUTES
      ? []
      : [
          problem(
            lineOf('\nminutes:') + 1,
            `A lesson takes ${FEWEST_MINUTES} to ${MOST_MINUTES} minutes, this one says ${minutes}.`,
            'Pages and scenario together. Divide what is longer.',
            'minutes: '.length + 1,
          ),
        ];
  const body = splitFrontMatter(file.text)?.body ?? '';
  const headless = splitPages(body, '').flatMap(({ title, markdown }) =>
    title === ''
      ? [
          problem(
            lineOf(markdown.slice(0, 60)),
            'This page has no heading.',
            'Begin it with `# ` and its title.',
          ),
        ]
      : [],
  );
  const count =
    pages.length >= FEWEST_PAGES && pages.length <= MOST_PAGES
      ? []
      : [
          problem(
            1,
            `A lesson has ${FEWEST_PAGES} to ${MOST_PAGES} pages, this one has ${pages.length}.`,
            pages.length < FEWEST_PAGES
              ? 'A line `---` begins another page.'
              : 'Move what a step can show into the scenario.',
          ),
        ];
  const long = pages.flatMap(({ title, markdown }) => {
    const words = wordsIn(markdown);
    if (words <= MOST_IN_PAGE) return [];
    const what = `The page "${title}" has ${words} words: at most ${MOST_IN_PAGE} are read.`;
    return [problem(lineOf(markdown.trim().slice(0, 60)), what, 'Say less, or begin another page.')];
  });
  return [...tooShortOrLong, ...count, ...headless, ...long];
}

function tooLong(text: string, path: ContentPath): readonly PathProblem[] {
  const words = wordsIn(text);
  if (words <= MOST_IN_STEP) return [];
  const what = `This text has ${words} words: at most ${MOST_IN_STEP} are read.`;
  return [{ path, what, mend: 'One idea a step. Divide it.' }];
}

function betrayed(options: readonly Option[], path: ContentPath): readonly PathProblem[] {
  const at = options.findIndex(({ right }) => right);
  const length = options[at]?.text.length ?? 0;
  const others = options.filter(({ right }) => !right).map(({ text }) => text.length);
  const longer = standsOut(length, Math.max(...others));
  if (!longer && !standsOut(Math.min(...others), length)) return [];
  const what = `The right option is much ${longer ? 'longer' : 'shorter'} than the others.`;
  return [
    {
      path: [...path, 'options', at, 'text'],
      what,
      mend: 'A learner can tell it by its length. Even them out.',
    },
  ];
}

function standsOut(long: number, short: number): boolean {
  return long > short * STANDS_OUT && long - short > STANDS_OUT_BY;
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
