import { expect, it } from 'vitest';
import { layerNames } from '../../src/tui/decision.ts';

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
