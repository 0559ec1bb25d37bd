import { describe, expect, test } from 'vitest';
import { checkCourse, checkScenario, compileCourse, readScenario } from '../../src/course/authoring.ts';
import { lessonText, scenarioText } from './two-readers.ts';

const files = [
  { name: 'two-readers.md', text: lessonText },
  { name: 'two-readers.yaml', text: scenarioText },
];

/** The first problem of the sample scenario after one edit, with the text that stands where it points. */
function faultAfter(find: string | RegExp, put: string) {
  const text = scenarioText.replace(find, put);
  expect(text).not.toBe(scenarioText);
  const read = readScenario('two-readers.yaml', text);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const { problems } = checkScenario(read);
  const [problem] = problems;
  const line = text.split('\n')[(problem?.line ?? 0) - 1] ?? '';
  const whats = problems.map((one) => one.what);
  return { whats, what: problem?.what, mend: problem?.mend, at: line.slice((problem?.column ?? 1) - 1) };
}

describe('a sound scenario', () => {
  test('has no problems, and what was proven is counted', () => {
    expect(checkCourse(files)).toEqual({
      problems: [],
      warnings: [],
      counts: { goals: 3, predictions: 3, nearMisses: 2, alternatives: 1, claims: 6 },
    });
  });

  test('compiles to plain JSON', () => {
    const compiled = compileCourse(files);
    if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems));
    expect(JSON.parse(JSON.stringify(compiled.course))).toEqual(compiled.course);
    expect(compiled.course.lessons[0]).toMatchObject({ id: 'reading', scenario: 'two-readers', order: 3 });
    expect(compiled.course.lessons[0]?.pages.map(({ title }) => title)).toEqual(['A request', 'An answer']);
  });
});

describe('a fault in the proof is found where it stands', () => {
  test('a start that meets every goal', () => {
    const policy =
      '{Version: "2012-10-17", Statement: {Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::notes/public/*"}}';
    const { whats } = faultAfter('bob: {}', `bob: {inline: {p: ${policy}}}`);
    expect(whats).toContain('Every goal holds before the task begins.');
  });

  test('a solution that misses a goal', () => {
    const { what, mend, at } = faultAfter(/(solution:[\s\S]*?notes\/)public/, '$1private');
    expect(what).toBe('The solution does not meet `reads`, `private`.');
    expect(mend).toContain('Bob cannot read it yet.');
    expect(at).toMatch(/^- write:/);
  });

  test('a line of a solution that is refused', () => {
    const { what, mend, at } = faultAfter(
      'put-user-policy --user-name bob --policy-name read --policy-document file://read.json',
      'put-user-policy --user-name rob --policy-name read --policy-document file://read.json',
    );
    expect(what).toBe('This line does not do its work.');
    expect(mend).toContain('NoSuchEntity');
    expect(at).toMatch(/^aws iam put-user-policy --user-name rob/);
  });

  test('an alternative that misses a goal', () => {
    const { what } = faultAfter(/(alternatives:[\s\S]*?notes\/)public/, '$1nothing');
    expect(what).toBe('The alternative "inline, over two lines" does not meet `reads`.');
  });

  test('a near miss that passes the goal it should fail', () => {
    const { what, mend, at } = faultAfter('fails: private', 'fails: eve-out');
    expect(what).toBe('The near miss "the whole bucket" passes the goal `eve-out`, which it should fail.');
    expect(mend).toBe('It fails `private`.');
    expect(at).toBe('eve-out');
  });

  test('a line of a near miss that does nothing, and not what then comes of the goal', () => {
    const { whats } = faultAfter(/(near-misses:[\s\S]*?)--user-name bob/, '$1--user-name rob');
    expect(whats).toEqual(['This line does not do its work.']);
  });

  test('a file that only the solution writes', () => {
    const { mend } = faultAfter(
      /(alternatives:[\s\S]*?run: )\|\n(.*\n){3}/,
      '$1aws iam put-user-policy --user-name bob --policy-name read --policy-document file://other.json\n',
    );
    expect(mend).toContain('Each alternative and near miss begins where the task begins');
  });

  test('an id that another file has', () => {
    const again = { name: 'again.yaml', text: scenarioText };
    expect(checkCourse([...files, again]).problems.map(({ file, what }) => `${file}: ${what}`)).toEqual([
      'again.yaml: The id `two-readers` is already that of two-readers.yaml.',
    ]);
  });

  test('a claim in a reveal that is not true', () => {
    const { what, mend, at } = faultAfter('claim:allowed#ann', 'claim:denied/session#ann');
    expect(what).toBe('`claim:denied/session#ann` is not true here.');
    expect(mend).toContain('`ann` may do `s3:GetObject`');
    expect(mend).toContain('Write `claim:allowed#ann`');
    expect(at).toMatch(/^claim:denied\/session#ann\)/);
  });

  test('a claim in a text that is not true', () => {
    expect(faultAfter('claim:allowed#admin', 'claim:not-sent#admin').what).toBe(
      '`claim:not-sent#admin` is not true here.',
    );
  });

  test('a prediction that cannot be decided', () => {
    const { what, at } = faultAfter(
      /request: ?\{ ?as: web-1, run: [^}]*\}/,
      'request: {as: web-1, run: help}',
    );
    expect(what).toMatch(/^This prediction cannot be decided/);
    expect(at).toMatch(/^help/);
  });

  test('predictions that all end the same way', () => {
    const { what, at } = faultAfter(
      /as: bob(, run: [^}]*\}\s*reveal: It was )\[allowed\]\(claim:allowed\)/,
      'as: eve$1refused',
    );
    expect(what).toBe('Every prediction ends the same way: refused.');
    expect(at).toBe('bob-again');
  });

  test('a goal whose line sends no request', () => {
    const { what, at } = faultAfter(
      /request: ?\{ ?as: eve, run: [^}]*\}/,
      'request: {as: eve, run: whoami --x}',
    );
    expect(what).toBe('This line sends no request.');
    expect(at).toMatch(/^whoami/);
  });

  test('but not one whose line needs what is given first', () => {
    const { whats } = faultAfter(
      /given:\s+- \{[^}]*\}\s+request: ?\{ ?as: eve, run: [^}]*\}/,
      'given: [{as: ann, run: aws s3api get-object --bucket notes --key public/today.txt made.json}]\n        request: {as: eve, run: "aws iam put-user-policy --user-name bob --policy-name p --policy-document file://made.json"}',
    );
    expect(whats).not.toContain('This line sends no request.');
  });

  test('too few hints', () => {
    const { what } = faultAfter(/ +- ?\{ ?when: [^}]*\}\n +- ?\{ ?when: [^}]*\}\n/, '');
    expect(what).toBe('A task has at least 3 hints, this one has 2.');
  });

  test('an early hint that gives the solution away', () => {
    const { what, at } = faultAfter(
      'That is too much.',
      'Type `aws iam put-user-policy --user-name bob --policy-name read --policy-document file://read.json`.',
    );
    expect(what).toBe('This hint gives a whole line of the solution away.');
    expect(at).toMatch(/^Type/);
  });

  test('a wrong option that names no misconception', () => {
    const { what } = faultAfter('misconception: silence-allows, ', '');
    expect(what).toBe('This wrong option does not name the misconception it shows.');
  });

  test('too few questions', () => {
    const { what, at } = faultAfter(/ +- id: q4[\s\S]*$/, '');
    expect(what).toBe('A quiz has at least 4 questions, this one has 3.');
    expect(at).toMatch(/^- id: q1/);
  });

  test('a lesson without a quiz', () => {
    const text = scenarioText.slice(0, scenarioText.indexOf('\nquiz:'));
    const course = [
      { name: 'two-readers.md', text: lessonText },
      { name: 'two-readers.yaml', text },
    ];
    const [problem] = checkCourse(course).problems;
    expect(problem?.what).toBe('A quiz has at least 4 questions, this one has 0.');
    const read = readScenario('two-readers.yaml', text);
    expect('problems' in read ? read.problems : checkScenario(read).problems).toEqual([]);
  });

  test('a demonstration that cannot be read', () => {
    const { what, at } = faultAfter('run: whoami, note', 'run: aws s4 ls, note');
    expect(what).toBe('The prompt cannot read this line.');
    expect(at).toMatch(/^aws s4 ls/);
  });
});

describe('what is to be read', () => {
  test('a text too long for one idea', () => {
    const { what, at } = faultAfter('text: Bob has no policy at all.', `text: ${'Bob waits. '.repeat(61)}`);
    expect(what).toBe('This text has 122 words: at most 120 are read.');
    expect(at).toMatch(/^Bob waits/);
  });

  test('a right option that can be told by its length', () => {
    const long = 'An implicit deny, which is what every request without a yes comes to';
    const { what, at } = faultAfter('text: Denied, right', `text: "${long}", right`);
    expect(what).toBe('The right option is much longer than the others.');
    expect(at).toMatch(/^"An implicit deny/);
  });

  test('a lesson of one page, and a page too long', () => {
    const [front = '', , page = ''] = lessonText.split(/^---$/m).slice(1);
    const lesson = (text: string) =>
      checkCourse([{ name: 'a.md', text }]).problems.map(({ line, what }) => `${line}: ${what}`);
    expect(lesson(`---${front}---\n# One\n\nOnly one.\n`)).toEqual([
      '1: A lesson has 2 to 5 pages, this one has 1.',
    ]);
    const text = `---${front}---\n# One\n\nOne.\n---\n# Two\n\n${'Two words. '.repeat(101)}`;
    expect(page).not.toBe('');
    const [problem] = lesson(text);
    expect(problem).toMatch(/: The page "Two" has 202 words: at most 200 are read\.$/);
    expect(text.split('\n')[Number.parseInt(problem ?? '', 10) - 1]).toMatch(/^Two words/);
  });
});

describe('files that do not go together', () => {
  test('a lesson whose scenario is not there', () => {
    const lesson = {
      name: 'a.md',
      text: lessonText.replace('scenario: two-readers', 'scenario: two-raeders'),
    };
    const compiled = compileCourse([lesson, { name: 'two-readers.yaml', text: scenarioText }]);
    expect(compiled).toMatchObject({
      problems: [{ file: 'a.md', line: 9, column: 11, mend: 'Did you mean `two-readers`?' }],
    });
  });

  test('two files with one id', () => {
    const compiled = compileCourse([...files, { name: 'again.yaml', text: scenarioText }]);
    expect(compiled).toMatchObject({ problems: [{ file: 'again.yaml', line: 2, column: 5 }] });
  });

  test('two lessons at one place in the course', () => {
    const again = { name: 'again.md', text: lessonText.replace('id: reading', 'id: again') };
    expect(compileCourse([...files, again])).toEqual({
      problems: [
        {
          file: 'again.md',
          line: lessonText.split('\n').findIndex((line) => line.startsWith('order:')) + 1,
          column: 8,
          what: 'The order 3 is already that of two-readers.md.',
          mend: 'A course has each place once: give this lesson another.',
        },
      ],
    });
  });

  test('a file that is neither', () => {
    expect(compileCourse([{ name: 'notes.txt', text: '' }])).toMatchObject({
      problems: [{ file: 'notes.txt' }],
    });
  });

  test('a README among them is left alone', () => {
    expect(compileCourse([...files, { name: 'scenarios/README.md', text: '# How' }])).toHaveProperty(
      'course',
    );
  });
});

describe('an actor that a line makes', () => {
  const scenario = (session: string) => `format: 1
id: deploy
title: Deploy
minutes: 10
summary: A role is assumed, then used.
world:
  clock: 2026-03-02T09:00:00Z
  accounts:
    "111122223333":
      name: Acme
      users:
        ann: {policies: [AdministratorAccess]}
      roles:
        Deploy:
          trust: {Version: "2012-10-17", Statement: {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:user/ann"}, Action: "sts:AssumeRole"}}
start: ann
steps:
  - say: assume
    title: Assume
    text: Ann takes the role on.
    demo:
      - {as: ann, run: aws sts assume-role --role-arn arn:aws:iam::111122223333:role/Deploy --role-session-name ci}
      - {as: ${session}, run: aws sts get-caller-identity}
`;
  const problems = (session: string) =>
    checkCourse([{ name: 'deploy.yaml', text: scenario(session) }]).problems.map(({ what }) => what);

  test('is there once it is made', () => {
    expect(problems('Deploy/ci')).toEqual([]);
  });

  test('is missed by its line where none has made it', () => {
    expect(problems('Deploy/cj')).toEqual(['Nobody called `Deploy/cj` is there by now.']);
  });

  test('may be made by who found a key', () => {
    const text = `format: 1
id: found
title: Found
minutes: 10
summary: A key is found.
world:
  clock: 2026-03-02T09:00:00Z
  accounts:
    "111122223333":
      name: Acme
      users:
        ann: {policies: [AdministratorAccess], accessKeys: 1}
  codeHost:
    exposed: {ann: config.py}
    quarantine: null
    attacker: {after: 60, does: [{operation: "iam:CreateUser", input: {UserName: shadow}}]}
start: ann
steps:
  - say: later
    title: Later
    text: An hour later.
    demo:
      - {as: ann, run: wait 1h}
      - {as: shadow, run: whoami}
`;
    expect(checkCourse([{ name: 'found.yaml', text }]).problems).toEqual([]);
  });
});

describe('a world that extends another', () => {
  const company = {
    name: 'company.yaml',
    text: 'format: 1\nworld:\n  clock: 2026-03-02T09:00:00Z\n  accounts:\n    "111122223333":\n      name: Acme\n      users: {ann: {policies: [AdministratorAccess]}}\n      queues: {orders: {}}\n',
  };
  const extending = (id: string) => ({
    name: `${id}.yaml`,
    text: `format: 1\nid: ${id}\ntitle: A\nminutes: 5\nsummary: A.\nworld: {extends: company.yaml}\nstart: ann\nsteps:\n  - {say: hello, title: Hello, text: Hello.}\n`,
  });

  test('may inherit what it does not name', () => {
    expect(checkCourse([company, extending('one')]).warnings).toEqual([]);
  });

  test('says what is wrong with the other once, however many extend it', () => {
    const broken = { ...company, text: company.text.replace('AdministratorAccess', 'Administrator') };
    const { problems } = checkCourse([broken, extending('one'), extending('two')]);
    expect(problems.map(({ file, line }) => `${file}:${line}`)).toEqual(['company.yaml:7']);
  });
});

test('where `why` is hidden from the learner, the author is told why', () => {
  const text = scenarioText
    .replace('start: ann', 'challenge: true\nhide: [why]\nstart: ann')
    .replace(/(solution:[\s\S]*?notes\/)public/, '$1private');
  const mends = checkCourse([{ name: 'two-readers.yaml', text }]).problems.map(({ mend }) => mend);
  expect(mends.find((mend) => mend.startsWith('Bob cannot read it yet.'))).toContain('s3:GetObject');
});
