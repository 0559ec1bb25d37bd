/**
 * Characters that a terminal obeys rather than shows: the C0 and C1 controls but tab and line feed, and the marks
 * that turn the direction of writing, with which a text can read otherwise than it is.
 */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Where the first such character stands; -1 when there is none. A carriage return before a line feed is fine. */
export function findControlCharacter(text: string): number {
  return text.replaceAll('\r\n', ' \n').search(CONTROL);
}

/** The name of the character at this place, as an author can look for it: `U+001B`. */
export function characterName(text: string, at: number): string {
  return `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`;
}
