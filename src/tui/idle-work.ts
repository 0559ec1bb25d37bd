import type { InParts } from '../cloud/in-parts.ts';

/** Milliseconds without a key before work begins, so that it never stands between a key and the screen. */
const QUIET = 120;
/** Milliseconds that work may take before keys are looked at again. */
const SLICE = 6;

/** Work done while nobody types, a slice at a time. One piece at a time; a new one takes the old one's place. */
export class IdleWork {
  private timer: NodeJS.Timeout | undefined;
  private subject: object | null = null;
  private work: InParts<() => void> | null = null;

  /** Does this work about this subject, unless it is at it already; it ends by calling what the work gives. */
  begin(subject: object, work: () => InParts<() => void>): void {
    if (this.subject === subject) return;
    this.stop();
    this.subject = subject;
    this.work = work();
    this.later();
  }

  /** A key came: what is being done waits until it is quiet again. */
  keyPressed(): void {
    if (this.work !== null) this.later();
  }

  /** Forgets what is being done. */
  stop(): void {
    clearTimeout(this.timer);
    this.subject = null;
    this.work = null;
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.slice, QUIET);
  }

  private readonly slice = (): void => {
    const { work } = this;
    const end = performance.now() + SLICE;
    while (work !== null) {
      const step = work.next();
      if (step.done === true) {
        this.stop();
        step.value();
        return;
      }
      if (performance.now() > end) break;
    }
    this.timer = setTimeout(this.slice, 0);
  };
}
