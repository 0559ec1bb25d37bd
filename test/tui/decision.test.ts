import { expect, it } from 'vitest';
import { eventInspection } from '../../src/shell/index.ts';
import { decisionRows, focusOn, layerNames } from '../../src/tui/decision.ts';
import { openCompany, run } from '../shell/company.ts';

const layers = [
  { layer: 'service-control', target: 'Root' },
  { layer: 'service-control', target: 'management' },
  { layer: 'identity', target: null },
] as const;

it('tells the levels of an organization apart, however narrow the pane is', () => {
  const whole = ['service control policy Root', 'service control policy management', 'identity policy'];
  expect(layerNames(layers, 76)).toEqual({ names: whole, nameWidth: 33 });
  for (const width of [40, 46, 56]) {
    const { names, nameWidth } = layerNames(layers, width);
    expect(names).toEqual(['SCP Root', 'SCP management', 'identity policy']);
    expect(nameWidth).toBeLessThanOrEqual(width - 4 - ' does not apply ◀ decides'.length);
  }
});

it('says of a request without a signature that anybody is answered, where no permission is asked for', () => {
  const { session } = run(openCompany(), 'curl https://none.s3.amazonaws.com/x');
  const examination = eventInspection(session, 1);
  const { lines } = decisionRows(examination, focusOn(1, examination), 100);
  const texts = lines.flatMap((spans) => spans.map(({ text }) => String(text)));
  expect(texts.join('\n')).toContain('to anybody, with credentials or without.');
});
