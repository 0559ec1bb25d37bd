import type { ScriptedEditor } from './editor.ts';
import type { Moment, Surface } from './learner.ts';
import type { Terminal } from './terminal.ts';

const PARTS: Readonly<Record<string, Moment['part']>> = {
  Reading: 'concept',
  Scenario: 'scenario',
  Quiz: 'quiz',
  Done: 'closing',
};

/** What Enter does, as the footer says it. */
const ASKS: Readonly<Record<string, Moment['ask']>> = {
  'go on': 'continue',
  'run it': 'run',
  answer: 'choose',
  run: 'task',
  'back to the lessons': 'end',
};

/** Plays by what the screen shows: its header says where we are, its footer what Enter does. */
export class ScreenSurface implements Surface {
  readonly #terminal: Terminal;
  readonly #editor: ScriptedEditor;

  constructor(terminal: Terminal, editor: ScriptedEditor) {
    this.#terminal = terminal;
    this.#editor = editor;
  }

  async now(): Promise<Moment> {
    await this.#terminal.waitFor((screen) => momentOn(screen) !== null || isDecisionOpen(screen));
    await this.#terminal.settled();
    const screen = this.#terminal.screen();
    // The decision view has the keys until it is closed.
    if (isDecisionOpen(screen)) await this.#changed(() => this.#terminal.press('escape'));
    return momentOn(screen) ?? this.now();
  }

  goOn(): Promise<void> {
    const isRun = enterDoes(this.#terminal.screen()) === 'run it';
    return this.#changed(() => this.#terminal.press('enter'), isRun ? answers : whereabouts);
  }

  choose(index: number): Promise<void> {
    return this.#changed(() => this.#terminal.type(String(index + 1)));
  }

  async enter(line: string): Promise<void> {
    await this.#type(line);
    this.#terminal.press('enter');
    await this.#terminal.waitFor((screen) => isPromptEmpty(screen) || isPassed(screen));
  }

  async write(name: string, content: string): Promise<void> {
    this.#editor.willSave(content);
    const before = this.#terminal.raw().length;
    await this.#type(`edit ${name}`);
    this.#terminal.press('enter');
    await this.#terminal.waitFor('▸ Editing');
    this.#terminal.press('ctrl+e');
    // The terminal was handed to the editor and taken back.
    await this.#terminal.waitFor(() => this.#terminal.raw().slice(before).includes('\u001b[?1049h'));
    await this.#terminal.waitFor((screen) => isPromptEmpty(screen) || isPassed(screen));
  }

  async #type(text: string): Promise<void> {
    await this.#terminal.waitFor(isPromptEmpty);
    if (text.includes('\n')) this.#terminal.paste(text);
    else this.#terminal.type(text);
    await this.#terminal.waitFor((screen) => !isPromptEmpty(screen));
  }

  /** Resolves when what was done changed this part of the screen. */
  async #changed(act: () => void, part: (screen: string) => string = answers): Promise<void> {
    const before = part(this.#terminal.screen());
    act();
    await this.#terminal.waitFor((screen) => part(screen) !== before);
  }
}

/** The header and the footer: while a lesson waits to go on, advice that was searched for may appear between them. */
function whereabouts(screen: string): string {
  const rows = screen.split('\n');
  return [rows[0], rows.at(-1)].join('\n');
}

/** What a key changes: not the tabs above a pane, where what a change opened is told when it is found. */
function answers(screen: string): string {
  return screen
    .split('\n')
    .filter((row) => !/^[╭├]/.test(row))
    .join('\n');
}

function momentOn(screen: string): Moment | null {
  const [header = ''] = screen.split('\n');
  const place = / (Reading|Scenario|Quiz|Done)(?: · \w+ (\d+) of (\d+))?(?: |$)/.exec(header);
  const part = PARTS[place?.[1] ?? ''];
  const ask = ASKS[enterDoes(screen) ?? ''];
  if (part === undefined || ask === undefined) return null;
  return { part, number: Number(place?.[2] ?? 1), of: Number(place?.[3] ?? 1), ask, text: screen };
}

/** What Enter does now, as the last row says it. */
function enterDoes(screen: string): string | undefined {
  return /(?:^| ) Enter (.+?)(?: {2,}|$)/.exec(screen.split('\n').at(-1) ?? '')?.[1];
}

/** True while the decision view has the keys. */
function isDecisionOpen(screen: string): boolean {
  return screen.split('\n').at(-1)?.includes('Esc close') === true;
}

function isPromptEmpty(screen: string): boolean {
  return screen.split('\n').some((line) => /^[│ ]*[\w.-]+(?:\/[\w.-]+)?\$[│ ]*$/.test(line));
}

function isPassed(screen: string): boolean {
  const moment = momentOn(screen);
  return moment !== null && moment.ask !== 'task';
}
