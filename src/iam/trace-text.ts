import type { LayerTrace, StatementTrace, Trace } from './decision.ts';
import { layerName } from './layer-names.ts';

const VERDICTS: Readonly<Record<LayerTrace['verdict'], string>> = {
  allows: 'allows',
  denies: 'DENIES',
  silent: 'silent',
  off: 'off',
};

/** How wide the text of a trace is, in characters. Only what cannot be broken, such as an ARN, may be wider. */
const WIDTH = 78;

/** A trace as compact text: a line a layer, a line a statement, and why each element of a statement failed or matched. */
export function traceText(trace: Trace): string {
  const lines: string[] = [];
  for (const layer of trace.layers) {
    const target = layer.target === null ? '' : ` at ${layer.target}`;
    const mark = layer.decided ? '>' : ' ';
    const head = `${layerName(layer.layer)}${target}: ${VERDICTS[layer.verdict]}. ${layer.note}`;
    lines.push(...wrapped(`${mark} `, head));
    for (const policy of layer.policies) {
      for (const statement of policy.statements) lines.push(...statementLines(policy.name, statement));
    }
  }
  lines.push(...wrapped('  ', trace.combination));
  return lines.join('\n');
}

function statementLines(policy: string, statement: StatementTrace): string[] {
  const name = statement.sid ?? String(statement.index + 1);
  const mark = statement.decided ? '>' : ' ';
  const matched = statement.matched ? 'matches' : 'no match';
  const shown = statement.matched
    ? statement.elements
    : statement.elements.filter((element) => !element.matched);
  return [
    ...wrapped(`${mark}   `, `${policy} [${name}] ${statement.effect}: ${matched}`),
    ...shown.flatMap((element) =>
      wrapped(`        ${element.matched ? '+' : '-'} `, `${element.element}: ${element.because}`),
    ),
  ];
}

/** The text after `start`, broken between words; what follows the first line is indented to stand below it. */
function wrapped(start: string, text: string): string[] {
  const indent = ' '.repeat(start.length + 2);
  const lines: string[] = [];
  let line = start;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines;
}
