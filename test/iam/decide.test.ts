import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decideText, resultLine, resultText } from '../../src/iam/index.ts';

const request = {
  principal: 'arn:aws:iam::111122223333:user/joanne',
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::site/index.html',
};
const readers = {
  name: 'readers',
  document: {
    Version: '2012-10-17',
    Statement: [{ Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*' }],
  },
};
const allowed = { id: 'yes', request, policies: { identity: [readers] } };
const denied = { id: 'no', request };
const plain = { trace: false, from: null };

describe('decideText', () => {
  it('evaluates one object', () => {
    const { results, exit } = decideText(JSON.stringify(allowed, null, 2));
    expect(exit).toBe(0);
    expect(JSON.parse(resultLine(results[0] ?? never(), plain))).toEqual({
      id: 'yes',
      decision: 'allowed',
      decidedBy: 'identity',
      alsoBlockedBy: [],
      policy: 'readers',
      statement: 'Read',
      message: null,
      explanation: expect.stringContaining('Statement "Read" of the identity policy "readers" allows it.'),
      missingContext: [],
    });
  });

  it('evaluates a list, and one object a line', () => {
    const list = decideText(JSON.stringify([allowed, denied]));
    const lines = decideText(`${JSON.stringify(allowed)}\n\n${JSON.stringify(denied)}\n`);
    const outcomes = (all: typeof list) =>
      all.results.map((one) => one.kind === 'decided' && one.decision.decision);
    expect(outcomes(list)).toEqual(['allowed', 'implicit-deny']);
    expect(outcomes(lines)).toEqual(outcomes(list));
  });

  it('comes to 1 when an expectation does not hold', () => {
    const { results, exit } = decideText(
      JSON.stringify([
        { ...allowed, expect: 'allowed' },
        { ...denied, expect: 'allowed' },
      ]),
    );
    expect(exit).toBe(1);
    expect(results.map((one) => one.kind === 'decided' && one.held)).toEqual([true, false]);
    expect(resultText(results[1] ?? never(), plain)).toContain('Not as expected: allowed was expected.');
  });

  it('comes to 2 for bad input, says where, and evaluates the others', () => {
    const bad = [
      { ...allowed, policies: { identity: [{ name: 'p', document: { Statement: { Effect: 'Maybe' } } }] } },
      { ...allowed, polices: {} },
      { ...allowed, request: { ...request, resourse: '*' } },
      { ...allowed, expect: 'denied' },
      { ...allowed, facts: { serviceLinkedRole: 1 } },
      7,
    ];
    const { results, exit } = decideText(JSON.stringify([...bad, allowed]));
    expect(exit).toBe(2);
    expect(
      results.map((one) => (one.kind === 'problem' ? one.refusal.error.path : one.decision.decision)),
    ).toEqual([
      'policies.identity[0].document.Statement.Effect',
      'polices',
      'request.resourse',
      'expect',
      'facts.serviceLinkedRole',
      '',
      'allowed',
    ]);
    expect(resultText(results[1] ?? never(), plain)).toContain('Did you mean policies?');
  });

  it('says at which line and column the text is not JSON', () => {
    expect(resultText(decideText('{\n  "id": 1,\n}').results[0] ?? never(), plain)).toContain(
      'line 2, column 10',
    );
    const { results } = decideText(`${JSON.stringify(allowed)}\n{"id": }`);
    expect(results.map((one) => one.kind)).toEqual(['decided', 'problem']);
    expect(resultText(results[1] ?? never(), plain)).toContain('line 2, column 8');
  });

  it('evaluates the other lines when one is bad, the first one too', () => {
    for (const bad of ['{"id": "1", "request": {', 'what is this?', '{"request": }']) {
      const { results, exit } = decideText(
        [bad, JSON.stringify(allowed), JSON.stringify(denied)].join('\r\n'),
      );
      expect(exit).toBe(2);
      expect(results.map((one) => one.kind)).toEqual(['problem', 'decided', 'decided']);
      expect(resultText(results[0] ?? never(), plain)).toContain('line 1, column');
    }
  });

  it('takes one object over several lines for one, however it is broken into lines', () => {
    const { results } = decideText(`{"request": ${JSON.stringify(request)}, "facts": {}}\n\n`);
    expect(results.map((one) => one.kind)).toEqual(['decided']);
    const broken = decideText(`{"id": "x", "request": ${JSON.stringify(request)}\n, "facts": {}}`);
    expect(broken.results.map((one) => one.kind)).toEqual(['decided']);
    const list = decideText(`[\n${JSON.stringify(allowed)}\n${JSON.stringify(allowed)}\n]`);
    expect(list.results.map((one) => one.kind)).toEqual(['problem']);
  });

  it('has nothing to decide in empty text', () => {
    expect(decideText(' \n').exit).toBe(2);
    expect(decideText('[]').exit).toBe(2);
  });

  it('adds the trace when asked', () => {
    const [result] = decideText(JSON.stringify(allowed)).results;
    const line: unknown = JSON.parse(resultLine(result ?? never(), { trace: true, from: null }));
    expect(line).toMatchObject({
      trace: { layers: [{ layer: 'identity', verdict: 'allows', decided: true }] },
    });
    expect(resultText(result ?? never(), { trace: true, from: null })).toContain(
      '+ Resource: arn:aws:s3:::site/index.html matches',
    );
  });

  it('names the file when there are several', () => {
    const { results } = decideText(JSON.stringify([denied, 7]));
    const format = { trace: false, from: 'b.json' };
    expect(resultText(results[0] ?? never(), format)).toMatch(/^Request 1 of b\.json \(no\): /);
    expect(JSON.parse(resultLine(results[1] ?? never(), format))).toMatchObject({ file: 'b.json', index: 1 });
  });

  it('keeps the text of a trace within eighty columns', () => {
    const [result] = decideText(
      JSON.stringify({
        ...denied,
        policies: { serviceControl: [{ target: 'r-root', policies: [readers] }] },
      }),
    ).results;
    const [, trace = ''] = resultText(result ?? never(), { trace: true, from: null }).split('action\n');
    expect(trace.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(trace).toContain('grants');
  });

  it('lets other fields be, such as a comment', () => {
    expect(decideText(JSON.stringify({ ...allowed, comment: 'why' })).exit).toBe(0);
  });
});

it('has a schema that names the fields of an input', () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../src/iam/decide.schema.json'), 'utf8'),
  );
  expect(Object.keys(schema.$defs.input.properties)).toEqual([
    'id',
    'expect',
    'request',
    'policies',
    'facts',
  ]);
  expect(Object.keys(schema.$defs.policies.properties)).toHaveLength(7);
  for (const part of ['input', 'request', 'policies', 'facts']) {
    expect(schema.$defs[part].additionalProperties, part).toBe(false);
  }
});

function never(): never {
  throw new Error('there is no such result');
}
