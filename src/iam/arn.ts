/** The parts of an ARN: `arn:partition:service:region:account:resource`. The resource may hold colons. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Takes an ARN apart; null when the text is none. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function parseArn(text: string): Arn | null {
  if (!text.startsWith('arn:')) return null;
  const parts = arnComponents(text);
  if (parts === null) return null;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = parts;
  if (partition === '' || service === '' || resource === '') return null;
  return { partition, service, region, account, resource };
}

/** The six components of an ARN, split at its first five colons; null when there are fewer. */
export function arnComponents(text: string): readonly string[] | null {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < 5; i++) {
    const colon = text.indexOf(':', from);
    if (colon < 0) return null;
    parts.push(text.slice(from, colon));
    from = colon + 1;
  }
  parts.push(text.slice(from));
  return parts;
}

/** The position just after the fifth colon, where an ARN's resource starts; -1 when there is none. */
export function resourceStart(text: string): number {
  let from = 0;
  for (let i = 0; i < 5; i++) {
    const colon = text.indexOf(':', from);
    if (colon < 0) return -1;
    from = colon + 1;
  }
  return from;
}

/** The twelve digits between an ARN's fourth and fifth colon; null when there are none. */
export function accountOfArn(text: string): string | null {
  const end = resourceStart(text) - 1;
  if (end < 12 || text.charCodeAt(end - 13) !== 0x3a) return null;
  return areDigits(text, end - 12, end) ? text.slice(end - 12, end) : null;
}

/** True for twelve digits. */
export function isAccountId(text: string): boolean {
  return text.length === 12 && areDigits(text, 0, 12);
}

function areDigits(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}
