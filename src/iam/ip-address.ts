/** An address as 16-bit groups: two for IPv4, eight for IPv6. */
export type IpAddress = readonly number[];

/** A range of addresses. */
export interface IpRange {
  readonly address: IpAddress;
  /** How many leading bits count: 0 matches every address of the family. */
  readonly prefix: number;
}

/** Reads an IPv4 or IPv6 address in any of its spellings; null when it is none. */
export function parseIp(text: string): IpAddress | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/**
 * Reads an address or a CIDR range; without a prefix it is that one address (/32, or /128 for IPv6). Null when malformed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export function parseIpRange(text: string): IpRange | null {
  const slash = text.indexOf('/');
  const address = parseIp(slash < 0 ? text : text.slice(0, slash));
  if (address === null) return null;
  const bits = address.length * 16;
  if (slash < 0) return { address, prefix: bits };
  const digits = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(digits) || Number(digits) > bits) return null;
  return { address, prefix: Number(digits) };
}

/** True when the address is in the range. IPv4 and IPv6 never match each other. */
export function ipInRange(address: IpAddress, range: IpRange): boolean {
  if (address.length !== range.address.length) return false;
  let bits = range.prefix;
  for (let i = 0; bits > 0; i++, bits -= 16) {
    const shift = bits >= 16 ? 0 : 16 - bits;
    if ((address[i] ?? 0) >> shift !== (range.address[i] ?? 0) >> shift) return false;
  }
  return true;
}

function parseIpv4(text: string): IpAddress | null {
  const bytes: number[] = [];
  let from = 0;
  while (bytes.length < 4) {
    const dot = bytes.length === 3 ? text.length : text.indexOf('.', from);
    const byte = dot < 0 ? -1 : byteOf(text, from, dot);
    if (byte < 0) return null;
    bytes.push(byte);
    from = dot + 1;
  }
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return [(a << 8) | b, (c << 8) | d];
}

/** A number from 0 to 255 without leading zeros; -1 when the text is none. */
function byteOf(text: string, from: number, to: number): number {
  const length = to - from;
  if (length < 1 || length > 3 || (length > 1 && text.charCodeAt(from) === ZERO)) return -1;
  let byte = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    byte = byte * 10 + digit;
  }
  return byte <= 255 ? byte : -1;
}

const ZERO = 0x30;

function parseIpv6(text: string): IpAddress | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '', true) : [];
  if (head === null || tail === null) return null;
  if (halves.length === 1) return head.length === 8 ? head : null;
  const missing = 8 - head.length - tail.length;
  if (missing < 1) return null;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/** The groups of one side of `::`; the last may be an IPv4 address where the text ends. */
function groupsOf(text: string, last: boolean): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const v4 = last && i === parts.length - 1 ? parseIpv4(part) : null;
    if (v4 === null) return null;
    groups.push(...v4);
  }
  return groups;
}
