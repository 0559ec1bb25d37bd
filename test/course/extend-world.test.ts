import { describe, expect, test } from 'vitest';
import { checkCourse, compileCourse, formatProblem } from '../../src/course/authoring.ts';
import { scenarioText } from './two-readers.ts';

const company = `format: 1
world:
  clock: 2026-03-02T09:00:00Z
  accounts:
    "111122223333":
      name: Acme
      users:
        ann: {policies: [AdministratorAccess]}
        bob: {}
        eve: {}
      buckets:
        notes:
          objects: {public/today.txt: Rainy, private/diary.txt: Dear diary}
`;

/** The sample scenario, which says only what is special to it. */
const special = scenarioText.replace(
  /world:[\s\S]*?(?=start: ann)/,
  `world:
  extends: company.yaml
  accounts:
    "111122223333":
      instances:
        web-1: { id: i-0a1b2c3d4e5f60001 }
      buckets:
        notes:
          objects: { public/today.txt: Sunny }
`,
);

function compiled(base: string, scenario = special) {
  const read = compileCourse([
    { name: 'course/company.yaml', text: base },
    { name: 'course/two-readers.yaml', text: scenario },
  ]);
  return 'problems' in read ? read.problems.map(formatProblem) : read.course.scenarios;
}

describe('a world that extends another', () => {
  test('has what both say, and its own word where both speak', () => {
    expect(compiled(company)).toMatchObject([
      {
        world: {
          accounts: {
            '111122223333': {
              name: 'Acme',
              users: { bob: {}, eve: {} },
              instances: { 'web-1': {} },
              buckets: {
                notes: { objects: { 'public/today.txt': 'Sunny', 'private/diary.txt': 'Dear diary' } },
              },
            },
          },
        },
      },
    ]);
    const files = [
      { name: 'company.yaml', text: company },
      { name: 'two-readers.yaml', text: special },
    ];
    expect(checkCourse(files).problems.map(formatProblem)).toEqual([]);
  });

  test('is another content once the other file changes', () => {
    const versions = [company, company.replace('Rainy', 'Foggy')].map((base) => {
      const [scenario] = compiled(base);
      return typeof scenario === 'object' ? scenario.version : '';
    });
    expect(versions[0]).not.toBe(versions[1]);
  });

  test('has its faults where they are written', () => {
    expect(compiled(company.replace('bob: {}', 'bob: {polices: []}'))).toEqual([
      'course/company.yaml:9:15: `polices` is not a field here.\n    Did you mean `policies`?',
    ]);
    expect(compiled(company.replace('bob: {}', 'bob: {boundary: None}'))[0]).toMatch(
      /^course\/company\.yaml:9:25: /,
    );
    expect(
      compiled(company, special.replace('web-1: { id: i-0a1b2c3d4e5f60001 }', 'web-1: {id: 7}'))[0],
    ).toMatch(/^course\/two-readers\.yaml:11:21: /);
    expect(compiled('format: 1\nworld:\n  clock: yes\n  nothing: {}\n')[0]).toContain('course/company.yaml');
  });

  test('may extend one that extends a third; a circle is found', () => {
    const middle = 'format: 1\nworld:\n  extends: ground.yaml\n  seed: x\n';
    const read = (ground: string) =>
      compileCourse([
        { name: 'company.yaml', text: middle },
        { name: 'ground.yaml', text: ground },
        { name: 'two-readers.yaml', text: special },
      ]);
    expect(read(company)).toMatchObject({ course: { scenarios: [{ world: { seed: 'x' } }] } });
    expect(read(company.replace('world:\n', 'world:\n  extends: two-readers.yaml\n'))).toMatchObject({
      problems: [
        {
          file: 'ground.yaml',
          line: 3,
          what: 'These worlds extend each other: two-readers.yaml, company.yaml, ground.yaml, two-readers.yaml.',
        },
      ],
    });
  });
});
