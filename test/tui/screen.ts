import { PassThrough, Writable } from 'node:stream';
import { Terminal } from '@xterm/headless';

/** A terminal in memory: an xterm as the screen, streams as its ends, and a process to send signals to. */
export class Screen {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly rawModes: boolean[] = [];
  readonly stops: string[] = [];
  /** Everything that was written, escape sequences and all. */
  written = '';
  private readonly xterm: Terminal;
  private readonly input = new PassThrough();
  private readonly output: Writable;
  private readonly listeners = new Map<string, Set<(...args: unknown[]) => void>>();

  constructor(columns: number, rows: number) {
    this.xterm = new Terminal({ cols: columns, rows, allowProposedApi: true });
    this.output = new Writable({
      decodeStrings: false,
      write: (data: string, _encoding, done) => {
        this.written += data;
        this.xterm.write(data, () => done());
      },
    });
    const setRawMode = (mode: boolean) => this.rawModes.push(mode);
    this.stdin = Object.assign(this.input, { isTTY: true, setRawMode }) as unknown as NodeJS.ReadStream;
    this.stdout = Object.assign(this.output, { isTTY: true, columns, rows }) as unknown as NodeJS.WriteStream;
  }

  readonly process = {
    on: (event: string, listener: (...args: unknown[]) => void) => {
      this.listeners.set(event, (this.listeners.get(event) ?? new Set()).add(listener));
    },
    off: (event: string, listener: (...args: unknown[]) => void) => {
      this.listeners.get(event)?.delete(listener);
    },
    stop: () => this.stops.push(this.text()),
  };

  /** As the operating system delivers a signal. */
  signal(name: string): void {
    for (const listener of this.listeners.get(name) ?? []) listener();
  }

  /** How many listeners are left on the process. */
  listening(): number {
    return [...this.listeners.values()].reduce((sum, each) => sum + each.size, 0);
  }

  type(keys: string): void {
    this.input.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.xterm.resize(columns, rows);
    Object.assign(this.output, { columns, rows });
    this.output.emit('resize');
  }

  /** Rows as they are on the screen, without blanks at their ends. */
  rows(): string[] {
    const { active } = this.xterm.buffer;
    return Array.from({ length: this.xterm.rows }, (_, row) =>
      (active.getLine(active.viewportY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  text(): string {
    return this.rows().join('\n');
  }

  cursor(): { row: number; column: number } {
    return { row: this.xterm.buffer.active.cursorY, column: this.xterm.buffer.active.cursorX };
  }

  isAlternate(): boolean {
    return this.xterm.buffer.active.type === 'alternate';
  }

  /** Lines that scrolled off the top. */
  scrolledOff(): number {
    return this.xterm.buffer.active.baseY;
  }

  /** Waits until what was sent is on the screen. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    await new Promise<void>((resolve) => this.xterm.write('', resolve));
  }

  /** Waits for a text; gives the screen, or fails with what is there instead. */
  async until(wanted: RegExp | ((text: string) => boolean)): Promise<string> {
    const holds = typeof wanted === 'function' ? wanted : (text: string) => wanted.test(text);
    for (let turn = 0; turn < 2000; turn++) {
      await this.settled();
      if (holds(this.text())) return this.text();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`The screen never came to ${wanted}:\n${this.text()}`);
  }
}
