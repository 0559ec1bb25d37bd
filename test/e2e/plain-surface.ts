import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { ScriptedEditor } from './editor.ts';
import type { Moment, Surface } from './learner.ts';
import { PROGRAM } from './terminal.ts';

/** Generous, in milliseconds: a wait ends as soon as the answer is there. */
const PATIENCE = 60_000;

const PARTS: Readonly<Record<string, Moment['part']>> = {
  Page: 'concept',
  Step: 'scenario',
  'Quiz, question': 'quiz',
};

/** How each ask ends: the dialogue waits for a line after it. */
const ASKS: readonly (readonly [RegExp, Moment['ask'] | 'lessons'])[] = [
  [/Press Enter to go on\.\n\n$/, 'continue'],
  [/Press Enter to run it\.\n\n$/, 'run'],
  [/Type a number\.\n\n$/, 'choose'],
  [/Type a command\.[^\n]*\n\n$/, 'task'],
  [/Press Enter to leave the lesson\.\n\n$/, 'end'],
  [/quit leaves\.\n\n$/, 'lessons'],
];

/** Plays the plain dialogue over pipes: lines in, text out. */
export class PlainSurface implements Surface {
  readonly #child: ChildProcess;
  readonly #editor: ScriptedEditor;
  #output = '';
  #from = 0;
  #arrived: () => void = () => undefined;
  readonly ended: Promise<number | null>;

  constructor(home: string, editor: ScriptedEditor, args: readonly string[] = []) {
    this.#editor = editor;
    this.#child = spawn(process.execPath, [PROGRAM, '--plain', ...args], {
      env: { PATH: process.env.PATH, HOME: tmpdir(), WALKTHROUGH_HOME: home, ...editor.env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (data: string) => {
      this.#output += data;
      this.#arrived();
    });
    this.ended = new Promise((done) => this.#child.once('exit', done));
  }

  /** Everything said so far. */
  output(): string {
    return this.#output;
  }

  /** What was said since the last line typed, once a line is waited for. */
  async said(): Promise<string> {
    await this.#asked();
    return this.#output.slice(this.#from);
  }

  async now(): Promise<Moment> {
    const ask = await this.#asked();
    if (ask === 'lessons') throw new Error(`Not in a lesson:\n${this.#output.slice(this.#from)}`);
    if (ask === 'end') return { part: 'closing', number: 1, of: 1, ask, text: await this.said() };
    const place = [...this.#output.matchAll(/^(Page|Step|Quiz, question) (\d+) of (\d+)/gm)].at(-1);
    const part = PARTS[place?.[1] ?? ''] ?? 'concept';
    return { part, number: Number(place?.[2]), of: Number(place?.[3]), ask, text: await this.said() };
  }

  goOn(): Promise<void> {
    return this.line('');
  }

  choose(index: number): Promise<void> {
    return this.line(String(index + 1));
  }

  enter(line: string): Promise<void> {
    return this.line(line);
  }

  write(name: string, content: string): Promise<void> {
    this.#editor.willSave(content);
    return this.line(`edit ${name}`);
  }

  /** Types a line, or several, and waits for the answer. */
  async line(text: string): Promise<void> {
    await this.#asked();
    this.#from = this.#output.length;
    this.#child.stdin?.write(`${text}\n`);
    await this.#asked();
  }

  /** Ends the input, as Ctrl+D does. */
  close(): void {
    this.#child.stdin?.end();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async #asked(): Promise<Moment['ask'] | 'lessons'> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const said = this.#output.slice(this.#from);
      const ask = ASKS.find(([end]) => end.test(said));
      if (ask !== undefined) return ask[1];
      if (Date.now() > deadline) throw new Error(`The dialogue never asked:\n${said}`);
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 1000);
        this.#arrived = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
  }
}
