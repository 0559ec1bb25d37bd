import { createKeyDecoder } from './key-decoder.ts';

// Milliseconds after which a terminal that has said nothing is one that never does.
const ANSWERS_WITHIN = 3000;
// Milliseconds that whoever leaves waits for the answer.
const PATIENCE = 500;

/** What the terminal was asked, such as its background. The answer comes among the keys, late or never. */
export class TerminalQuestion {
  private readonly decoder = createKeyDecoder();
  private end: (() => void) | null = null;
  private ended: Promise<void> = Promise.resolve();

  /** It is asked now. */
  ask(): void {
    const forgotten = setTimeout(() => this.close(), ANSWERS_WITHIN).unref();
    this.ended = new Promise((resolve) => {
      this.end = () => {
        clearTimeout(forgotten);
        resolve();
      };
    });
  }

  /** Takes note of what the terminal sent. */
  hear(text: string): void {
    if (this.end !== null && this.decoder.feed(text).some(({ name }) => name === 'background')) this.close();
  }

  /** No answer is waited for any more. */
  close(): void {
    this.end?.();
    this.end = null;
  }

  /** Resolves when the answer is there, or as soon as none is to be waited for. */
  async settled(): Promise<void> {
    if (this.end === null) return;
    const timer = setTimeout(() => this.close(), PATIENCE);
    await this.ended;
    clearTimeout(timer);
  }
}
