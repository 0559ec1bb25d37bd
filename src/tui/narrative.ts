import type { GoalView, Passage, StepView } from '../course/view.ts';
import { firstTerms, type TermPlace, termPlaces } from './mark-terms.ts';
import { type Mark, markdownLines } from './markdown.ts';
import { type Line, span, wrap } from './styled-text.ts';
import type { Role } from './theme.ts';

/** The lesson's pane: its rows, and where in them each passage and the goals begin. */
export interface Narrative {
  readonly lines: readonly Line[];
  readonly passageAt: readonly number[];
  readonly goalsAt: number | null;
  /** The rows of the first open goal that says what happened instead, up to the one after its last; null for none. */
  readonly reply: { readonly from: number; readonly to: number } | null;
  /** The terms of the glossary in its texts, in their order. */
  readonly terms: readonly TermPlace[];
}

interface PassageLook {
  readonly label: string;
  readonly role: Role;
}

// The first text of a step and a demo's notes stand by themselves.
const looks: Readonly<Record<Passage['kind'], PassageLook | null>> = {
  text: null,
  demo: null,
  reveal: { label: 'What happened', role: 'accent' },
  hint: { label: 'Hint', role: 'warn' },
  'reply-right': { label: '✓ Right', role: 'good' },
  'reply-wrong': { label: '✗ Not quite', role: 'bad' },
  calibration: { label: 'Your confidence', role: 'border' },
  praise: { label: '✓ Done', role: 'good' },
  advice: { label: 'More than it has to', role: 'warn' },
};

/** Lays out the step's title, its text, its goals as a checklist, and what has come of it so far. */
export function narrative(view: StepView, width: number): Narrative {
  const lines: Line[] = wrap([span(view.step.title, 'heading')], width);
  const mark = firstTerms();
  const passageAt: number[] = [];
  let goalsAt: number | null = null;
  let reply: Narrative['reply'] = null;
  const addGoals = () => {
    if (view.goals.length === 0 || goalsAt !== null) return;
    lines.push([]);
    goalsAt = lines.length;
    lines.push(goalsHeading(view.goals));
    for (const goal of view.goals) {
      const from = lines.length;
      lines.push(...oneGoal(goal, width, mark));
      if (hasReply(goal)) reply ??= { from, to: lines.length };
    }
  };
  for (const passage of view.passages) {
    const look = looks[passage.kind];
    if (look !== null) addGoals();
    lines.push([]);
    passageAt.push(lines.length);
    lines.push(...passageLines(passage, look, width, mark));
  }
  addGoals();
  return { lines, passageAt, goalsAt, reply, terms: termPlaces(lines) };
}

function passageLines(passage: Passage, look: PassageLook | null, width: number, mark: Mark): Line[] {
  if (look === null) return markdownLines(passage.markdown, width, mark);
  const bar = span('▎', look.role);
  const body = markdownLines(passage.markdown, width - 2, mark);
  // Several answers may have been tried: each reply says whose it is.
  const whose = passage.option === undefined ? '' : `: answer ${passage.option}`;
  return [
    [bar, span(' '), span(`${look.label}${whose}`, look.role === 'accent' ? 'accent' : 'strong')],
    ...body.map((row) => [bar, span(' '), ...row]),
  ];
}

function goalsHeading(goals: readonly GoalView[]): Line {
  const met = goals.filter((goal) => goal.state === 'met').length;
  return [span('Goals ', 'heading'), span(`${met} of ${goals.length} met`, 'faint')];
}

function hasReply({ state, feedback }: GoalView): boolean {
  return feedback !== null && state !== 'met';
}

/** A goal: `[x]` met, `[ ]` open, with what happened instead below one that failed. */
function oneGoal(goal: GoalView, width: number, mark: Mark): Line[] {
  const done = goal.state === 'met';
  const box = done ? span('[x] ', 'good') : span('[ ] ', goal.state === 'unmet' ? 'bad' : 'plain');
  const text = markdownLines(goal.text, width - 4, mark);
  const rows = text.map((row, index): Line => [index === 0 ? box : span('    '), ...row]);
  if (goal.feedback === null || done) return rows;
  // What is said of the last request goes with the next one.
  const reply = markdownLines(goal.feedback, width - 6);
  return [
    ...rows,
    ...reply.map((row, index): Line => [span(index === 0 ? '    ↳ ' : '      ', 'bad'), ...row]),
  ];
}
