import type { Key } from './key-decoder.ts';
import type { EditAction } from './line-editor.ts';

/**
 * Where a key means something. Several hold at once: the most particular is asked first, `everywhere` last.
 * `read`, `run`, `choose`, `task` and `end` are the asks of a player while its lower pane has the focus;
 * `words` has the only keys of a player while a word of the text is chosen; `reread` adds keys where an earlier page
 * is read again, `task-empty` those that edit a line once there is one; `asking` holds instead of `task` while a line
 * that was entered asks something, `keeping` and `naming` while it is asked whether what is left behind is kept, before
 * somebody goes on from an earlier moment.
 */
export type Context =
  | 'everywhere'
  | 'home'
  | 'search'
  | 'help'
  | 'help-search'
  | 'player'
  | 'read'
  | 'reread'
  | 'run'
  | 'choose'
  | 'task'
  | 'task-empty'
  | 'asking'
  | 'end'
  | 'text-pane'
  | 'words'
  | 'timeline'
  | 'keeping'
  | 'naming'
  | 'editor'
  | 'decision';

/** What a key asks for. */
export type Action =
  | 'accept'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'top'
  | 'bottom'
  | 'lesson-up'
  | 'lesson-down'
  | 'lesson-page'
  | 'earlier'
  | 'option'
  | 'back'
  | 'quit'
  | 'interrupt'
  | 'suspend'
  | 'redraw'
  | 'help'
  | 'close'
  | 'words'
  | 'terms'
  | 'restart'
  | 'search'
  | 'erase'
  | 'next-lesson'
  | 'review'
  | 'quiz'
  | 'sandbox'
  | 'empty-sandbox'
  | 'next-pane'
  | 'zoom'
  | 'wider'
  | 'narrower'
  | 'higher'
  | 'lower'
  | 'hint'
  | 'decision'
  | 'changes'
  | 'timeline'
  | 'mark-moment'
  | 'compare-moments'
  | 'continue-from'
  | 'previous-check'
  | 'next-check'
  | 'open-layer'
  | 'complete'
  | 'new-row'
  | 'format'
  | 'save'
  | 'own-editor'
  | { readonly edit: EditAction };

/** One line of the table. */
export interface Binding {
  readonly context: Context;
  readonly keys: readonly string[];
  readonly action: Action;
  /** What it does, in a word or three. Bindings with the same label are shown as one. */
  readonly label: string;
  /** Where it stands in the footer, lowest first; those without are named in the help only. */
  readonly footer?: number;
  /** For a key that nothing else stands for: where there is little room the footer drops 2 late and 1 last. */
  readonly must?: 1 | 2;
}

/** The keys that edit text, at the prompt and in a file. */
function editingKeys(context: Context): readonly Binding[] {
  const keys: readonly (readonly [readonly string[], EditAction, string])[] = [
    [['left', 'ctrl+b'], 'left', 'move'],
    [['right', 'ctrl+f'], 'right', 'move'],
    [['ctrl+left', 'alt+b', 'alt+left'], 'word-left', 'move a word'],
    [['ctrl+right', 'alt+f', 'alt+right'], 'word-right', 'move a word'],
    [['home', 'ctrl+a'], 'line-start', 'start of the line'],
    [['backspace', 'ctrl+h'], 'delete-left', 'delete'],
    [['delete', 'ctrl+d'], 'delete-right', 'delete'],
    [['ctrl+w', 'alt+backspace'], 'delete-word', 'delete a word'],
    [['ctrl+u'], 'delete-to-start', 'delete to the start'],
    [['ctrl+k'], 'delete-to-end', 'delete to the end'],
  ];
  return keys.map(([names, action, label]) => ({ context, keys: names, action: { edit: action }, label }));
}

/** The key that reads the page or step before this one again. */
function earlierKey(context: Context): Binding {
  return { context, keys: ['left', 'p'], action: 'earlier', label: 'page before', footer: 4, must: 1 };
}

/** The keys of a search while it is typed. */
function searchKeys(context: Context, moves: string): readonly Binding[] {
  return [
    { context, keys: ['enter'], action: 'accept', label: 'keep what is found', footer: 1, must: 1 },
    { context, keys: ['up'], action: 'up', label: moves, footer: 2, must: 1 },
    { context, keys: ['down'], action: 'down', label: moves, footer: 2 },
    { context, keys: ['backspace', 'ctrl+h'], action: 'erase', label: 'erase' },
    { context, keys: ['escape'], action: 'back', label: 'end the search', footer: 9 },
  ];
}

/** Every key of the program. Handling, footer and help all read this table, and nothing else names a key. */
export const bindings: readonly Binding[] = [
  { context: 'home', keys: ['enter'], action: 'accept', label: 'open', footer: 1, must: 1 },
  { context: 'home', keys: ['up', 'k'], action: 'up', label: 'choose', footer: 2, must: 1 },
  { context: 'home', keys: ['down', 'j'], action: 'down', label: 'choose', footer: 2 },
  { context: 'home', keys: ['pageup'], action: 'page-up', label: 'a page of lessons' },
  { context: 'home', keys: ['pagedown'], action: 'page-down', label: 'a page of lessons' },
  { context: 'home', keys: ['home'], action: 'top', label: 'first lesson' },
  { context: 'home', keys: ['end'], action: 'bottom', label: 'last lesson' },
  { context: 'home', keys: ['n'], action: 'next-lesson', label: 'next lesson', footer: 3 },
  { context: 'home', keys: ['v'], action: 'review', label: 'review', footer: 4 },
  { context: 'home', keys: ['/'], action: 'search', label: 'search', footer: 5, must: 1 },
  { context: 'home', keys: ['s'], action: 'sandbox', label: 'sandbox', footer: 6, must: 1 },
  { context: 'home', keys: ['r'], action: 'restart', label: 'start over', footer: 7 },
  { context: 'home', keys: ['e'], action: 'empty-sandbox', label: 'sandbox with an empty account' },
  { context: 'home', keys: ['a'], action: 'quiz', label: 'ask the questions of its quiz' },
  { context: 'home', keys: ['?'], action: 'help', label: 'help', footer: 8 },
  { context: 'home', keys: ['q'], action: 'quit', label: 'quit', footer: 9 },
  { context: 'home', keys: ['escape'], action: 'back', label: 'end the search' },

  ...searchKeys('search', 'choose a lesson'),

  { context: 'help', keys: ['escape'], action: 'back', label: 'close', footer: 1 },
  { context: 'help', keys: ['?', 'q', 'enter', 'f1'], action: 'close', label: 'close' },
  { context: 'help', keys: ['up', 'k'], action: 'up', label: 'scroll', footer: 2 },
  { context: 'help', keys: ['down', 'j'], action: 'down', label: 'scroll', footer: 2 },
  { context: 'help', keys: ['pageup'], action: 'page-up', label: 'scroll a page' },
  { context: 'help', keys: ['pagedown', ' '], action: 'page-down', label: 'scroll a page', footer: 3 },
  { context: 'help', keys: ['/'], action: 'search', label: 'search', footer: 4 },
  { context: 'help', keys: ['home'], action: 'top', label: 'top' },
  { context: 'help', keys: ['end'], action: 'bottom', label: 'bottom' },

  ...searchKeys('help-search', 'scroll'),

  { context: 'read', keys: ['enter'], action: 'accept', label: 'go on', footer: 1, must: 1 },
  { context: 'read', keys: ['up', 'k'], action: 'up', label: 'scroll', footer: 4, must: 1 },
  { context: 'read', keys: ['down', 'j'], action: 'down', label: 'scroll', footer: 4 },
  earlierKey('read'),
  { context: 'read', keys: ['g'], action: 'words', label: 'words', footer: 5 },
  { context: 'read', keys: [' '], action: 'lesson-page', label: 'scroll a page' },
  { context: 'read', keys: ['?'], action: 'help', label: 'help', footer: 8 },

  { context: 'reread', keys: ['escape'], action: 'back', label: 'where you were', footer: 9 },

  { context: 'run', keys: ['enter'], action: 'accept', label: 'run it', footer: 1, must: 1 },
  { context: 'run', keys: ['up', 'k'], action: 'up', label: 'scroll', footer: 4, must: 1 },
  { context: 'run', keys: ['down', 'j'], action: 'down', label: 'scroll', footer: 4 },
  earlierKey('run'),
  { context: 'run', keys: [' '], action: 'lesson-page', label: 'scroll a page' },
  { context: 'run', keys: ['?'], action: 'help', label: 'help', footer: 8 },

  { context: 'choose', keys: ['enter'], action: 'accept', label: 'answer', footer: 1, must: 1 },
  { context: 'choose', keys: [' '], action: 'lesson-page', label: 'more', footer: 5, must: 1 },
  { context: 'choose', keys: ['up', 'k'], action: 'up', label: 'choose', footer: 2, must: 2 },
  { context: 'choose', keys: ['down', 'j'], action: 'down', label: 'choose', footer: 2 },
  {
    context: 'choose',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    action: 'option',
    label: 'answer at once',
    footer: 3,
  },
  earlierKey('choose'),
  { context: 'choose', keys: ['?'], action: 'help', label: 'help', footer: 8 },

  { context: 'task', keys: ['enter'], action: 'accept', label: 'run', footer: 1, must: 1 },
  { context: 'task', keys: ['tab'], action: 'complete', label: 'complete', footer: 2 },
  { context: 'task', keys: ['ctrl+t'], action: 'hint', label: 'hint', footer: 3, must: 1 },
  { context: 'task', keys: ['alt+up'], action: 'lesson-up', label: 'read above', footer: 4, must: 1 },
  { context: 'task', keys: ['alt+down'], action: 'lesson-down', label: 'read above', footer: 4 },
  { context: 'task', keys: ['up'], action: { edit: 'row-up' }, label: 'earlier lines' },
  { context: 'task', keys: ['down'], action: { edit: 'row-down' }, label: 'earlier lines' },
  { context: 'task', keys: ['end', 'ctrl+e'], action: { edit: 'line-end' }, label: 'end of the line' },
  ...editingKeys('task'),

  { context: 'asking', keys: ['enter'], action: 'accept', label: 'answer', footer: 1, must: 1 },
  { context: 'asking', keys: ['tab'], action: 'complete', label: 'complete', footer: 2 },
  {
    context: 'asking',
    keys: ['escape', 'ctrl+c'],
    action: 'interrupt',
    label: 'leave the questions',
    footer: 9,
  },
  { context: 'asking', keys: ['end', 'ctrl+e'], action: { edit: 'line-end' }, label: 'end of the line' },
  ...editingKeys('asking'),

  { context: 'editor', keys: ['ctrl+s'], action: 'save', label: 'save and close', footer: 1, must: 1 },
  { context: 'editor', keys: ['tab'], action: 'complete', label: 'complete', footer: 2, must: 1 },
  { context: 'editor', keys: ['ctrl+p'], action: 'format', label: 'format', footer: 3, must: 1 },
  { context: 'editor', keys: ['ctrl+e'], action: 'own-editor', label: '$EDITOR', footer: 4, must: 1 },
  { context: 'editor', keys: ['escape'], action: 'back', label: 'leave', footer: 9 },
  { context: 'editor', keys: ['enter'], action: 'new-row', label: 'a new row' },
  { context: 'editor', keys: ['up'], action: { edit: 'row-up' }, label: 'move' },
  { context: 'editor', keys: ['down'], action: { edit: 'row-down' }, label: 'move' },
  { context: 'editor', keys: ['pageup'], action: 'page-up', label: 'ten rows' },
  { context: 'editor', keys: ['pagedown'], action: 'page-down', label: 'ten rows' },
  { context: 'editor', keys: ['end'], action: { edit: 'line-end' }, label: 'end of the line' },
  ...editingKeys('editor'),

  { context: 'task-empty', keys: ['left'], action: 'earlier', label: 'page before', footer: 7, must: 1 },
  { context: 'task-empty', keys: ['?'], action: 'help', label: 'help', footer: 8 },

  { context: 'end', keys: ['enter'], action: 'back', label: 'back to the lessons', footer: 1, must: 1 },
  { context: 'end', keys: ['n'], action: 'next-lesson', label: 'what is next', footer: 2, must: 1 },
  { context: 'end', keys: ['up', 'k'], action: 'up', label: 'scroll', footer: 4 },
  { context: 'end', keys: ['down', 'j'], action: 'down', label: 'scroll', footer: 4 },
  earlierKey('end'),
  { context: 'end', keys: [' '], action: 'page-down', label: 'scroll a page' },
  { context: 'end', keys: ['?'], action: 'help', label: 'help', footer: 8 },

  { context: 'text-pane', keys: ['up', 'k'], action: 'up', label: 'scroll', footer: 1, must: 1 },
  { context: 'text-pane', keys: ['down', 'j'], action: 'down', label: 'scroll', footer: 1 },
  { context: 'text-pane', keys: [' '], action: 'page-down', label: 'scroll a page' },
  { context: 'text-pane', keys: ['home'], action: 'top', label: 'top' },
  { context: 'text-pane', keys: ['end'], action: 'bottom', label: 'bottom' },
  { context: 'text-pane', keys: ['enter'], action: 'back', label: 'close' },
  { context: 'text-pane', keys: ['tab'], action: 'next-pane', label: 'next pane' },
  { context: 'text-pane', keys: ['?'], action: 'help', label: 'help', footer: 8 },

  { context: 'words', keys: ['enter'], action: 'accept', label: 'what it means', footer: 1, must: 1 },
  {
    context: 'words',
    keys: ['up', 'left', 'k', 'shift+tab'],
    action: 'up',
    label: 'choose a word',
    footer: 2,
    must: 1,
  },
  {
    context: 'words',
    keys: ['down', 'right', 'j', 'tab'],
    action: 'down',
    label: 'choose a word',
    footer: 2,
    must: 1,
  },
  { context: 'words', keys: ['g', 'ctrl+g'], action: 'terms', label: 'list of all', footer: 3, must: 1 },
  { context: 'words', keys: ['?'], action: 'help', label: 'help', footer: 8 },
  { context: 'words', keys: ['escape'], action: 'back', label: 'back', footer: 9 },

  { context: 'timeline', keys: ['up', 'k'], action: 'up', label: 'step', footer: 1, must: 1 },
  { context: 'timeline', keys: ['down', 'j'], action: 'down', label: 'step', footer: 1 },
  {
    context: 'timeline',
    keys: ['c'],
    action: 'compare-moments',
    label: 'what changed',
    footer: 2,
    must: 1,
  },
  { context: 'timeline', keys: [' '], action: 'mark-moment', label: 'mark', footer: 3, must: 1 },
  { context: 'timeline', keys: ['g'], action: 'continue-from', label: 'go on here', footer: 4, must: 1 },
  { context: 'timeline', keys: ['ctrl+y'], action: 'decision', label: 'why', footer: 4, must: 1 },
  { context: 'timeline', keys: ['pagedown'], action: 'page-down', label: 'scroll on', footer: 4, must: 1 },

  { context: 'keeping', keys: ['enter'], action: 'accept', label: 'answer', footer: 1, must: 1 },
  { context: 'keeping', keys: ['up', 'k'], action: 'up', label: 'choose', footer: 2, must: 1 },
  { context: 'keeping', keys: ['down', 'j'], action: 'down', label: 'choose', footer: 2 },
  { context: 'keeping', keys: ['1', '2', '3'], action: 'option', label: 'answer at once', footer: 3 },
  { context: 'keeping', keys: ['?'], action: 'help', label: 'help', footer: 8 },
  { context: 'keeping', keys: ['escape'], action: 'back', label: 'back to the timeline', footer: 9 },

  { context: 'naming', keys: ['enter'], action: 'accept', label: 'keep it and go on', footer: 1, must: 1 },
  { context: 'naming', keys: ['escape'], action: 'back', label: 'back', footer: 9 },
  { context: 'naming', keys: ['end', 'ctrl+e'], action: { edit: 'line-end' }, label: 'end of the line' },
  ...editingKeys('naming'),

  { context: 'decision', keys: ['up', 'k'], action: 'up', label: 'choose a layer', footer: 1, must: 1 },
  { context: 'decision', keys: ['down', 'j'], action: 'down', label: 'choose a layer', footer: 1 },
  { context: 'decision', keys: [' '], action: 'open-layer', label: 'open a layer', footer: 2, must: 1 },
  { context: 'decision', keys: ['escape', 'enter'], action: 'back', label: 'close', footer: 9 },
  {
    context: 'decision',
    keys: ['left'],
    action: 'previous-check',
    label: 'other permission',
    footer: 3,
    must: 1,
  },
  { context: 'decision', keys: ['right'], action: 'next-check', label: 'other permission', footer: 3 },
  { context: 'decision', keys: ['pagedown'], action: 'page-down', label: 'scroll on', footer: 4, must: 1 },
  { context: 'decision', keys: ['tab'], action: 'next-pane', label: 'next pane' },
  { context: 'decision', keys: ['?'], action: 'help', label: 'help', footer: 8 },

  { context: 'player', keys: ['shift+tab'], action: 'next-pane', label: 'next pane', footer: 5, must: 1 },
  { context: 'player', keys: ['ctrl+y'], action: 'decision', label: 'why', footer: 4 },
  { context: 'player', keys: ['ctrl+x'], action: 'changes', label: 'what changed', footer: 5 },
  { context: 'player', keys: ['ctrl+r'], action: 'timeline', label: 'timeline', footer: 6 },
  { context: 'player', keys: ['ctrl+g'], action: 'words', label: 'words', footer: 7 },
  { context: 'player', keys: ['ctrl+o'], action: 'zoom', label: 'zoom', footer: 6 },
  { context: 'player', keys: ['shift+left'], action: 'narrower', label: 'move the border between panes' },
  { context: 'player', keys: ['shift+right'], action: 'wider', label: 'move the border between panes' },
  { context: 'player', keys: ['shift+up'], action: 'higher', label: 'move the border between panes' },
  { context: 'player', keys: ['shift+down'], action: 'lower', label: 'move the border between panes' },
  { context: 'player', keys: ['pageup'], action: 'page-up', label: 'scroll back', footer: 4, must: 1 },
  { context: 'player', keys: ['pagedown'], action: 'page-down', label: 'scroll on' },
  { context: 'player', keys: ['escape'], action: 'back', label: 'back', footer: 9 },

  { context: 'everywhere', keys: ['f1'], action: 'help', label: 'help', footer: 8 },
  { context: 'everywhere', keys: ['ctrl+c'], action: 'interrupt', label: 'clear the line, or quit' },
  { context: 'everywhere', keys: ['ctrl+z'], action: 'suspend', label: 'to the shell; fg comes back' },
  { context: 'everywhere', keys: ['ctrl+l'], action: 'redraw', label: 'draw the screen again' },
];

/** The binding that a key has in these contexts, most particular first; undefined when it has none. */
export function bindingFor(key: Key, contexts: readonly Context[]): Binding | undefined {
  const name = key.name === 'char' ? key.text : key.name;
  for (const context of contexts) {
    const found = bindings.find((binding) => binding.context === context && binding.keys.includes(name));
    if (found !== undefined) return found;
  }
  return undefined;
}
