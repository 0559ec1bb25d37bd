/**
 * Makes text safe to write to a terminal: control characters (C0 but for newline and tab, DEL, C1, and those
 * that reverse the direction of text) become visible escapes such as `\x1b`.
 */
export function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (char) => `\\x${hex(char, 2)}`)
    .replaceAll(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (char) => `\\u${hex(char, 4)}`);
}

/** A value as JSON on one line that is safe to write to a terminal: the same value when it is read again. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (char) => `\\u${hex(char, 4)}`,
  );
}

function hex(char: string, digits: number): string {
  return char.charCodeAt(0).toString(16).padStart(digits, '0');
}
