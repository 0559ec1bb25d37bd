import { afterEach, beforeEach, vi } from 'vitest';

/** What the commands of each test of this file say: `said` on standard output, `complained` on standard error. */
export function listen(): { readonly said: string[]; readonly complained: string[] } {
  const said: string[] = [];
  const complained: string[] = [];
  beforeEach(() => {
    said.length = 0;
    complained.length = 0;
    vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
    vi.spyOn(console, 'error').mockImplementation((text: string) => void complained.push(text));
  });
  afterEach(() => vi.restoreAllMocks());
  return { said, complained };
}
