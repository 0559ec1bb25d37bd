import type { Ask, LastTurn, RequestLine } from '../course/view.ts';
import { answerRowEnd, readAnswered } from '../shell/index.ts';
import { graphemes } from './column-width.ts';
import { emptyLine, type LineEditor, leftOpen } from './line-editor.ts';
import { markdownLines } from './markdown.ts';
import { type Line, line, linesOf, plainText, span, widthOf, wrap } from './styled-text.ts';

/** Rows of an ask, and where the cursor stands in them when something can be typed. */
export interface AskRows {
  readonly lines: readonly Line[];
  readonly cursor: { readonly row: number; readonly column: number } | null;
  /** Last row that has to be in sight: the end of the option under the marker. Null: the last of all. */
  readonly needed: number | null;
}

/** What the asks are shown with. While words of the text are read, Enter means something else, and that is said. */
export interface AskState {
  readonly choice: number;
  readonly tried: ReadonlySet<number>;
  readonly editor: LineEditor;
  readonly asking: LastTurn['asks'];
  readonly actor: string;
  readonly isReadingWords: boolean;
}

/** What the lower pane shows at its end: the question with its options, the line that Enter runs, or the prompt. */
export function askRows(ask: Ask, state: AskState, width: number): AskRows {
  const enter = state.isReadingWords ? 'Esc, then Enter' : 'Enter';
  switch (ask.kind) {
    case 'continue':
      return still([line(`${enter} goes on.`, 'faint')]);
    case 'reread':
      return still([
        line('You were here before: nothing is done again.', 'faint'),
        line(`${enter} goes on to the next page, Esc to where you were.`, 'faint'),
      ]);
    case 'end':
      return still([
        ...(ask.next === null ? [] : [line(`n goes on with “${ask.next}”.`, 'faint')]),
        line(`${enter} goes back to the lessons.`, 'faint'),
      ]);
    case 'run':
      return still([
        ...requestLines({ as: ask.as, run: ask.line }, width - 2).map(
          (row, index): Line => [span(index === 0 ? '▸ ' : '  ', 'accent'), ...row],
        ),
        line(`  ${enter} runs this line for you.`, 'faint'),
      ]);
    case 'choose':
      return chooseRows(ask, state, width);
    case 'task':
      return state.asking === null
        ? withWayOut(promptRows(`${state.actor}$ `, state.editor, width), state.editor.text, width)
        : questionRows(state.asking, state, width);
  }
}

function still(lines: readonly Line[]): AskRows {
  return { lines, cursor: null, needed: null };
}

function chooseRows(
  ask: Extract<Ask, { kind: 'choose' }>,
  { choice, tried }: AskState,
  width: number,
): AskRows {
  const lines: Line[] = ask.request === null ? [] : requestLines(ask.request, width);
  lines.push(...markdownLines(ask.question, width).map(bold));
  let needed = lines.length;
  ask.options.forEach((option, index) => {
    lines.push(
      ...optionLines(option, `${index + 1}${tried.has(index) ? '✗' : ' '}`, index === choice, width),
    );
    if (index === choice) needed = lines.length - 1;
  });
  return { lines, cursor: null, needed };
}

function bold(row: Line): Line {
  return row.map((part) => (part.role === 'plain' ? { ...part, role: 'strong' as const } : part));
}

function optionLines(option: string, number: string, chosen: boolean, width: number): Line[] {
  const lead = `${chosen ? '▸' : ' '} ${number} `;
  const rows = markdownLines(option, width - lead.length);
  return rows.map((row, at) => [
    span(at === 0 ? lead : ' '.repeat(lead.length), chosen ? 'accent' : 'plain'),
    ...(chosen ? bold(row) : row),
  ]);
}

/** Below a line that goes on over several rows because of a quote: how to come out of it. */
function withWayOut(rows: AskRows, text: string, width: number): AskRows {
  const open = text.includes('\n') ? leftOpen(text) : null;
  if (open === null || open === '\\') return rows;
  const words = `${openQuoteWords(open)}, Ctrl+C drops the line.`;
  return { ...rows, lines: [...rows.lines, ...wrap([span(words, 'faint')], width)] };
}

/** Why a line is not run yet, without a stop. */
export function openQuoteWords(quote: "'" | '"'): string {
  return `A quote is open: another ${quote} closes it`;
}

/** A line that asks: what it said so far, the question with what is typed, and how to answer or to leave. */
function questionRows(
  asking: NonNullable<LastTurn['asks']>,
  { actor, editor }: { actor: string; editor: LineEditor },
  width: number,
): AskRows {
  const { line: asked, said, before, question, advice, isHidden, problem } = asking;
  const above = [said, before].filter((text) => text !== '').flatMap((text) => linesOf(text));
  const head = [
    ...requestLines({ as: actor, run: readAnswered(asked).command }, width),
    ...above.flatMap((row) => wrap(row, width)),
  ];
  const typed = promptRows(question, isHidden ? emptyLine() : editor, width);
  const howTo = [advice, isHidden ? 'What you type is not shown.' : '', 'Esc leaves the questions.'];
  const how: Line =
    problem === null
      ? [span(howTo.filter((words) => words !== '').join(' '), 'faint')]
      : [span(problem, 'warn')];
  return {
    lines: [...head, ...typed.lines, ...wrap(how, width)],
    cursor: typed.cursor && { ...typed.cursor, row: head.length + typed.cursor.row },
    needed: null,
  };
}

/** A request as it would be typed: `web-1$ aws s3 ls`. Rows of answers have their own mark. */
export function requestLines(request: RequestLine, width: number): Line[] {
  const label = `${request.as}$ `;
  return linesOf(request.run, 'code').flatMap((row, index) =>
    wrap([span(index === 0 ? label : rowMark(row), 'faint'), ...row], width, [span('  ')]),
  );
}

function rowMark(row: Line): string {
  return plainText(row).startsWith('>') ? '' : '> ';
}

/** What is typed after a label, cut into rows by width, and the place of the cursor in them. */
function promptRows(label: string, editor: LineEditor, width: number): AskRows {
  const labels = wrap([span(label.trimEnd(), 'faint')], width);
  const last = `${plainText(labels.at(-1) ?? [])} `;
  const rows: { lead: string; text: string }[] = [{ lead: last, text: '' }];
  let cursor = { row: 0, column: widthOf(last) };
  let used = widthOf(last);
  let at = 0;
  const begin = (lead: string) => {
    rows.push({ lead, text: '' });
    used = widthOf(lead);
  };
  for (const part of graphemes(editor.text)) {
    if (part !== '\n' && used + widthOf(part) > width) begin('');
    if (at === editor.cursor) cursor = { row: rows.length - 1, column: used };
    if (part === '\n') {
      // A row that answers has its own mark.
      begin(answerRowEnd(editor.text, at + 1) === null ? '> ' : '');
    } else {
      const row = rows.at(-1);
      if (row !== undefined) row.text += part;
      used += widthOf(part);
    }
    at += part.length;
  }
  if (at === editor.cursor) {
    if (used >= width) begin('');
    cursor = { row: rows.length - 1, column: used };
  }
  const above = labels.slice(0, -1);
  const lines = [...above, ...rows.map((row): Line => [span(row.lead, 'faint'), span(row.text)])];
  return { lines, cursor: { ...cursor, row: above.length + cursor.row }, needed: null };
}
