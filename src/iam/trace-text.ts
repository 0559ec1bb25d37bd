import type { LayerTrace, StatementTrace, Trace } from './decision.ts';
import { layerName } from './layer-names.ts';

const VERDICTS: Readonly<Record<LayerTrace['verdict'], string>> = {
  allows: 'allows',
  denies: 'DENIES',
  silent: 'silent',
  off: 'off',
};

/** A trace as compact text: a line a layer, a line a statement, and why each element of a statement failed or matched. */
export function traceText(trace: Trace): string {
  const lines: string[] = [];
  for (const layer of trace.layers) {
    const target = layer.target === null ? '' : ` at ${layer.target}`;
    const mark = layer.decided ? '>' : ' ';
    lines.push(`${mark} ${layerName(layer.layer)}${target}: ${VERDICTS[layer.verdict]}. ${layer.note}`);
    for (const policy of layer.policies) {
      for (const statement of policy.statements) lines.push(...statementLines(policy.name, statement));
    }
  }
  lines.push(`  ${trace.combination}`);
  return lines.join('\n');
}

function statementLines(policy: string, statement: StatementTrace): string[] {
  const name = statement.sid ?? String(statement.index);
  const mark = statement.decided ? '>' : ' ';
  const matched = statement.matched ? 'matches' : 'no match';
  const head = `${mark}   ${policy} [${name}] ${statement.effect}: ${matched}`;
  const shown = statement.matched
    ? statement.elements
    : statement.elements.filter((element) => !element.matched);
  return [
    head,
    ...shown.map(
      (element) => `        ${element.matched ? '+' : '-'} ${element.element}: ${element.because}`,
    ),
  ];
}
