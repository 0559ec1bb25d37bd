import { expect, it } from 'vitest';
import { calibrationText } from '../../src/course/calibration.ts';
import type { Confidence, ObservedPrediction } from '../../src/course/view.ts';

function made(confidence: Confidence, right: boolean): ObservedPrediction {
  return {
    step: 'a-step',
    prediction: { outcome: 'allowed', layer: null, confidence },
    observed: { outcome: right ? 'allowed' : 'denied', layers: [], code: null },
    right,
  };
}

it('says nothing before the first prediction', () => {
  expect(calibrationText([])).toBeNull();
});

it('counts what came true at each confidence, the surest first', () => {
  expect(calibrationText([made('guess', true), made('sure', true), made('sure', false)])).toBe(
    'So far your predictions came true: 1 of 2 when you were sure, 1 of 1 when it was a guess.',
  );
});

it('judges once there is enough to judge', () => {
  const sure = [made('sure', true), made('sure', true), made('sure', false)];
  expect(calibrationText(sure)).toMatch(/You are surer than you are right\.$/);
  expect(calibrationText([made('sure', true), made('sure', true), made('sure', true)])).toMatch(
    /trust it\.$/,
  );
  expect(calibrationText([made('guess', true), made('guess', true), made('guess', true)])).toMatch(
    /better than you think\.$/,
  );
});
