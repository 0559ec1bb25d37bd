import type { Ask } from '../course/view.ts';
import { freeLogName, type Session } from '../shell/index.ts';
import { type AskRows, askRows } from './ask.ts';
import { emptyLine, type LineEditor } from './line-editor.ts';
import { line, span, widthOf, wrap } from './styled-text.ts';
import type { TimelineFocus } from './timeline.ts';

/** What is asked before somebody goes on from an earlier moment of the timeline. */
export type KeepAsk =
  /** Whether what came after is kept as a file; `choice` is the index of the option under the marker. */
  | { readonly kind: 'keeping'; readonly choice: number }
  /** The name of the file. */
  | { readonly kind: 'naming'; readonly name: LineEditor; readonly problem: string | null };

/** The options, in their order. */
export const KEEPING = ['keep', 'forget', 'name'] as const;

/** What the lower pane shows while it is asked. */
export function keepAskRows(session: Session, at: number, ask: KeepAsk, width: number): AskRows {
  switch (ask.kind) {
    case 'keeping':
      return askRows(
        question(session, at),
        {
          choice: ask.choice,
          tried: new Set(),
          editor: emptyLine(),
          asking: null,
          actor: '',
          isReadingWords: false,
        },
        width,
      );
    case 'naming':
      return nameRows(ask.name, ask.problem, width);
  }
}

function question(session: Session, at: number): Ask {
  const where = at === 0 ? 'at the start' : `after line ${at}`;
  return {
    kind: 'choose',
    question: `Go on ${where}? What came after is taken back; \`redo\` brings it again. Keep it in a file, too?`,
    options: [
      `Yes, as ${freeLogName(session)} in the folder you started in`,
      'No, without a file',
      'Yes, under another name',
    ],
    request: null,
  };
}

function nameRows(name: LineEditor, problem: string | null, width: number): AskRows {
  const label = 'Name of the file: ';
  // The end that is typed at stays in sight.
  const before = name.text.slice(0, name.cursor);
  let first = 0;
  while (widthOf(label) + widthOf(before.slice(first)) >= width) first++;
  return {
    lines: [
      [span(label, 'strong'), span(name.text.slice(first))],
      ...wrap(
        [span(problem ?? 'A name such as first-try.json.', problem === null ? 'faint' : 'warn')],
        width,
      ),
      line('Enter keeps it and goes on, Esc goes back.', 'faint'),
    ],
    cursor: { row: 0, column: widthOf(label) + widthOf(before.slice(first)) },
    needed: null,
  };
}

/** What is asked in the timeline; null while nothing is. */
export function keepAskOf({ timeline }: { readonly timeline: TimelineFocus | null }): KeepAsk | null {
  return timeline?.ask ?? null;
}
