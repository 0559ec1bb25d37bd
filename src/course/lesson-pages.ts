import type { ConceptPage } from './content.ts';

/** A lesson's text, cut. Lines are counted from 1; the front matter is without its `---` lines. */
export interface LessonText {
  readonly frontMatter: string;
  /** Line on which the front matter begins. */
  readonly frontMatterLine: number;
  readonly body: string;
}

/** Cuts a lesson into front matter and body; null when it does not begin with front matter. */
export function splitFrontMatter(text: string): LessonText | null {
  const match = /^---[ \t]*\r?\n([\s\S]*?\r?\n)---[ \t]*(?:\r?\n|$)/.exec(text);
  if (match === null) return null;
  return { frontMatter: match[1] ?? '', frontMatterLine: 2, body: text.slice(match[0].length) };
}

/** The pages of a lesson: parted by `---` on a line of its own, outside fenced code. */
export function splitPages(body: string, lessonTitle: string): readonly ConceptPage[] {
  const pages: string[][] = [[]];
  let fence: string | null = null;
  for (const line of body.split(/\r?\n/)) {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1] ?? null;
    if (mark !== null) fence = fence === null ? mark : fence === mark ? null : fence;
    if (fence === null && /^---[ \t]*$/.test(line)) pages.push([]);
    else pages.at(-1)?.push(line);
  }
  return pages
    .map((lines) => lines.join('\n').trim())
    .flatMap((page) => (page === '' ? [] : [titled(page, lessonTitle)]));
}

/** A page that begins with a heading is called that, and does not say it twice. */
function titled(page: string, lessonTitle: string): ConceptPage {
  const heading = /^#{1,3} +(.+?)(?: +#+)?(?:\n|$)/.exec(page);
  if (heading === null) return { title: lessonTitle, markdown: page };
  return { title: heading[1] ?? lessonTitle, markdown: page.slice(heading[0].length).trim() };
}
