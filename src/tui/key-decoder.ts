import { graphemes } from './column-width.ts';

/**
 * One key as it was pressed: `char` with its text, `paste` with all that was pasted, or a name such as `enter`,
 * `shift+tab`, `ctrl+a`, `alt+b`, `pageup`, `f1`. Or `background`: no key, but the terminal's answer to what was asked.
 */
export interface Key {
  readonly name: string;
  readonly text: string;
}

/** Turns what a terminal sends into keys. Keeps what is not complete yet. */
export interface KeyDecoder {
  feed(chunk: string): Key[];
  /** True when an Escape waits to be told from the beginning of a sequence: call `flush` after a moment. */
  pending(): boolean;
  /** Gives what waits as a key of its own. */
  flush(): Key[];
}

const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';

// Final characters and numbers of CSI and SS3 sequences, as xterm documents them.
const finals: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  Z: 'shift+tab',
};
const numbers: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
};
const modifiers: Readonly<Record<string, string>> = {
  2: 'shift+',
  3: 'alt+',
  4: 'alt+shift+',
  5: 'ctrl+',
  6: 'ctrl+shift+',
  7: 'ctrl+alt+',
};
const controlKeys: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
};
// A sequence: CSI with its parameters, or SS3 with one character.
const sequence = /^\u001b(?:\[([0-?]*)[ -/]*([@-~])|O([ -~]))/;
// The terminal's answer about its background: an OSC sequence, ended by BEL or ST.
const answer = /^\u001b\]11;([^\u0007\u001b]*)(?:\u0007|\u001b\\)/;
const unfinished = /^\u001b(?:\[[0-?]*[ -/]*|O|\]11;[^\u0007\u001b]*\u001b?)?$/;

/** A decoder with nothing waiting. */
export function createKeyDecoder(): KeyDecoder {
  let waiting = '';
  let pasted: string | null = null;

  const feed = (chunk: string): Key[] => {
    const keys: Key[] = [];
    let input = waiting + chunk;
    waiting = '';
    while (input !== '') {
      if (pasted !== null) {
        const whole: string = pasted + input;
        const end = whole.indexOf(pasteEnd);
        if (end < 0) {
          pasted = whole;
          return keys;
        }
        keys.push({ name: 'paste', text: whole.slice(0, end).replaceAll(/\r\n?/g, '\n') });
        pasted = null;
        input = whole.slice(end + pasteEnd.length);
      } else if (input.startsWith(pasteStart)) {
        pasted = '';
        input = input.slice(pasteStart.length);
      } else if (unfinished.test(input)) {
        waiting = input;
        return keys;
      } else {
        const [key, length] = firstKey(input);
        if (key !== null) keys.push(key);
        input = input.slice(length);
      }
    }
    return keys;
  };

  return {
    feed,
    pending: () => waiting !== '',
    flush: () => {
      const rest = waiting;
      waiting = '';
      // An answer that was cut short is none.
      if (rest === '' || rest.startsWith('\u001b]11;')) return [];
      const alone: Key = { name: 'escape', text: '' };
      // `Esc [` or `Esc O` and then silence: Alt with that letter.
      return rest.length === 2 ? [{ name: `alt+${rest.slice(1)}`, text: '' }] : [alone];
    },
  };
}

/** The key that `input` begins with (null for a sequence nobody knows) and how many code units it takes. */
function firstKey(input: string): readonly [Key | null, number] {
  const first = input.charAt(0);
  if (first === '\u001b') return escapedKey(input);
  const control = controlKeys[first];
  if (control !== undefined) return [{ name: control, text: '' }, 1];
  if (first < ' ') {
    const letter = String.fromCharCode(first.charCodeAt(0) + 0x60);
    return [letter >= 'a' && letter <= 'z' ? { name: `ctrl+${letter}`, text: '' } : null, 1];
  }
  const text = input.charCodeAt(0) < 0x7f ? first : (graphemes(input.slice(0, 64))[0] ?? first);
  return [{ name: 'char', text }, text.length];
}

function escapedKey(input: string): readonly [Key | null, number] {
  const answered = answer.exec(input);
  if (answered !== null) return [{ name: 'background', text: answered[1] ?? '' }, answered[0].length];
  const found = sequence.exec(input);
  if (found !== null) {
    const [whole, parameters = '', final = '', single] = found;
    const [number = '', modifier = ''] = parameters.split(';');
    const base = single !== undefined ? finals[single] : final === '~' ? numbers[number] : finals[final];
    return [
      base === undefined ? null : { name: `${modifiers[modifier] ?? ''}${base}`, text: '' },
      whole.length,
    ];
  }
  const second = input.charAt(1);
  if (second === '\u001b') return [{ name: 'escape', text: '' }, 1];
  const control = controlKeys[second];
  if (control !== undefined) return [{ name: `alt+${control}`, text: '' }, 2];
  return [second > ' ' ? { name: `alt+${second.toLowerCase()}`, text: '' } : null, 2];
}
