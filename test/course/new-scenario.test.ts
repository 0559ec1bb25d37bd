import { describe, expect, test } from 'vitest';
import { checkCourse, checkMutants, formatProblem, newScenario } from '../../src/course/authoring.ts';

function filesOf(id: string) {
  const { scenario, lesson } = newScenario(id, '../schemas/scenario.json');
  return [
    { name: `${id}.yaml`, text: scenario },
    { name: `${id}.md`, text: lesson },
  ];
}

describe('a new scenario', () => {
  test('passes its check as it is, and no mutant goes unnoticed', () => {
    const files = filesOf('night-school');
    expect(checkCourse(files).problems.map(formatProblem)).toEqual([]);
    expect(checkMutants(files).problems.map(formatProblem)).toEqual([]);
  });

  test('has the id it was asked for, and a title made of it', () => {
    const [scenario, lesson] = filesOf('night-school');
    expect(scenario?.text).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schemas\/scenario\.json\nformat: 1\nid: night-school\ntitle: "Night school"\n/,
    );
    expect(lesson?.text).toContain('\nscenario: night-school\n');
  });

  test.each(['1', 'null', '2026-03-02', 'a'])('is sound with the id %s', (id) => {
    expect(checkCourse(filesOf(id)).problems.map(formatProblem)).toEqual([]);
  });
});
