import type { Filter } from './filters.ts';

/** Options of `aws s3` that take a value. */
const VALUED: readonly string[] = [
  ...['--exclude', '--include', '--acl', '--sse-kms-key-id', '--expires-in', '--page-size'],
];

/** What a line says beside its paths. */
export interface Given {
  /** Options with their values, which are empty for flags. */
  readonly options: ReadonlyMap<string, string>;
  /** In the order in which they were typed, which matters. */
  readonly filters: readonly Filter[];
}

/** The words of a line, read; or what the AWS CLI has against them. */
export type Options =
  | { readonly kind: 'options'; readonly given: Given; readonly paths: readonly string[] }
  | { readonly kind: 'problem'; readonly message: string };

/** Reads the words after a command of `aws s3`. */
export function readOptions(words: readonly string[]): Options {
  const options = new Map<string, string>();
  const filters: Filter[] = [];
  const paths: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!/^-./.test(word)) {
      paths.push(word);
      continue;
    }
    const [, option = word, joined] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
    const next = words[at + 1];
    let value = joined;
    if (value === undefined && (VALUED.includes(option) || isEncryption(option, next))) {
      value = next;
      at++;
    }
    if (VALUED.includes(option) && (value === undefined || /^--[a-z]/.test(value))) {
      return { kind: 'problem', message: `argument ${option}: expected one argument` };
    }
    if (option === '--exclude' || option === '--include') {
      filters.push({ kind: option === '--exclude' ? 'exclude' : 'include', pattern: value ?? '' });
    }
    options.set(option, value ?? '');
  }
  return { kind: 'options', given: { options, filters }, paths };
}

/** `--sse` may stand alone, for AES256. */
function isEncryption(option: string, next: string | undefined): boolean {
  return option === '--sse' && (next === 'AES256' || next === 'aws:kms');
}

/** What requests that write objects say beside the object. */
export type Writing = Readonly<Partial<Record<'ACL' | 'ServerSideEncryption' | 'SSEKMSKeyId', string>>>;

/** How objects are to be written, by the options of a line. */
export function writingOf({ options }: Given): Writing {
  const acl = options.get('--acl');
  const encryption = options.get('--sse');
  const key = options.get('--sse-kms-key-id');
  return {
    ...(acl === undefined ? {} : { ACL: acl }),
    ...(encryption === undefined ? {} : { ServerSideEncryption: encryption || 'AES256' }),
    ...(key === undefined ? {} : { SSEKMSKeyId: key }),
  };
}
