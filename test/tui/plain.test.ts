import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runPlain, type Start } from '../../src/tui/index.ts';
import { lessonIds, MemoryCourse, scenarioOf } from './course.ts';

/** A pipe to the dialogue: `answer` is asked for a line whenever the dialogue has asked something. */
async function converse(
  lesson: string | null,
  answer: (said: string) => { line: string; saves?: string } | null,
  kind: 'lesson' | 'sandbox' = 'lesson',
): Promise<{ text: string; code: number; course: MemoryCourse }> {
  const stdin = new PassThrough();
  const course = new MemoryCourse();
  let text = '';
  let said = '';
  let saves = '';
  const stdout = new Writable({
    decodeStrings: false,
    write: (data: string, _encoding, done) => {
      text += data;
      said += data;
      done();
      if (!/(Press Enter to [^\n]*|Type a [^\n]*|quit leaves\.)\n\n$/.test(said)) return;
      const reply = answer(said);
      said = '';
      if (reply === null) return void stdin.end();
      saves = reply.saves ?? saves;
      stdin.write(`${reply.line}\n`);
    },
  });
  const edit = async () => ({ content: saves });
  const folder = { write: async () => '', read: async () => null };
  const start: Start = lesson === null ? { kind: 'home' } : { kind, lesson };
  const code = await runPlain({ course, edit, folder, stdin, stdout, start, watch: null, notice: null });
  return { text, code, course };
}

/** Answers as the scenario's author would. */
function author(lesson: string) {
  const scenario = scenarioOf(lesson);
  let number = 0;
  let part = '';
  let solved = 0;
  return (said: string) => {
    const place = [...said.matchAll(/^(Page|Step|Quiz, question) (\d+) of/gm)].at(-1);
    if (place !== undefined) {
      part = place[1] ?? '';
      number = Number(place[2]) - 1;
      solved = 0;
    }
    const step = part === 'Step' ? scenario.steps[number] : undefined;
    if (/Type a number\.\n\n$/.test(said)) {
      const question = part === 'Step' ? (step?.kind === 'question' ? step : null) : scenario.quiz[number];
      return { line: String((question?.options.findIndex((option) => option.right) ?? 0) + 1) };
    }
    if (/Type a command\.[^\n]*\n\n$/.test(said) && step?.kind === 'task') {
      const next = step.solution[solved++];
      if (next?.kind === 'file') return { line: `edit ${next.name}`, saves: next.content };
      return { line: next?.run.trim() ?? 'whoami' };
    }
    return { line: '' };
  };
}

describe('the plain dialogue', () => {
  // Every lesson is played so by the built program, in test/e2e.
  it('plays a lesson to its end without one escape sequence', async () => {
    const [lesson = ''] = lessonIds;
    const { text, code, course } = await converse(lesson, author(lesson));
    expect(code).toBe(0);
    expect(text).toContain('You have finished');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(course.kept.at(-1)?.view.part).toBe('closing');
  });

  it('keeps the place when the input ends, and says which words there are', async () => {
    const lines = ['1', '', 'help', 'again', 'nonsense', 'look'];
    const { text, code, course } = await converse(null, () => {
      const line = lines.shift();
      return line === undefined ? null : { line };
    });
    expect(code).toBe(0);
    expect(text).toContain('1. Three instances, one bucket (');
    expect(text).toContain('Page 2 of');
    expect(text).toMatch(/again +says the step once more/);
    expect(text).toContain('There is no account here yet.');
    expect(course.kept).toHaveLength(1);
  });

  it('explains the words of a step and any other, among the lessons too', async () => {
    const lines = [
      'glossary',
      'glossary deputy',
      '1',
      'glossary',
      'glossary  SCPs',
      'glossary third party',
      'glossary scp',
      'glossary zebra',
    ];
    const { text } = await converse(null, () => {
      const line = lines.shift();
      return line === undefined ? null : { line };
    });
    expect(text).toMatch(/^Type glossary and a word\. There are: ABAC, access key, .*, zone of trust\.$/m);
    expect(text).toMatch(/^confused deputy: Somebody trusted/m);
    expect(text).toMatch(
      /Page 1 of[\s\S]*^request: One call to AWS.*\n(.*\n)*Type glossary and a word for others\./m,
    );
    expect([...text.matchAll(/^service control policy: An organization's/gm)]).toHaveLength(2);
    expect(text).not.toMatch(/^FullAWSAccess: /m);
    expect(text).toMatch(/^external id: /m);
    expect(text).toContain('“zebra” is not in the glossary. Type glossary for what is.');
  });

  it('edits a policy of the world with $EDITOR: what is saved is sent', async () => {
    const denyAll = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };
    const lines = [
      { line: 'edit user/joanne/none' },
      { line: 'edit WorkloadBoundary', saves: `${JSON.stringify(denyAll)} ` },
      { line: 'edit WorkloadBoundary', saves: `${JSON.stringify(denyAll, null, 2)}\n` },
    ];
    const { text } = await converse('joannes-boundary', () => lines.shift() ?? null, 'sandbox');
    expect(text).toContain('(NoSuchEntity) when calling the GetUserPolicy operation');
    expect(text).toContain('admin$ aws iam create-policy-version --policy-arn arn:aws:iam::');
    expect(text).toContain('"VersionId": "v2"');
    expect(text).toContain('policy/WorkloadBoundary is as it was: nothing was sent.');
  });

  it('reads earlier pages again with `back`, and Enter leads on to the present one', async () => {
    const lines = ['1', 'back', '', '', '', 'back', 'back', '', '', 'look'];
    const { text, course } = await converse(null, () => {
      const line = lines.shift();
      return line === undefined ? null : { line };
    });
    const places = [...text.matchAll(/^(?:Page|Step) \d+ of/gm)].map(([place]) => place);
    expect(text).toContain('Nothing comes before this.');
    expect(places.map((place) => Number(/\d+/.exec(place)))).toEqual([1, 2, 3, 4, 3, 2, 3, 4]);
    expect(text).toContain('You were here before. Type back for the page before this one.');
    expect(course.kept.at(-1)?.view.step.number).toBe(4);
  });

  it('narrates a decision layer by layer', async () => {
    const [lesson = ''] = lessonIds;
    const play = author(lesson);
    let asked = false;
    const { text } = await converse(lesson, (said) => {
      if (/Step 5 of/.test(said)) {
        asked = true;
        return { line: 'as web-1' };
      }
      if (!asked) return play(said);
      return /Layers, in order/.test(said)
        ? null
        : { line: /AccessDenied/.test(said) ? 'why' : 'aws s3 ls s3://acme-media' };
    });
    expect(text).toMatch(/Layers, in order:\n.*identity policy/);
  });
});
