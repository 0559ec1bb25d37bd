import { Box } from 'ink';
import { editedName } from '../course/edit-ask.ts';
import { changeMark } from './changes.ts';
import { keepAskOf } from './keep-ask.ts';
import type { Size } from './layout.ts';
import type { Panes } from './panes.ts';
import { openPanes, type Pane, type PlayerState } from './player-state.ts';
import { isChanged } from './policy-editor.ts';
import { Edge, position, Rows, Rule, type RulePart } from './rows.tsx';
import { type Line, lineWidth, type Span, span } from './styled-text.ts';
import type { Role, Theme } from './theme.ts';

interface GridProps {
  readonly panes: Panes;
  readonly state: PlayerState;
  readonly size: Size;
  readonly theme: Theme;
}

/** The panes with the borders they share. */
export function PaneGrid(props: GridProps) {
  switch (props.panes.layout.kind) {
    case 'together':
      return <Together {...props} />;
    case 'tabs':
      return <Tabs {...props} />;
    case 'reading':
      return <Reading {...props} />;
    case 'too-small':
      return null;
  }
}

function Together({ panes, state, size, theme }: GridProps) {
  const { focus } = state;
  const right = state.upper === 'lesson' ? 'account' : state.upper;
  const { lesson } = panes;
  const other = panes[right];
  const leftWidth = lesson.width + 3;
  const rightWidth = size.columns - leftWidth - 1;
  const joint: Role = focus === 'lesson' || focus === right ? 'border-focused' : 'border';
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Rule
        parts={[
          part('╭', leftWidth, title('lesson', state), noteOf(panes, 'lesson'), roleOf('lesson', focus)),
          part('┬', rightWidth, title(right, state), noteOf(panes, right), roleOf(right, focus)),
        ]}
        end="╮"
        theme={theme}
      />
      <Box height={lesson.height}>
        <Edge height={lesson.height} look={roleOf('lesson', focus)} theme={theme} />
        <Rows {...lesson} theme={theme} />
        <Edge height={lesson.height} look={joint} theme={theme} />
        <Rows {...other} theme={theme} />
        <Edge height={lesson.height} look={roleOf(right, focus)} theme={theme} />
      </Box>
      <Rule
        parts={[
          part('├', leftWidth, title('prompt', state), '', roleOf('prompt', focus)),
          part('┴', rightWidth, [], noteOf(panes, 'prompt'), roleOf('prompt', focus)),
        ]}
        end="┤"
        theme={theme}
      />
      <Lower panes={panes} state={state} size={size} theme={theme} />
    </Box>
  );
}

function Tabs({ panes, state, size, theme }: GridProps) {
  const isPromptAlone = state.zoomed && state.focus === 'prompt';
  const pane: Pane = state.editing !== null ? 'editor' : isPromptAlone ? 'prompt' : state.upper;
  const text = panes[pane];
  const role = roleOf(pane, state.focus);
  const lower = panes.layout.kind === 'tabs' ? panes.layout.lower : null;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Rule
        parts={[
          part('╭', size.columns - 1, tabsTitle(pane, state, size.columns - 24), noteOf(panes, pane), role),
        ]}
        end="╮"
        theme={theme}
      />
      <Box height={text.height}>
        <Edge height={text.height} look={role} theme={theme} />
        <Rows {...text} theme={theme} />
        <Edge height={text.height} look={role} theme={theme} />
      </Box>
      {lower === null ? (
        <Rule parts={[part('╰', size.columns - 1, [], '', role)]} end="╯" theme={theme} />
      ) : (
        <>
          <Rule
            parts={[
              part(
                '├',
                size.columns - 1,
                title('prompt', state),
                noteOf(panes, 'prompt'),
                roleOf('prompt', state.focus),
              ),
            ]}
            end="┤"
            theme={theme}
          />
          <Lower panes={panes} state={state} size={size} theme={theme} />
        </>
      )}
    </Box>
  );
}

function Reading({ panes, size, theme }: GridProps) {
  const { layout, lesson, prompt } = panes;
  const margin = layout.kind === 'reading' ? layout.margin - 1 : 1;
  const fill = size.columns - 2 - margin - lesson.width;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Rule
        parts={[part('╭', size.columns - 1, [], noteOf(panes, 'lesson'), 'border')]}
        end="╮"
        theme={theme}
      />
      {[lesson, prompt].map((text, index) => (
        <Box key={index === 0 ? 'lesson' : 'prompt'} flexDirection="column" flexShrink={0}>
          {index === 0 ? null : (
            <Rule parts={[part('├', size.columns - 1, [], '', 'border')]} end="┤" theme={theme} />
          )}
          <Box height={text.height}>
            <Edge height={text.height} look="border" theme={theme} />
            <Box paddingLeft={margin} paddingRight={fill} flexShrink={0}>
              <Rows {...text} margin={0} theme={theme} />
            </Box>
            <Edge height={text.height} look="border" theme={theme} />
          </Box>
        </Box>
      ))}
      <Rule parts={[part('╰', size.columns - 1, [], '', 'border')]} end="╯" theme={theme} />
    </Box>
  );
}

function Lower({ panes, state, size, theme }: GridProps) {
  const { prompt } = panes;
  const role = roleOf('prompt', state.focus);
  return (
    <>
      <Box height={prompt.height}>
        <Edge height={prompt.height} look={role} theme={theme} />
        <Rows {...prompt} theme={theme} />
        <Edge height={prompt.height} look={role} theme={theme} />
      </Box>
      <Rule parts={[part('╰', size.columns - 1, [], '', role)]} end="╯" theme={theme} />
    </>
  );
}

function part(start: string, width: number, title: Line, note: string, role: Role): RulePart {
  return { start, width, title, note, role };
}

function roleOf(pane: Pane, focus: Pane): Role {
  return pane === focus ? 'border-focused' : 'border';
}

function noteOf(panes: Panes, pane: Pane): string {
  const { lines, first, height, pinned = 0 } = panes[pane];
  return position(lines.length - pinned, first, height - pinned);
}

const names: Readonly<Record<Pane, string>> = {
  lesson: 'Lesson',
  account: 'Account',
  changes: 'Changed',
  timeline: 'Timeline',
  editor: 'Editor',
  decision: 'Decision',
  prompt: 'Prompt',
};

/** A pane's name. The one with the focus has a mark, so that it is told without colour. */
function title(pane: Pane, state: PlayerState): Span[] {
  const mark = markOf(pane, state);
  const name = pane === 'prompt' ? promptName(state) : `${names[pane]}${mark}`;
  return state.focus === pane ? [span(`▸ ${name}`, 'accent')] : [span(name)];
}

function promptName(state: PlayerState): string {
  if (state.editing !== null) return 'Checks';
  if (keepAskOf(state) !== null) return 'Your answer';
  switch (state.play.view.ask.kind) {
    case 'choose':
      return 'Your answer';
    case 'task':
      return 'Prompt: your turn';
    default:
      return names.prompt;
  }
}

/** The names of the panes that take turns, the shown one in brackets, each with its state in a mark. */
function tabsTitle(shown: Pane, state: PlayerState, room: number): Span[] {
  if (state.editing !== null) {
    const name = editedName(state.editing.ask);
    const note = isChanged(state.editing) ? '  not saved yet' : '';
    return [span(`▸ Editing ${name}`, 'accent'), span(note, 'faint')];
  }
  const order: Pane[] = [...openPanes(state)];
  if (shown === 'prompt') order.push('prompt');
  const whole = order.flatMap((pane, index) => tab(pane, shown, state, index === 0, true));
  // Where there is no room for all marks, those of the other panes go.
  return lineWidth(whole) <= room
    ? whole
    : order.flatMap((pane, index) => tab(pane, shown, state, index === 0, pane === shown));
}

function tab(pane: Pane, shown: Pane, state: PlayerState, isFirst: boolean, withMark: boolean): Span[] {
  const mark = pane === 'account' ? attemptMark(state) : markOf(pane, state);
  const name = `${names[pane]}${withMark ? mark : ''}`;
  const gap = isFirst ? [] : [span('  ')];
  return [...gap, pane === shown ? span(`[${name}]`, 'accent') : span(name)];
}

function markOf(pane: Pane, state: PlayerState): string {
  if (pane === 'changes') return changeMark(state.changes);
  return pane === 'lesson' ? goalsMark(state) : '';
}

function goalsMark({ play }: PlayerState): string {
  const { goals } = play.view;
  const met = goals.filter((goal) => goal.state === 'met').length;
  return goals.length === 0 ? '' : `: ${met} of ${goals.length} goals`;
}

function attemptMark({ attempt }: PlayerState): string {
  switch (attempt?.answer.kind) {
    case undefined:
      return '';
    case 'done':
      return ' ✓ allowed';
    case 'denied':
      return ' ✗ denied';
    case 'not-sent':
      return ' ✗ never sent';
    case 'rejected':
      return ' ✗ not accepted';
    case 'failed':
      return ' ! failed';
    case 'unsupported':
      return ' – not simulated';
  }
}
