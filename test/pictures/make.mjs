// `npm run pictures`: plays the built program in a pseudo-terminal and draws its screens as SVG, for README.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

const SIZE = { cols: 100, rows: 30 };
const CELL = { width: 8.4, height: 18 };
/** The sixteen colours of a terminal; the program names no others. */
const PALETTE = [
  ...['#1e1e2e', '#f38ba8', '#a6e3a1', '#f9e2af', '#89b4fa', '#cba6f7', '#94e2d5', '#bac2de'],
  ...['#585b70', '#f38ba8', '#a6e3a1', '#f9e2af', '#89b4fa', '#cba6f7', '#94e2d5', '#ffffff'],
];
const INK = '#cdd6f4';
const PAPER = '#1e1e2e';

/** What is typed, what is to be on the screen then, and the picture's name. */
const WAYS = [
  { args: [], steps: [['', /Lessons/, 'home']] },
  {
    args: ['sandbox', 'joannes-boundary'],
    steps: [
      ['', /admin\$/],
      ['as joanne\r', /│ joanne\$ +│/],
      ['aws iam create-user --user-name sam\r', /AccessDenied/, 'player'],
      ['\u0019', /decides/, 'decision'],
      ['\u001b', /▸ Prompt/],
      ['as admin\r', /│ admin\$ +│/],
      [
        'aws iam put-user-permissions-boundary --user-name joanne --permissions-boundary arn:aws:iam::111122223333:policy/SandboxBoundary\r',
        /put-user-permissions-boundary[\s\S]*│ admin\$ +│/,
      ],
      ['\u0018', /\+ Opened \d+ requests/, 'changed'],
      ['\u0012', /The account now/, 'timeline'],
      ['\u001b', /▸ Prompt/],
      ['edit boundary.json\r', /▸ Editing/],
      ['\u001b[B\u001b[B\u001b[B\u001b[B\u001b[B\u001b[Fx', /✗ 6:/, 'editor'],
    ],
  },
];

const home = mkdtempSync(join(tmpdir(), 'walkthrough-pictures-'));
try {
  for (const { args, steps } of WAYS) await play(args, steps);
} finally {
  rmSync(home, { recursive: true, force: true });
}

async function play(args, steps) {
  const screen = new headless.Terminal({ ...SIZE, allowProposedApi: true });
  const env = { PATH: process.env.PATH, TERM: 'xterm-256color', WALKTHROUGH_HOME: home, NO_MOTION: '1' };
  const pty = spawn(process.execPath, [resolve('dist/walkthrough.js'), ...args], { ...SIZE, env });
  pty.onData((data) => screen.write(data));
  for (const [typed, wanted, name] of steps) {
    pty.write(typed);
    await until(screen, wanted);
    if (name !== undefined) writeFileSync(join(import.meta.dirname, `${name}.svg`), svg(screen, name));
  }
  pty.kill();
}

/** Waits for a screen, and until nothing of it moves any more: a frame arrives in pieces. */
async function until(screen, wanted) {
  let [before, still] = ['', 0];
  for (let turn = 0; turn < 600; turn++) {
    await new Promise((done) => setTimeout(done, 50));
    const text = textOf(screen);
    const now = svg(screen, '');
    still = now === before ? still + 1 : 0;
    before = now;
    if (still >= 4 && wanted.test(text) && !text.includes('Changed …')) return;
  }
  throw new Error(`The screen never came to ${wanted}:\n${textOf(screen)}`);
}

function textOf({ buffer, rows }) {
  return Array.from({ length: rows }, (_, row) => buffer.active.getLine(row)?.translateToString(true)).join(
    '\n',
  );
}

function svg(screen, name) {
  const width = SIZE.cols * CELL.width + 24;
  const height = SIZE.rows * CELL.height + 24;
  const rows = Array.from({ length: SIZE.rows }, (_, row) => rowSvg(screen.buffer.active.getLine(row), row));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${INK}">
<title>The screen of walkthrough: ${name}</title>
<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>
${rows.filter((row) => row !== '').join('\n')}
</svg>
`;
}

/** One `<text>` for each run of one look, put at its column, so that no font can move what follows. */
function rowSvg(line, row) {
  const runs = [];
  for (let column = 0; column < SIZE.cols; column++) {
    const cell = line?.getCell(column);
    const text = cell?.getChars() || ' ';
    const look = lookOf(cell);
    const last = runs.at(-1);
    if (last?.look === look) last.text += text;
    else runs.push({ column, look, text });
  }
  return runs
    .filter(({ text }) => text.trim() !== '')
    .map(({ column, look, text }) => {
      const lead = text.length - text.trimStart().length;
      const x = (12 + (column + lead) * CELL.width).toFixed(1);
      const y = (12 + (row + 0.75) * CELL.height).toFixed(1);
      const shown = text.trim();
      const length = (shown.length * CELL.width).toFixed(1);
      return `<text x="${x}" y="${y}" textLength="${length}" xml:space="preserve"${look}>${escaped(shown)}</text>`;
    })
    .join('');
}

function lookOf(cell) {
  if (cell === undefined) return '';
  const colour = cell.isFgPalette() ? PALETTE[cell.getFgColor()] : undefined;
  return [
    colour === undefined ? '' : ` fill="${colour}"`,
    cell.isBold() ? ' font-weight="bold"' : '',
    cell.isDim() ? ' opacity="0.6"' : '',
    cell.isItalic() ? ' font-style="italic"' : '',
    cell.isUnderline() ? ' text-decoration="underline"' : '',
  ].join('');
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
