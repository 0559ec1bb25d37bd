import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const JOINED = fileURLToPath(new URL('joined-output.ts', import.meta.url));

/**
 * What the bundle leaves out or does another way, so that the home screen is there at once. Each was measured; a
 * package that is no longer as it was fails the build.
 */
const CHANGES = [
  {
    // Ink can connect to React's developer tools over a web socket. We never do, and it is a tenth of the code.
    file: /[\\/]ink[\\/]build[\\/]devtools\.js$/,
    change: () => '',
  },
  {
    // Yoga fetches its WebAssembly from its own text, and the first `fetch` of a process loads all of undici, which
    // takes 18 ms. Given the bytes it does not fetch.
    file: /[\\/]yoga-wasm-base64-esm\.js$/,
    change(source) {
      const [, base64 = ''] = /"data:application\/octet-stream;base64,([^"]+)"/.exec(source) ?? [];
      const bytes = `loadYoga = {wasmBinary: Buffer.from('${base64}', 'base64')};`;
      return replaced(replaced(source, base64, ''), 'loadYoga = loadYoga || {};', bytes);
    },
  },
  {
    // Ink takes each frame apart into characters and puts them together again. Ours are whole rows already.
    file: /[\\/]ink[\\/]build[\\/]output\.js$/,
    change: (source) =>
      replaced(
        replaced(
          source,
          'export default class Output {',
          `import { joinedOutput } from ${JSON.stringify(JOINED)};\nexport default class Output {`,
        ),
        '    get() {',
        `    get() {
        const joined = joinedOutput(this.operations, this.height);
        if (joined !== null) return { output: joined, height: this.height };`,
      ),
  },
  {
    // The whole of node:assert, for one comparison.
    file: /[\\/]signal-exit[\\/]index\.js$/,
    change: (source) =>
      replaced(
        source,
        "require('assert')",
        '{ equal(is, expected, message) { if (is != expected) throw new Error(message); } }',
      ),
  },
  {
    // Commander can run subcommands that are programs of their own. We have none.
    file: /[\\/]commander[\\/]lib[\\/]command\.js$/,
    change: (source) => replaced(source, "require('node:child_process')", '{}'),
  },
];

function replaced(source, part, by) {
  if (part === '' || !source.includes(part))
    throw new Error(`${part || 'The text'} to be replaced is not there.`);
  return source.replace(part, () => by);
}

/** Options of esbuild. */
export const quickStart = {
  plugins: [
    {
      name: 'quick-start',
      setup(bundler) {
        for (const { file, change } of CHANGES) {
          bundler.onLoad({ filter: file }, async ({ path }) => ({
            contents: change(await readFile(path, 'utf8')),
          }));
        }
      },
    },
  ],
  // Ink measures every character on the screen: ours needs no tables of emoji.
  alias: { 'string-width': './src/tui/column-width.ts' },
  // Ink's packages and we make one when they are loaded, and its tables take 10 ms.
  define: { 'Intl.Segmenter': 'QuickSegmenter' },
  inject: [fileURLToPath(new URL('quick-segmenter.ts', import.meta.url))],
};
