// `npm run bench [name]`: bundles each benchmark beside this file and runs it, one after the other.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const HERE = import.meta.dirname;
/** The files here, but those that only make work for others. */
const BENCHMARKS = readdirSync(HERE)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('-workloads.ts'))
  .map((file) => file.replace(/\.ts$/, ''));
// Below node_modules, so that packages which are not bundled are found.
const OUT = join('node_modules', '.cache', 'walkthrough-bench');

const [only] = process.argv.slice(2);
mkdirSync(OUT, { recursive: true });
try {
  for (const name of BENCHMARKS.filter((each) => only === undefined || each === only)) {
    const outfile = join(OUT, `${name}.mjs`);
    await build({
      entryPoints: [join(HERE, `${name}.ts`)],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      logLevel: 'warning',
    });
    const { status } = spawnSync(process.execPath, [outfile], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(OUT, { recursive: true });
}
