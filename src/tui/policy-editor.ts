import type { World } from '../cloud/world.ts';
import type { EditAsk } from '../course/edit-ask.ts';
import type { ServiceData } from '../iam/index.ts';
import { formatted, placeAtEnd } from './json-text.ts';
import { commonStart, edit, emptyLine, insert, type LineEditor } from './line-editor.ts';
import { type Checked, lookOver } from './policy-kinds.ts';

/** A file of the workspace or a policy of the world while it is edited in place. Replaced, never changed. */
export interface PolicyEditing {
  readonly ask: EditAsk;
  /** The content as it was opened. */
  readonly saved: string;
  readonly text: LineEditor;
  /** What was found in which text; null before the first look. */
  readonly checked: Checked | null;
  /** What the text begun could become, shown until the next key. */
  readonly candidates: readonly string[];
  /** True once leaving without saving was warned of. */
  readonly isWarned: boolean;
  /** What AWS publishes about its services; null until it is at hand. */
  readonly services: ServiceData | null;
}

/** Opens what is to be edited, the cursor at its start. */
export function openEditor(ask: EditAsk, content: string): PolicyEditing {
  const text = { ...emptyLine(), text: content };
  return { ask, saved: content, text, checked: null, candidates: [], isWarned: false, services: null };
}

/** True when something would be lost by closing it. */
export function isChanged({ saved, text }: PolicyEditing): boolean {
  return saved !== text.text;
}

/** Enter: a new row, as deep as the one before, and deeper after an opening bracket. */
export function newRow(text: LineEditor): LineEditor {
  const before = text.text.slice(0, text.cursor);
  const row = before.slice(before.lastIndexOf('\n') + 1);
  const indent = /^\s*/.exec(row)?.[0] ?? '';
  const opens = /[{[]\s*$/.test(row);
  const closes = /^\s*[}\]]/.test(text.text.slice(text.cursor));
  const deeper = insert(text, `\n${indent}${opens ? '  ' : ''}`);
  if (!opens || !closes) return deeper;
  const whole = insert(deeper, `\n${indent}`);
  return { ...whole, cursor: deeper.cursor };
}

/** The whole text laid out anew; the same when it is not JSON. */
export function format(text: LineEditor): LineEditor {
  const pretty = formatted(text.text);
  return pretty === null || pretty === text.text
    ? text
    : { ...text, text: pretty, cursor: Math.min(text.cursor, pretty.length) };
}

/** Looks the text over, as AWS would when it is put in. */
export function check(editing: PolicyEditing): PolicyEditing {
  return { ...editing, checked: lookOver(editing.ask, editing.text.text, editing.services) };
}

const POLICY_FIELDS: readonly string[] = ['Version', 'Id', 'Statement'];
const STATEMENT_FIELDS: readonly string[] = [
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource'],
  'Condition',
];

/** Tab: completes the text in quotes at the cursor; outside of one, two spaces. */
export function complete(editing: PolicyEditing, world: World): PolicyEditing {
  const { text } = editing;
  const place = placeAtEnd(text.text.slice(0, text.cursor));
  if (place === null) return { ...editing, text: insert(text, '  ') };
  const fitting = wordsFor(place.field, world, editing.services)
    .filter((word) => word.toLowerCase().startsWith(place.partial.toLowerCase()))
    .sort();
  const [only] = fitting;
  if (only === undefined) return editing;
  const shared = fitting.length === 1 ? only : commonStart(fitting);
  const completed = shared.length > place.partial.length ? retype(text, place.partial, shared) : text;
  return { ...editing, text: completed, candidates: fitting.length === 1 ? [] : fitting };
}

/** The text begun before the cursor, written anew. */
function retype(text: LineEditor, partial: string, word: string): LineEditor {
  const start = text.cursor - partial.length;
  const next = text.text.slice(0, start) + word + text.text.slice(text.cursor);
  return { ...text, text: next, cursor: start + word.length };
}

function wordsFor(field: string | null, world: World, services: ServiceData | null): readonly string[] {
  switch (field) {
    case null:
      return [...POLICY_FIELDS, ...STATEMENT_FIELDS];
    case 'Effect':
      return ['Allow', 'Deny'];
    case 'Version':
      return ['2012-10-17'];
    case 'Action':
    case 'NotAction':
      return actionsOf(services);
    case 'Resource':
    case 'NotResource':
    case 'AWS':
    case 'iam:PermissionsBoundary':
      return arnsOf(world);
    default:
      return [];
  }
}

function actionsOf(services: ServiceData | null): readonly string[] {
  return Object.entries(services?.services ?? {}).flatMap(([prefix, { actions }]) => [
    `${prefix}:*`,
    ...Object.keys(actions).map((action) => `${prefix}:${action}`),
  ]);
}

/** ARNs of what is in the world that policies mostly speak of. */
function arnsOf(world: World): readonly string[] {
  return Object.values(world.accounts).flatMap((account) => [
    ...Object.values(account.users).map((user) => `arn:aws:iam::${account.id}:user${user.path}${user.name}`),
    ...Object.values(account.roles).map((role) => `arn:aws:iam::${account.id}:role${role.path}${role.name}`),
    ...Object.keys(account.policies),
    ...Object.values(account.buckets).flatMap(({ name }) => [
      `arn:aws:s3:::${name}`,
      `arn:aws:s3:::${name}/*`,
    ]),
  ]);
}

/** Ten rows up or down. */
export function turnPage(text: LineEditor, action: 'row-up' | 'row-down'): LineEditor {
  let moved = text;
  for (let row = 0; row < 10; row++) moved = edit(moved, action);
  return moved;
}
