import { newScenario } from '../../src/course/authoring.ts';

/** A guided scenario, and the challenge that is left of it without everything that guides. */
export const guidedText = newScenario('reading-room', null).scenario;
export const challengeText = guidedText
  .replace('\nworld:', '\nchallenge: true\nhide: [why]\nworld:')
  .replace(/ {2}- say:[\s\S]*?(?= {2}# The learner changes)/, '')
  .replace(/ {4}# From a nudge[\s\S]*?(?= {4}solution:)/, '')
  .replace(/# At the end[\s\S]*$/, '');
