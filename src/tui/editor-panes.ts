import type { EditAsk } from '../course/edit-ask.ts';
import type { Finding, PolicyKind } from '../iam/index.ts';
import { savingCommand } from '../shell/index.ts';
import { candidateLines } from './candidates.ts';
import { graphemes } from './column-width.ts';
import { jsonSpans } from './json-text.ts';
import type { Room } from './layout.ts';
import type { PaneText } from './panes.ts';
import type { PolicyEditing } from './policy-editor.ts';
import type { Checked } from './policy-kinds.ts';
import { type Line, line, type Span, span, widthOf, wrap } from './styled-text.ts';
import type { Role } from './theme.ts';

/** The text with its cursor, counted from the first row in sight. */
export type EditorText = PaneText & { readonly cursor: { readonly row: number; readonly column: number } };

const looks: Readonly<Record<Finding['level'], { mark: string; role: Role }>> = {
  error: { mark: '✗', role: 'bad' },
  warning: { mark: '!', role: 'warn' },
  suggestion: { mark: '·', role: 'accent' },
};

/** The text being edited: a number before each row, and a mark where something was found. */
export function editorText({ text, checked }: PolicyEditing, { width, height }: Room): EditorText {
  const rows = text.text.split('\n');
  const before = text.text.slice(0, text.cursor);
  const row = before.split('\n').length - 1;
  const column = widthOf(before.slice(before.lastIndexOf('\n') + 1));
  const gutter = String(rows.length).length + 4;
  const room = Math.max(1, width - gutter);
  // The whole text moves aside when the cursor stands beyond the edge.
  const aside = column < room ? 0 : column - room + Math.min(10, room);
  const first = Math.max(0, Math.min(row - Math.floor(height / 2), rows.length - height));
  const marks = new Map(checked?.findings.toReversed().map((found) => [found.line, looks[found.level]]));
  const lines = rows.map((each, index): Line => {
    const isInSight = index >= first && index < first + height;
    if (!isInSight) return [];
    const mark = marks.get(index + 1);
    return [
      mark === undefined ? span('  ') : span(`${mark.mark} `, mark.role),
      span(`${String(index + 1).padStart(gutter - 4)}  `, index === row ? 'accent' : 'faint'),
      ...jsonSpans(withoutStart(each, aside)),
    ];
  });
  return { lines, first, width, height, cursor: { row: row - first, column: gutter + column - aside } };
}

function withoutStart(row: string, columns: number): string {
  if (columns === 0) return row;
  let used = 0;
  const kept = graphemes(row).filter((each) => {
    used += widthOf(each);
    return used > columns;
  });
  return kept.join('');
}

const NOT_SAVED = 'Not saved yet: Ctrl+S saves, Esc again leaves it as it was.';

/** What is to be said of the text: what it could become at the cursor, or what was found in it. */
export function checkLines(editing: PolicyEditing, width: number): Line[] {
  const { candidates, checked, text, isWarned } = editing;
  const warned: Line[] = isWarned
    ? wrap([span('! ', 'warn'), span(NOT_SAVED, 'strong')], width, [span('  ')])
    : [];
  if (candidates.length > 0) return candidateLines(candidates, width, 4);
  if (checked === null || checked.text !== text.text) return [...warned, line('Checking …', 'faint')];
  return [
    ...warned,
    ...verdict(editing.ask, checked, width),
    ...checked.findings.flatMap((found) => findingLines(found, width)),
    ...saving(editing.ask, width),
  ];
}

/** What AWS would take the text as; nothing where it would not. */
function verdict(ask: EditAsk, { findings, takenAs }: Checked, width: number): Line[] {
  const good = (words: string) => wrap([span('✓ ', 'good'), span(words)], width, [span('  ')]);
  if (takenAs.length === 0) return findings.length === 0 ? good('Nothing to object to.') : [];
  const names = takenAs.map((kind) => kindNames[kind]);
  const last = names.at(-1) ?? '';
  const list = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
  const where = ask.kind === 'file' && names.length > 1 ? ': it depends on where you put it' : '';
  return good(`AWS would take this as ${list}${where}.`);
}

/** What saving sends, for a policy of the world. */
function saving(ask: EditAsk, width: number): Line[] {
  if (ask.kind === 'file') return [];
  return wrap([span('Ctrl+S sends ', 'faint'), span(savingCommand(ask.policy), 'code')], width, [span('  ')]);
}

const kindNames: Readonly<Record<PolicyKind, string>> = {
  identity: 'an identity policy',
  resource: 'a resource policy',
  trust: 'a trust policy',
  'permissions-boundary': 'a permissions boundary',
  session: 'a session policy',
  'service-control': 'a service control policy',
  'resource-control': 'a resource control policy',
  'vpc-endpoint': 'the policy of a VPC endpoint',
};

function findingLines({ level, message, line: row, column }: Finding, width: number): Line[] {
  const { mark, role } = looks[level];
  const place: Span = span(row === null ? '' : `${row}:${column ?? 1} `, 'strong');
  return wrap([span(`${mark} `, role), place, span(message)], width, [span('  ')]);
}
