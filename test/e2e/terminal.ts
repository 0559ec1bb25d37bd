import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

/** The built program, as it is shipped. */
export const PROGRAM = resolve('dist/walkthrough.js');

/** Generous, in milliseconds: a wait ends as soon as what it waits for is there, and a busy machine is slow. */
const PATIENCE = 60_000;

const KEYS = {
  enter: '\r',
  tab: '\t',
  'shift+tab': '\u001b[Z',
  escape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  'page down': '\u001b[6~',
  'page up': '\u001b[5~',
  backspace: '\u007f',
  'ctrl+c': '\u0003',
  'ctrl+d': '\u0004',
  'ctrl+e': '\u0005',
} as const;

export type Key = keyof typeof KEYS;

export interface OpenOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** The folder in which it is started. */
  readonly cwd?: string;
  /** Another build of the program. */
  readonly program?: string;
  /**
   * Under a shell with job control, as people start it: when it was stopped the shell says `stopped`, Enter brings it
   * back, and `ended` has its exit code when it is over.
   */
  readonly inShell?: boolean;
}

const SHELL = 'set -m; "$0" "$@"; echo stopped; read _; fg > /dev/null; echo "ended $?"';

/** The program in a real pseudo-terminal: keys in, screen out. */
export class Terminal {
  readonly #pty: IPty;
  readonly #screen: headless.Terminal;
  readonly #ended: Promise<{ readonly exitCode: number; readonly signal: number }>;
  #raw = '';
  #changed: () => void = () => undefined;

  private constructor(pty: IPty, screen: headless.Terminal) {
    this.#pty = pty;
    this.#screen = screen;
    pty.onData((data) => {
      this.#raw += data;
      screen.write(data, () => this.#changed());
    });
    // Answers to what the program asks of its terminal go back to it, as a terminal does.
    screen.onData((data) => pty.write(data));
    this.#ended = new Promise((done) => {
      pty.onExit(({ exitCode, signal }) => screen.write('', () => done({ exitCode, signal: signal ?? 0 })));
    });
  }

  /** Starts the program on a terminal of this size. */
  static open({
    columns = 120,
    rows = 40,
    env = {},
    args = [],
    cwd,
    program = PROGRAM,
    inShell = false,
  }: OpenOptions): Terminal {
    const command = [process.execPath, program, ...args];
    const [file = '', ...words] = inShell ? ['sh', '-c', SHELL, ...command] : command;
    const pty = spawn(file, words, {
      name: env.TERM ?? 'xterm-256color',
      cols: columns,
      rows,
      ...(cwd === undefined ? {} : { cwd }),
      env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), TERM: 'xterm-256color', NO_MOTION: '1', ...env },
    });
    return new Terminal(pty, new headless.Terminal({ cols: columns, rows, allowProposedApi: true }));
  }

  /** The lines on the screen, without trailing spaces. */
  lines(): string[] {
    const buffer = this.#screen.buffer.active;
    return Array.from({ length: this.#screen.rows }, (_, row) =>
      (buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  screen(): string {
    return this.lines().join('\n');
  }

  /** Everything the program wrote so far, as bytes that a terminal obeys. */
  raw(): string {
    return this.#raw;
  }

  /** Whether the program has the alternate screen, and whether the cursor is shown. */
  modes(): {
    readonly alternateScreen: boolean;
    readonly cursorShown: boolean;
    readonly bracketedPaste: boolean;
  } {
    return {
      alternateScreen: this.#screen.buffer.active.type === 'alternate',
      cursorShown: this.#raw.lastIndexOf('\u001b[?25h') >= this.#raw.lastIndexOf('\u001b[?25l'),
      bracketedPaste: this.#screen.modes.bracketedPasteMode,
    };
  }

  press(...keys: readonly Key[]): void {
    for (const key of keys) this.#pty.write(KEYS[key]);
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  /** Text arriving at once, as a terminal pastes it. */
  paste(text: string): void {
    this.#pty.write(`\u001b[200~${text.replaceAll('\n', '\r')}\u001b[201~`);
  }

  resize(columns: number, rows: number): void {
    this.#pty.resize(columns, rows);
    this.#screen.resize(columns, rows);
  }

  kill(signal: NodeJS.Signals): void {
    this.#pty.kill(signal);
  }

  /** Resolves with the screen as soon as it has this; fails, showing the screen, when it never does. */
  async waitFor(what: string | RegExp | ((screen: string) => boolean), patience = PATIENCE): Promise<string> {
    const has = (screen: string) =>
      typeof what === 'string'
        ? screen.includes(what)
        : what instanceof RegExp
          ? what.test(screen)
          : what(screen);
    const deadline = Date.now() + patience;
    for (;;) {
      const screen = this.screen();
      if (has(screen)) return screen;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`The screen never had ${what}:\n${screen}`);
      await this.#change(Math.min(left, 1000));
    }
  }

  /** Resolves when nothing was drawn for this many milliseconds; fails, showing the screen, when it never is still. */
  async settled(quiet = 50): Promise<string> {
    const deadline = Date.now() + PATIENCE;
    while (await this.#change(quiet)) {
      if (Date.now() > deadline) throw new Error(`The screen never came to rest:\n${this.screen()}`);
    }
    return this.screen();
  }

  /** Resolves when the program has ended and its last output is on the screen; fails, showing it, when it never does. */
  async ended(): Promise<{ readonly exitCode: number; readonly signal: number }> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error(`The program never ended:\n${this.screen()}`)), PATIENCE);
    });
    try {
      return await Promise.race([this.#ended, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the program if it still runs. */
  close(): void {
    try {
      this.#pty.kill('SIGKILL');
    } catch {
      // It had ended by itself.
    }
  }

  /** True when something was drawn within this many milliseconds. */
  #change(within: number): Promise<boolean> {
    return new Promise((done) => {
      const timer = setTimeout(() => done(false), within);
      this.#changed = () => {
        clearTimeout(timer);
        done(true);
      };
    });
  }
}

/** A private folder for progress, and how to remove it. */
export function temporaryHome(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'walkthrough-e2e-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
