import { actorName } from '../cloud/index.ts';
import type { Ask, GoalView, Passage, StepView } from '../course/view.ts';
import { accountLines, clockText } from './account.ts';
import { noHintWords } from './hint-words.ts';
import { byCourse, cardTitle } from './home-list.ts';
import { markdownLines } from './markdown.ts';
import { type DueForReview, dueText, type LessonCard } from './ports.ts';
import { type Line, plainText, safe } from './styled-text.ts';

// Paragraphs are not broken: a terminal wraps them, and a screen reader reads them whole.
const unbroken = 100_000;

const labels: Readonly<Record<Passage['kind'], string>> = {
  text: '',
  demo: '',
  reveal: 'What happened: ',
  hint: 'Hint: ',
  'reply-right': 'Right. ',
  'reply-wrong': 'Not quite. ',
  praise: '',
  advice: 'Advice: ',
  calibration: 'Your confidence: ',
};

const parts: Readonly<Record<StepView['part'], string>> = {
  concept: 'Page',
  scenario: 'Step',
  quiz: 'Quiz, question',
  closing: 'Done',
  review: 'Question',
  sandbox: 'Sandbox',
};

/** Markdown as text. Of its marks only those around what is typed stay: without them `why` would be read as a word. */
export function plainMarkdown(markdown: string): string {
  return markdownLines(markdown, unbroken).map(withTicks).join('\n');
}

function withTicks(row: Line): string {
  const isBlock = row.every(({ role, text }) => role === 'code' || text.trim() === '');
  return isBlock
    ? plainText(row)
    : row.map(({ role, text }) => (role === 'code' ? `\`${text}\`` : text)).join('');
}

/** Where we are: `Step 3 of 9: Who may read?` */
export function placeText({ part, step, lesson }: StepView): string {
  if (part === 'closing') return `The end of “${safe(lesson.title)}”.`;
  if (part === 'sandbox') return `Sandbox: ${safe(lesson.title)}`;
  const place = `${parts[part]} ${step.number} of ${step.of}`;
  return part === 'quiz' ? place : `${place}: ${safe(step.title)}`;
}

/** A passage with a word that says what it is. */
export function passageText({ kind, markdown }: Passage): string {
  return `${labels[kind]}${plainMarkdown(markdown)}`;
}

/** Goals, each with how it stands in words. */
export function goalsText(goals: readonly GoalView[]): string {
  const met = goals.filter((goal) => goal.state === 'met').length;
  const rows = goals.map((goal, index) => {
    const feedback =
      goal.feedback === null || goal.state === 'met' ? '' : `\n   ${plainMarkdown(goal.feedback)}`;
    const state = goal.state === 'met' ? 'met' : 'not met';
    return `${index + 1}. ${state}: ${plainMarkdown(goal.text)}${feedback}`;
  });
  return [`Goals, ${met} of ${goals.length} met:`, ...rows].join('\n');
}

/** What is asked, and how to answer. */
export function askText(ask: Ask, view: StepView): string {
  switch (ask.kind) {
    case 'continue':
      return 'Press Enter to go on.';
    case 'reread':
      return 'You were here before. Type back for the page before this one. Press Enter to go on.';
    case 'end':
      return ask.next === null
        ? 'Press Enter to leave the lesson.'
        : `Type next to go on with “${safe(ask.next)}”. Press Enter to leave the lesson.`;
    case 'run':
      return `Next line, as ${safe(ask.as)}: ${safe(ask.line)}\nPress Enter to run it.`;
    case 'choose': {
      const request =
        ask.request === null ? [] : [`The request, as ${safe(ask.request.as)}: ${safe(ask.request.run)}`];
      const options = ask.options.map((option, index) => `${index + 1}. ${plainMarkdown(option)}`);
      return [...request, plainMarkdown(ask.question), ...options, 'Type a number.'].join('\n');
    }
    case 'task': {
      const who = view.session === null ? '' : actorName(view.session.now.world, view.session.now.actor);
      if (view.part === 'sandbox') return `You are ${safe(who)}. Type a command, or help.`;
      const hints = noHintWords(view) ?? `Type hint for a hint; ${ask.hints} left.`;
      return `You are ${safe(who)}. Type a command. ${hints}`;
    }
  }
}

/** The account as rows of text, for `look`. */
export function accountText(view: StepView): string {
  if (view.session === null) return 'There is no account here yet.';
  const { world, actor } = view.session.now;
  const rows = accountLines(world, actor, unbroken).map((row) =>
    plainText(row)
      .replaceAll(/[├└]─ /g, '- ')
      .replaceAll('──▶', 'with')
      .replaceAll(/ ?[━─]{2,}/g, ''),
  );
  return [`The clock says ${clockText(world.clock)}.`, ...rows.map(withoutDots)].join('\n');
}

/** The dot that says where one sits, in words; the others say nothing. */
function withoutDots(row: string): string {
  const here = row.includes('● ') && !row.includes('you are here') ? ', you are here' : '';
  return `${row.replace(/^ (?=[●○] )/, '').replace(/[●○] /, '')}${here}`;
}

/**
 * Lessons with their numbers and state: challenges below their lessons, other courses below their names; then what is
 * due for review.
 */
export function lessonsText(cards: readonly LessonCard[], due: DueForReview): string {
  const words = wordsOf(cards);
  const groups = byCourse(cards.map((card, index) => ({ ...card, word: words[index] ?? card.id })));
  const rows = groups.flatMap(({ course, cards: own }) => [
    course === null ? 'Lessons:' : `${safe(course)}:`,
    ...own.map((card) => {
      const { summary, minutes, challengeOf, word } = card;
      const lead = challengeOf === undefined ? `${word}. ` : '   ';
      const how = challengeOf === undefined ? '' : `. Type ${safe(word)}.`;
      const title = safe(cardTitle(card));
      return `${lead}${title} (${minutes} minutes, ${stateText(card)})${how}\n   ${safe(summary)}`;
    }),
  ]);
  return [...rows, ...(due.count === 0 ? [] : [`${dueText(due)} Type review.`])].join('\n');
}

/** What to type for each card: a number for a lesson, counted over all courses; for a challenge its lesson's. */
export function wordsOf(cards: readonly LessonCard[]): readonly string[] {
  let number = 0;
  const numbers = new Map<string, number>();
  return cards.map(({ id, challengeOf }) => {
    if (challengeOf === undefined) {
      number++;
      numbers.set(id, number);
      return String(number);
    }
    const lesson = challengeOf === null ? undefined : numbers.get(challengeOf);
    return lesson === undefined ? id : `${lesson} challenge`;
  });
}

function stateText({ progress, due }: LessonCard): string {
  const review = due === 0 ? '' : `, ${due} due for review`;
  switch (progress.state) {
    case 'new':
      return `new${review}`;
    case 'begun':
      return `begun, ${safe(progress.where)}${review}`;
    case 'mastered':
      return `done${progress.score === null ? '' : `, quiz ${safe(progress.score)}`}${review}`;
  }
}

export const helpText = `Words you can type anywhere:
  help           this text
  again          says the step once more
  back           says the page or step before; Enter goes on from there
  look           says what is in the account
  glossary       explains the words of this step
  glossary WORD  explains one, such as: glossary trust policy
  quit           leaves; your place is kept
In a task, type commands such as: aws s3 ls. Also: hint, why, undo, reset, as NAME, wait 6h, and help for this text.
why says how the last request was decided, policy by policy.`;
