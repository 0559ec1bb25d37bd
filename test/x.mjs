// test/e2e/editor.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

var ScriptedEditor = class {
  #next;
  env;
  /** `folder` holds its program and what it is to save next. */
  constructor(folder) {
    const program = join(folder, 'editor.mjs');
    this.#next = join(folder, 'next-edit');
    const source = `import {copyFileSync} from 'node:fs'; copyFileSync(${JSON.stringify(this.#next)}, process.argv.at(-1));`;
    writeFileSync(program, source);
    this.env = { EDITOR: `"${process.execPath}" '${program}'` };
  }
  /** What it saves when it is opened next. */
  willSave(content) {
    writeFileSync(this.#next, content);
  }
};

// test/e2e/learner.ts
import { readFileSync } from 'node:fs';
import { join as join2, resolve } from 'node:path';

// src/course/commands.ts
function splitCommands(run) {
  const commands = [];
  let command = '';
  let quote = null;
  const finish = () => {
    if (command.trim() !== '' && !command.trim().startsWith('#')) commands.push(command.trim());
    command = '';
  };
  for (let at = 0; at < run.length; at++) {
    const char = run.charAt(at);
    if (quote === null && char === '\n') {
      finish();
    } else if (quote === null && char === '\\' && /^\\\r?\n/.test(run.slice(at, at + 3))) {
      at = run.indexOf('\n', at);
      command = `${command.trimEnd()} `;
      while (run.charAt(at + 1) === ' ') at += 1;
    } else if (char === '\\' && quote !== "'") {
      command += run.slice(at, at + 2);
      at += 1;
    } else {
      if (quote === null && (char === "'" || char === '"')) quote = char;
      else if (char === quote) quote = null;
      command += char;
    }
  }
  finish();
  return commands;
}

// test/e2e/learner.ts
function builtLesson(id2) {
  return JSON.parse(readFileSync(join2(resolve('dist/course'), `${id2}.json`), 'utf8'));
}
var MOST_ACTIONS = 600;
async function play(surface, { scenario }, stop = () => false) {
  const seen2 = [];
  const answered = /* @__PURE__ */ new Set();
  for (let action = 0; action < MOST_ACTIONS; action++) {
    const moment = await surface.now();
    seen2.push(moment);
    if (moment.ask === 'end' || stop(moment)) return seen2;
    const step = moment.part === 'scenario' ? scenario.steps[moment.number - 1] : void 0;
    if (moment.ask === 'continue' || moment.ask === 'run') {
      await surface.goOn();
    } else if (moment.ask === 'choose') {
      const question = moment.part === 'quiz' ? scenario.quiz[moment.number - 1] : step;
      const options = question !== void 0 && 'options' in question ? question.options : null;
      if (question === void 0 || options === null) {
        await surface.choose(action % 2);
      } else {
        const second = answered.has(question.id);
        answered.add(question.id);
        await surface.choose(options.findIndex(({ right }) => right === second));
      }
    } else if (step?.kind === 'task') {
      const [nearMiss] = step.nearMisses;
      if (nearMiss !== void 0) {
        await type(surface, nearMiss.run);
        const after = await surface.now();
        seen2.push(after);
        if (after.ask !== 'task') {
          throw new Error(`\u201C${nearMiss.name}\u201D passed the task ${step.id}:
${after.text}`);
        }
        await surface.enter('reset');
      }
      await type(surface, step.solution);
      const done = await surface.now();
      if (done.ask === 'task')
        throw new Error(`Its solution did not end the task ${step.id}:
${done.text}`);
    } else {
      throw new Error(`Nothing is known to do here:
${moment.text}`);
    }
  }
  throw new Error(`The lesson did not end:
${seen2.at(-1)?.text}`);
}
async function type(surface, lines) {
  for (const line of lines) {
    if (line.kind === 'file') {
      await surface.write(line.name, line.content);
    } else {
      await surface.enter(`as ${line.as}`);
      for (const command of splitCommands(line.run)) await surface.enter(command);
    }
    if ((await surface.now()).ask !== 'task') return;
  }
}

// test/e2e/plain-surface.ts
import { spawn as spawn2 } from 'node:child_process';
import { tmpdir } from 'node:os';

// test/e2e/terminal.ts
import { join as join3, resolve as resolve2 } from 'node:path';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

var PROGRAM = resolve2('dist/walkthrough.js');

// test/e2e/plain-surface.ts
var PATIENCE = 6e4;
var PARTS = {
  Page: 'concept',
  Step: 'scenario',
  'Quiz, question': 'quiz',
};
var ASKS = [
  [/Press Enter to go on\.\n\n$/, 'continue'],
  [/Press Enter to run it\.\n\n$/, 'run'],
  [/Type a number\.\n\n$/, 'choose'],
  [/Type a command\.[^\n]*\n\n$/, 'task'],
  [/Press Enter to leave the lesson\.\n\n$/, 'end'],
  [/quit leaves\.\n\n$/, 'lessons'],
];
var PlainSurface = class {
  #child;
  #editor;
  #output = '';
  #from = 0;
  #arrived = () => void 0;
  ended;
  constructor(home2, editor, args = []) {
    this.#editor = editor;
    this.#child = spawn2(process.execPath, [PROGRAM, '--plain', ...args], {
      env: { PATH: process.env.PATH, HOME: tmpdir(), WALKTHROUGH_HOME: home2, ...editor.env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (data) => {
      this.#output += data;
      this.#arrived();
    });
    this.ended = new Promise((done) => this.#child.once('exit', done));
  }
  /** Everything said so far. */
  output() {
    return this.#output;
  }
  /** What was said since the last line typed, once a line is waited for. */
  async said() {
    await this.#asked();
    return this.#output.slice(this.#from);
  }
  async now() {
    const ask = await this.#asked();
    if (ask === 'lessons')
      throw new Error(`Not in a lesson:
${this.#output.slice(this.#from)}`);
    if (ask === 'end') return { part: 'closing', number: 1, of: 1, ask, text: await this.said() };
    const place = [...this.#output.matchAll(/^(Page|Step|Quiz, question) (\d+) of (\d+)/gm)].at(-1);
    const part = PARTS[place?.[1] ?? ''] ?? 'concept';
    return { part, number: Number(place?.[2]), of: Number(place?.[3]), ask, text: await this.said() };
  }
  goOn() {
    return this.line('');
  }
  choose(index) {
    return this.line(String(index + 1));
  }
  enter(line) {
    return this.line(line);
  }
  write(name, content) {
    this.#editor.willSave(content);
    return this.line(`edit ${name}`);
  }
  /** Types a line, or several, and waits for the answer. */
  async line(text) {
    await this.#asked();
    this.#from = this.#output.length;
    this.#child.stdin?.write(`${text}
`);
    await this.#asked();
  }
  /** Ends the input, as Ctrl+D does. */
  close() {
    this.#child.stdin?.end();
  }
  kill() {
    this.#child.kill('SIGKILL');
  }
  async #asked() {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const said = this.#output.slice(this.#from);
      const ask = ASKS.find(([end]) => end.test(said));
      if (ask !== void 0) return ask[1];
      if (Date.now() > deadline)
        throw new Error(`The dialogue never asked:
${said}`);
      await new Promise((done) => {
        const timer = setTimeout(done, 1e3);
        this.#arrived = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
  }
};

// test/x.mts
var [, , home, id, n] = process.argv;
var s = new PlainSurface(home, new ScriptedEditor('/tmp/rvhome'));
await s.line(n);
var seen = await play(s, builtLesson(id));
console.log(seen.at(-1)?.text);
await s.line('');
console.log(await s.said());
s.close();
await s.ended;
