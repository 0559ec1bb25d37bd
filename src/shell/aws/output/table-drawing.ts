/** One box of a table. `indent` is how many boxes it stands in. */
export interface Section {
  readonly title: string;
  readonly indent: number;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Characters in a line, when the AWS CLI does not know the terminal's width. */
const WIDTH = 80;
/** Blanks and edges around a cell. */
const PADDING = 4;
const BORDER = 2;

/**
 * Draws boxes one below the other, all of one width. When that is more than 80 characters, boxes of a single row
 * show it as names and values, one below the other, as the AWS CLI does.
 */
export function drawSections(sections: readonly Section[]): string {
  const natural = widthOfAll(sections);
  const shown = natural > WIDTH ? sections.map(upright) : sections;
  const width = natural > WIDTH ? widthOfAll(shown) : natural;
  return ['-'.repeat(width), ...shown.flatMap((section) => draw(section, width))].join('\n');
}

function widthOfAll(sections: readonly Section[]): number {
  return Math.max(...sections.map(widthOf));
}

function widthOf(section: Section): number {
  const cells = cellWidths(section).reduce((sum, width) => sum + width + PADDING, 0);
  return Math.max(length(section.title), cells) + BORDER + 2 * section.indent;
}

function upright(section: Section): Section {
  const [row, more] = section.rows;
  if (row === undefined || more !== undefined || section.headers.length === 0) return section;
  return { ...section, headers: [], rows: section.headers.map((name, at) => [name, row[at] ?? '']) };
}

function draw({ title, indent, headers, rows }: Section, outer: number): readonly string[] {
  const width = outer - 2 * indent;
  const widths = columnWidths({ title, indent, headers, rows }, width);
  const line = `+${widths.map((each, at) => '-'.repeat(each - (at === 0 ? 2 : 1))).join('+')}+`;
  const lines: string[] = [];
  if (title !== '') {
    lines.push(centred(title, width, '|'));
    if (widths.length === 0) lines.push(`+${'-'.repeat(width - 2)}+`);
  }
  if (headers.length > 0) lines.push(line, cells(headers, widths, centred));
  if (rows.length > 0 && widths.length > 0) {
    lines.push(line, ...rows.map((row) => cells(row, widths, leftAligned)), line);
  }
  const edge = '|'.repeat(indent);
  return lines.map((each) => `${edge}${each}${edge}`);
}

type Align = (text: string, width: number, leftEdge: string) => string;

/** Only the first cell has an edge to its left: the others share their neighbour's. */
function cells(texts: readonly string[], widths: readonly number[], align: Align): string {
  return texts.map((text, at) => align(text, widths[at] ?? 0, at === 0 ? '|' : '')).join('');
}

function centred(text: string, width: number, leftEdge: string): string {
  const before = Math.max(0, Math.floor(width / 2) - Math.floor(length(text) / 2) - 1);
  return closed(`${leftEdge}${' '.repeat(before)}${text}`, width);
}

function leftAligned(text: string, width: number, leftEdge: string): string {
  const fits = width >= length(text) + 2 + leftEdge.length + 1;
  return closed(`${leftEdge}${fits ? '  ' : ''}${text}`, width);
}

function closed(text: string, width: number): string {
  return `${text}${' '.repeat(Math.max(0, width - length(text) - 1))}|`;
}

/** Widths of the columns, stretched to fill the box; what rounding leaves over is given or taken one by one. */
function columnWidths(section: Section, width: number): readonly number[] {
  const widths = cellWidths(section).map((each) => each + PADDING);
  const sum = widths.reduce((total, each) => total + each, 0);
  const scaled = widths.map((each) => rounded((width / sum) * each));
  let over = scaled.reduce((total, each) => total + each, 0) - width;
  for (let step = 0; over !== 0 && scaled.length > 0; step++) {
    const from = step % scaled.length;
    const at = over > 0 ? from : scaled.length - 1 - from;
    scaled[at] = (scaled[at] ?? 0) - Math.sign(over);
    over -= Math.sign(over);
  }
  return scaled;
}

function cellWidths({ headers, rows }: Section): readonly number[] {
  const widths: number[] = [];
  for (const row of [headers, ...rows]) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, length(cell));
    });
  }
  return widths;
}

/** Half goes to the even neighbour, as Python rounds. */
function rounded(value: number): number {
  const up = Math.round(value);
  return value % 1 === 0.5 && up % 2 === 1 ? up - 1 : up;
}

/** Characters, not code units. */
function length(text: string): number {
  return [...text].length;
}
