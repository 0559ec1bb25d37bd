import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** How `npm test` runs: as `vitest run`, but with the same random values every time, so that a commit passes or fails for good. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: { setupFiles: [fileURLToPath(new URL('./fixed-seed.ts', import.meta.url))] },
});
