import type { ProcessPort } from './ports.ts';
import { TerminalQuestion } from './terminal-question.ts';

/** What the terminal tells the program. */
export interface TerminalListener {
  readonly input: (text: string) => void;
  readonly resized: (columns: number, rows: number) => void;
  /** The terminal is ours (again) and shows nothing we know. */
  readonly entered: () => void;
  /** It belongs to somebody else now: nothing may be written. */
  readonly left: () => void;
  /** The program has to end, with this exit code. */
  readonly ended: (code: number) => void;
}

// Alternate screen, cleared; bracketed paste.
const enter = '\u001b[?1049h\u001b[2J\u001b[H\u001b[?2004h';
// End of synchronized output, in case it was cut short; cursor, colours and screen as they were.
const leave = '\u001b[?2026l\u001b[?2004l\u001b[0m\u001b[?25h\u001b[?1049l';

// Milliseconds after which a program that still runs was not stopped.
const unstoppedAfter = 400;

const endings: readonly (readonly [string, number])[] = [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
];

/** The terminal while it is ours: raw input, alternate screen, signals. Restored on every way out. */
export class Terminal {
  private readonly stdin: NodeJS.ReadStream;
  private readonly stdout: NodeJS.WriteStream;
  private readonly process: ProcessPort;
  private readonly listener: TerminalListener;
  private unstopped: NodeJS.Timeout | undefined;
  private readonly question = new TerminalQuestion();
  private state: 'ours' | 'leaving' | 'away' | 'lent' | 'closed' = 'away';
  private readonly handlers: (readonly [string, () => void])[];

  constructor(
    streams: { stdin: NodeJS.ReadStream; stdout: NodeJS.WriteStream },
    process: ProcessPort,
    listener: TerminalListener,
  ) {
    this.stdin = streams.stdin;
    this.stdout = streams.stdout;
    this.process = process;
    this.listener = listener;
    this.handlers = [
      ...endings.map(([signal, code]) => [signal, () => listener.ended(code)] as const),
      ['SIGCONT', () => this.continued()],
      ['exit', () => this.release()],
      // Before node prints what went wrong, so that it is printed where it can be read.
      ['uncaughtExceptionMonitor', () => this.release()],
    ];
  }

  /** Size in characters; 80 by 24 where the terminal does not say. */
  size(): { columns: number; rows: number } {
    return { columns: this.stdout.columns || 80, rows: this.stdout.rows || 24 };
  }

  /** Takes the terminal. */
  open(): void {
    for (const [event, handler] of this.handlers) this.process.on(event, handler);
    this.stdin.setEncoding('utf8');
    this.stdin.on('data', this.onData);
    this.stdin.on('end', this.onGone);
    this.stdin.on('error', this.onGone);
    this.stdout.on('error', this.onGone);
    this.stdout.on('resize', this.onResize);
    this.take();
  }

  /** Gives the terminal back for good. */
  async close(): Promise<void> {
    await this.giveBack();
    clearTimeout(this.unstopped);
    this.state = 'closed';
    for (const [event, handler] of this.handlers) this.process.off(event, handler);
    this.stdin.off('data', this.onData);
    this.stdin.off('end', this.onGone);
    this.stdin.off('error', this.onGone);
    this.stdout.off('resize', this.onResize);
    this.stdin.pause();
  }

  /** Writes, if the terminal is ours. */
  write(data: string): void {
    if (this.state === 'ours') this.stdout.write(data);
  }

  /** Writes a question that the terminal answers among the keys, if it does. */
  ask(question: string): void {
    this.write(question);
    this.question.ask();
  }

  /** Gives the terminal to the shell until it sends us back to the foreground. */
  async suspend(): Promise<void> {
    await this.giveBack();
    if (this.state !== 'away') return;
    this.process.stop();
    // Without a shell above, as in a terminal opened for this program alone, the system does not stop anybody.
    this.unstopped = setTimeout(() => {
      if (this.state === 'away') this.continued();
    }, unstoppedAfter);
  }

  /** Gives the terminal to another program, such as an editor, and takes it back afterwards. */
  async lend<T>(use: () => Promise<T>): Promise<T> {
    await this.giveBack();
    if (this.state === 'away') this.state = 'lent';
    this.stdin.pause();
    try {
      return await use();
    } finally {
      if (this.state === 'lent') this.take();
    }
  }

  private take(): void {
    this.state = 'ours';
    this.stdin.setRawMode(true);
    this.stdin.resume();
    this.stdout.write(enter);
    this.listener.entered();
  }

  /** Gives the terminal back once it has answered: whoever has it next would read the answer as keys. */
  private async giveBack(): Promise<void> {
    this.leaveScreen();
    await this.question.settled();
    this.release();
  }

  /** The same at once. */
  private release(): void {
    this.leaveScreen();
    if (this.state !== 'leaving') return;
    this.stdin.setRawMode(false);
    this.state = 'away';
  }

  private leaveScreen(): void {
    if (this.state !== 'ours') return;
    this.state = 'leaving';
    this.listener.left();
    this.stdout.write(leave);
  }

  private continued(): void {
    if (this.state === 'closed' || this.state === 'lent') return;
    // Stopped from outside, the terminal was not given back: the shell changed its modes meanwhile.
    this.stdin.setRawMode(false);
    this.take();
    this.onResize();
  }

  private readonly onData = (data: string | Buffer): void => {
    const text = data.toString();
    this.question.hear(text);
    // What comes while the answer is waited for is nobody's.
    if (this.state === 'ours') this.listener.input(text);
  };
  private readonly onGone = (): void => {
    this.question.close();
    this.listener.ended(129);
  };
  private readonly onResize = (): void => {
    const { columns, rows } = this.size();
    this.listener.resized(columns, rows);
  };
}
