import type { Examination } from '../cloud/index.ts';
import type { Decision, Layer, LayerTrace, PolicyTrace, StatementTrace, Trace } from '../iam/decision.ts';
import { layerName } from '../iam/index.ts';
import type { AuthorizationRequest } from '../iam/request.ts';
import { plainDocument, policyLines } from './policy-json.ts';
import { type Line, line, span, truncate, truncateMiddle, widthOf, wrap } from './styled-text.ts';
import type { Role } from './theme.ts';

/** What the decision view looks at: an event of the trail, one permission of it, one layer of that. */
export interface DecisionFocus {
  readonly event: number;
  readonly check: number;
  readonly layer: number;
  /** Layers that are open, by index in the trace. */
  readonly open: readonly number[];
}

/** The decision's pane: its rows, and where in them the chosen layer stands. */
export interface DecisionRows {
  readonly lines: readonly Line[];
  readonly layerAt: number;
}

const verdicts: Readonly<Record<LayerTrace['verdict'], { mark: string; word: string; role: Role }>> = {
  allows: { mark: '✓', word: 'allows', role: 'good' },
  denies: { mark: '✗', word: 'denies', role: 'bad' },
  silent: { mark: '·', word: 'silent', role: 'plain' },
  off: { mark: '–', word: 'does not apply', role: 'faint' },
};

// What a learner may miss in the list, in AWS's order. `trust`, `root` and `service` are special cases.
const usual: readonly Layer[] = [
  'resource-control',
  'service-control',
  'vpc-endpoint',
  'resource',
  'identity',
  'permissions-boundary',
  'session',
];

/** Where the view begins for an examination: at the permission that was refused, and its deciding layer. */
export function focusOn(event: number, examination: Examination | undefined): DecisionFocus {
  if (examination?.kind !== 'examined') return { event, check: 0, layer: 0, open: [] };
  const denied = examination.checks.findIndex((each) => each.decision.decision !== 'allowed');
  const check = Math.max(0, denied);
  return focusCheck({ event, check, layer: 0, open: [] }, examination, check);
}

/** The same event, another of its permissions. */
export function focusCheck(focus: DecisionFocus, examination: Examination, check: number): DecisionFocus {
  if (examination.kind !== 'examined') return focus;
  const decision = examination.checks[check]?.decision;
  if (decision === undefined) return focus;
  const layer = Math.max(
    0,
    decision.trace().layers.findIndex((each) => each.decided),
  );
  // Without a statement that decided, the reasons of those that did not match are the explanation.
  return { ...focus, check, layer, open: decision.statement === null ? [layer] : [] };
}

/** Layers of the permission in view; empty when nothing was decided. */
export function layersOf(examination: Examination | undefined, check: number): readonly LayerTrace[] {
  if (examination?.kind !== 'examined') return [];
  return examination.checks[check]?.decision.trace().layers ?? [];
}

/**
 * Lays out a decision: verdict, the layers in order, the deciding JSON, the explanation and the request. With `lit`
 * the request is still on its way: only so many layers have spoken.
 */
export function decisionRows(
  examination: Examination | undefined,
  focus: DecisionFocus,
  width: number,
  lit: number | null = null,
): DecisionRows {
  if (examination === undefined) {
    return { lines: wrap([span('This event is not at hand any more.', 'faint')], width), layerAt: 0 };
  }
  switch (examination.kind) {
    case 'unsupported':
      return prose('Not simulated', examination.refusal.error.message, width);
    case 'not-sent':
      return prose('Never sent', examination.message, width);
    case 'rejected':
      return prose(
        `Credentials not accepted: ${examination.error.code}`,
        `${examination.error.message.replace(/\.?$/, '.')} No policy was looked at.`,
        width,
      );
    case 'examined':
      return lit === null
        ? examinedRows(examination, focus, width)
        : travellingRows(examination, focus, width, lit);
  }
}

function prose(title: string, text: string, width: number): DecisionRows {
  return { lines: [line(title, 'heading'), [], ...wrap([span(text)], width)], layerAt: 0 };
}

function examinedRows(
  examination: Extract<Examination, { kind: 'examined' }>,
  focus: DecisionFocus,
  width: number,
): DecisionRows {
  const check = examination.checks[focus.check];
  if (check === undefined) {
    return prose(
      'No permission needed',
      examination.caller.account === ''
        ? 'AWS answers this request to anybody, with credentials or without.'
        : 'AWS answers this request to anybody with valid credentials.',
      width,
    );
  }
  const { decision } = check;
  const trace = decision.trace();
  const lines: Line[] = [...headRows(examination.checks.length, focus.check, check.input.request, width)];
  lines.push(...verdictRows(decision), []);
  lines.push([span('Layers', 'heading'), span('  in AWS’s order', 'faint')]);
  let layerAt = lines.length;
  const { names, nameWidth } = layerNames(trace.layers, width);
  trace.layers.forEach((layer, index) => {
    if (index === focus.layer) layerAt = lines.length;
    lines.push(layerRow(layer, names[index] ?? '', nameWidth, index === focus.layer));
    if (focus.open.includes(index)) lines.push(...openLayer(layer, width));
  });
  lines.push(...absentRows(trace, width));
  // The explanation mostly ends with this sentence.
  if (!decision.explanation.includes(trace.combination)) {
    lines.push(...wrap([span(trace.combination, 'faint')], width));
  }
  lines.push([], ...decidingPolicy(trace, width), ...wrap([span(decision.explanation)], width), []);
  lines.push(...requestRows(check.input.request, width));
  return { lines, layerAt };
}

/** The request on its way: what has spoken so far, and where it is. */
function travellingRows(
  examination: Extract<Examination, { kind: 'examined' }>,
  focus: DecisionFocus,
  width: number,
  lit: number,
): DecisionRows {
  const check = examination.checks[focus.check];
  if (check === undefined) return examinedRows(examination, focus, width);
  const all = layersOf(examination, focus.check);
  const { names, nameWidth } = layerNames(all, width);
  const layers = all.map((layer, index): Line => {
    const name = names[index] ?? '';
    if (index < lit) return layerRow(layer, name, nameWidth, index === lit - 1);
    return [span('  ○ ', 'faint'), span(truncate(name, width - 4), 'faint')];
  });
  const head = headRows(examination.checks.length, focus.check, check.input.request, width);
  const heading: Line = [span('Layers', 'heading'), span('  in AWS’s order', 'faint')];
  return { lines: [...head, [span('on its way …', 'faint')], [], heading, ...layers], layerAt: 0 };
}

function headRows(count: number, at: number, request: AuthorizationRequest, width: number): Line[] {
  const rows: Line[] = [
    [span(request.action, 'heading')],
    [span('on ', 'faint'), span(truncateMiddle(request.resource, width - 3), 'plain')],
  ];
  if (count < 2) return rows;
  return [
    ...wrap(
      [
        span(`Permission ${at + 1} of ${count}`, 'accent'),
        span('  this call needs all of them; ', 'faint'),
        span('← →', 'key'),
        span(count === 2 ? ' show the other one' : ' show the others', 'faint'),
      ],
      width,
    ),
    ...rows,
  ];
}

function verdictRows(decision: Decision): Line[] {
  const by = layerName(decision.decidedBy);
  switch (decision.decision) {
    case 'allowed':
      return [[span('✓ allowed', 'good'), span(` by ${by}`)]];
    case 'explicit-deny':
      return [
        [span('✗ denied', 'bad'), span(` by ${by}`)],
        line('explicit deny: a statement said no', 'faint'),
      ];
    case 'implicit-deny':
      return [
        [span('✗ denied', 'bad'), span(` by ${by}`)],
        line('implicit deny: who had to say yes did not', 'faint'),
      ];
  }
}

/** The layers' names, as wide as they all may be: with what they stand on, short where the long ones do not fit. */
export function layerNames(
  layers: readonly Pick<LayerTrace, 'layer' | 'target'>[],
  width: number,
): { names: string[]; nameWidth: number } {
  const room = Math.max(10, width - 4 - widthOf(` ${verdicts.off.word}`) - widthOf(DECIDES));
  const named = (nameOf: (layer: Layer) => string) =>
    layers.map(({ layer, target }) => (target === null ? layerName(layer) : `${nameOf(layer)} ${target}`));
  const whole = named(layerName);
  const names = whole.every((name) => widthOf(name) <= room)
    ? whole
    : named((layer) => short[layer] ?? layerName(layer));
  return { names, nameWidth: Math.min(room, Math.max(26, ...names.map(widthOf))) };
}

const DECIDES = ' ◀ decides';
const short: Partial<Readonly<Record<Layer, string>>> = {
  'service-control': 'SCP',
  'resource-control': 'RCP',
};

function layerRow(layer: LayerTrace, name: string, nameWidth: number, chosen: boolean): Line {
  const { mark, word, role } = verdicts[layer.verdict];
  const lead: Line = [span(chosen ? '▸ ' : '  ', 'accent'), span(`${mark} `, role)];
  const decides = layer.decided ? DECIDES : '';
  const label = truncate(name, nameWidth).padEnd(nameWidth);
  return [
    ...lead,
    span(label, layer.decided || chosen ? 'strong' : 'plain'),
    span(` ${word}`, role),
    span(decides, 'accent'),
  ];
}

function absentRows(trace: Trace, width: number): Line[] {
  const absent = usual.filter((layer) => !trace.layers.some((each) => each.layer === layer));
  if (absent.length === 0) return [];
  return wrap(
    [span('  – ', 'faint'), span(`not there: ${absent.map(layerName).join(', ')}`, 'faint')],
    width,
    [span('    ')],
  );
}

/** Every statement of a layer, and why each matched or did not. */
function openLayer(layer: LayerTrace, width: number): Line[] {
  const indent = span('      ');
  const note = wrap([span(layer.note)], width - 6).map((row): Line => [indent, ...row]);
  const policies = layer.policies.flatMap((policy) => policyReasons(policy, width - 6));
  return [...note, ...policies.map((row): Line => [indent, ...row])];
}

function policyReasons(policy: PolicyTrace, width: number): Line[] {
  const statements = policy.statements.flatMap((statement) => [
    statementHead(statement),
    ...statement.elements.flatMap((element) =>
      wrap(
        [
          span('    '),
          span(element.matched ? '✓ ' : '✗ ', element.matched ? 'good' : 'bad'),
          span(`${element.element}: `, 'strong'),
          span(element.because),
        ],
        width,
        [span('      ')],
      ),
    ),
  ]);
  return [[span(truncate(policy.name, width), 'strong')], ...statements];
}

function statementHead(statement: StatementTrace): Line {
  const name =
    statement.sid === null
      ? `statement ${statement.index + 1}`
      : `statement ${statement.index + 1} (${statement.sid})`;
  return [
    span('  '),
    span(`${statement.effect} `, statement.effect === 'Allow' ? 'good' : 'bad'),
    span(name),
    span(statement.matched ? '  matches' : '  does not match', statement.matched ? 'strong' : 'faint'),
    span(statement.decided ? ' ◀ decides' : '', 'accent'),
  ];
}

/** The policy whose statement decided, marked; for an implicit deny the policies that could have said yes. */
function decidingPolicy(trace: Trace, width: number): Line[] {
  const layer = trace.layers.find((each) => each.decided);
  if (layer === undefined) return [];
  for (const policy of layer.policies) {
    const statement = policy.statements.find((each) => each.decided);
    if (statement === undefined) continue;
    return [
      [span('Policy ', 'heading'), span(truncate(policy.name, width - 7), 'accent')],
      ...policyLines(policy.document, statement, width),
      [],
    ];
  }
  return layer.policies.flatMap((policy) => [
    [
      span('Policy ', 'heading'),
      span(truncate(policy.name, width - 16), 'accent'),
      span('  no match', 'faint'),
    ],
    ...plainDocument(policy.document, width),
    [],
  ]);
}

function requestRows(request: AuthorizationRequest, width: number): Line[] {
  const principal =
    typeof request.principal === 'string' ? request.principal : Object.values(request.principal).join('');
  const values: [string, string][] = [
    ['principal', principal],
    ['action', request.action],
    ['resource', request.resource],
    ...Object.entries(request.context ?? {}).map(([key, value]): [string, string] => [
      key,
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  ];
  return [
    line('Request', 'heading'),
    ...values.flatMap(([name, value]) =>
      wrap([span(`  ${name}  `.padEnd(13), 'faint'), span(value)], width, [span('    ')]),
    ),
  ];
}
