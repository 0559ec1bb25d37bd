import { Box, Text } from 'ink';
import type { StepView } from '../course/view.ts';
import { clockText } from './account.ts';
import type { AppState } from './app-state.ts';
import { layersOf } from './decision.ts';
import { Footer, footerRows } from './footer.tsx';
import type { CursorPosition } from './frame-sink.ts';
import { KEEPING, keepAskOf } from './keep-ask.ts';
import type { Action } from './keys.ts';
import type { Size } from './layout.ts';
import { PaneGrid } from './pane-grid.tsx';
import { panesOf } from './panes.ts';
import { contextsOf, examinationOf, isTyping, type PlayerState } from './player-state.ts';
import { isLonger, scrolledPane } from './scroll.ts';
import { fitTo, type Line, lineWidth, span, truncate, widthOf } from './styled-text.ts';
import type { Theme } from './theme.ts';
import { eventsOf } from './timeline.ts';

/** A lesson being played: where we are, the panes, and the keys. */
export function Player({ app, state, theme }: { app: AppState; state: PlayerState; theme: Theme }) {
  const { columns, rows } = app.size;
  const panes = panesOf(state, app.size, footerRows(app.notice, columns));
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Text wrap="truncate">{theme(headerRow(state.play.view, columns))}</Text>
      <PaneGrid panes={panes} state={state} size={app.size} theme={theme} />
      <Footer
        contexts={contextsOf(state)}
        hidden={idleActions(state, app.size)}
        options={optionCount(state)}
        notice={app.notice}
        width={columns}
        theme={theme}
      />
    </Box>
  );
}

function optionCount(state: PlayerState): number {
  const { ask } = state.play.view;
  if (keepAskOf(state) !== null) return KEEPING.length;
  return ask.kind === 'choose' ? ask.options.length : 0;
}

/** Where the terminal's cursor belongs: at the prompt while it has the focus, else nowhere. */
export function cursorOf(state: PlayerState, { size, notice }: AppState): CursorPosition {
  const { layout, prompt, editor } = panesOf(state, size, footerRows(notice, size.columns));
  if (layout.kind !== 'too-small' && editor.cursor !== null) {
    return { row: 2 + editor.cursor.row, column: 2 + editor.cursor.column };
  }
  if (state.focus !== 'prompt' || prompt.cursor === null || layout.kind === 'too-small') return null;
  const above =
    layout.kind === 'together'
      ? layout.left.height
      : layout.kind === 'tabs' && layout.lower === null
        ? null
        : layout.upper.height;
  const top = above === null ? 2 : above + 3;
  return { row: top + prompt.cursor.row, column: 2 + prompt.cursor.column };
}

const parts: Readonly<Record<StepView['part'], string>> = {
  concept: 'Reading',
  scenario: 'Scenario',
  quiz: 'Quiz',
  closing: 'Done',
  review: 'Review',
  sandbox: 'Sandbox',
};

const units: Readonly<Record<StepView['part'], string>> = {
  concept: 'page',
  scenario: 'step',
  quiz: 'question',
  closing: 'page',
  review: 'question',
  sandbox: 'page',
};

/** The first row: the lesson, where we are in it, and the simulated clock, as far as there is room. */
export function headerRow(view: StepView, width: number): Line {
  const isNarrow = width < 72;
  const { title } = view.lesson;
  const where = `${parts[view.part]} · ${units[view.part]} ${view.step.number} of ${view.step.of}`;
  const steps = view.part === 'closing' || view.part === 'sandbox' ? parts[view.part] : where;
  const roomBeside = (clock: string) => width - 6 - widthOf(steps) - widthOf(clock);
  const whole = view.session === null || isNarrow ? '' : clockText(view.session.now.world.clock);
  // Where the title would be cut, the clock does without what seldom changes: weekday and year.
  const clock = widthOf(title) <= roomBeside(whole) ? whole : whole.replace(/^\S+ (.*) \d{4} /, '$1 ');
  const left: Line = [
    span(` ${truncate(title, Math.max(8, roomBeside(clock)))}`, 'strong'),
    span(`  ${steps}`, 'accent'),
  ];
  const gap = Math.max(1, width - lineWidth(left) - widthOf(clock) - 1);
  return fitTo([...left, span(' '.repeat(gap)), span(clock, 'faint')], width);
}

/** True in the timeline at a line that sent nothing to AWS. */
function isSilentMoment({ focus, timeline, play }: PlayerState): boolean {
  const { session } = play.view;
  if (focus !== 'timeline' || timeline === null || session === null) return false;
  return eventsOf(session, timeline.at).length === 0;
}

/** Actions that would do nothing now: the footer leaves them out. */
function idleActions(state: PlayerState, size: Size): ReadonlySet<Action> {
  const panes = panesOf(state, size);
  const { ask, session, hidesWhy } = state.play.view;
  const idle = new Set<Action>();
  if (session === null)
    for (const action of ['next-pane', 'zoom', 'decision', 'timeline'] as const) idle.add(action);
  else if (hidesWhy || session.now.world.trail.length === 0) idle.add('decision');
  if (state.play.following === null) idle.add('next-lesson');
  if (!state.play.view.hasEarlier) idle.add('earlier');
  if (state.focus === 'decision' || isSilentMoment(state)) idle.add('decision');
  if (state.changes === null || state.focus === 'changes') idle.add('changes');
  if (state.focus === 'timeline' || session?.log.length === 0) idle.add('timeline');
  if (state.timeline?.at === session?.log.length) idle.add('continue-from');
  if (ask.kind === 'task' && ask.hints === 0) idle.add('hint');
  if (state.asking?.choices.length === 0) idle.add('complete');
  const examination = examinationOf(state);
  if (examination?.kind !== 'examined' || examination.checks.length < 2) {
    idle.add('previous-check');
    idle.add('next-check');
  }
  const isChoosing =
    state.word !== null ||
    state.focus === 'decision' ||
    state.focus === 'timeline' ||
    keepAskOf(state) !== null ||
    (state.focus === 'prompt' && ask.kind === 'choose');
  // A pane that has all of the screen already.
  if (panes.layout.kind === 'tabs' && panes.layout.lower === null && !state.zoomed) idle.add('zoom');
  if (!isLonger(panes.lesson)) {
    for (const action of ['lesson-up', 'lesson-down', 'lesson-page'] as const) idle.add(action);
  }
  if (state.focus === 'decision' && layersOf(examination, state.decision?.check ?? 0).length === 0)
    idle.add('open-layer');
  const scrolled = scrolledPane(state, size);
  if (!isLonger(panes[scrolled])) idle.add('page-down');
  if (!isChoosing && !isLonger(panes[scrolled])) {
    idle.add('up');
    idle.add('down');
  }
  const isByArrows = scrolled === 'prompt' && !isTyping(state);
  if (state.focus !== 'prompt' || isByArrows || !isLonger(panes.prompt)) idle.add('page-up');
  return idle;
}
