/** Work done a part at a time: it yields wherever something else may come between. */
export type InParts<T> = Generator<void, T>;

/** Does all of it, and gives what it comes to. */
export function atOnce<T>(work: InParts<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
