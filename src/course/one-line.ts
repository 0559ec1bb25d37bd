/** A text of several lines, as one. */
export function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
