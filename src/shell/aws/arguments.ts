import type { Member, Operation } from '../../cloud/operation.ts';
import { commandOf, kebab } from '../names.ts';
import { nearest } from '../nearest.ts';
import { usageError } from './usage.ts';
import { type Reading, readValue } from './value.ts';

/** An operation's input, read from the words after its name. */
export type Arguments =
  | {
      readonly kind: 'input';
      readonly input: Readonly<Record<string, unknown>>;
      /** Where `s3api get-object` puts the object; null for an operation that writes no file. */
      readonly outfile: string | null;
    }
  | { readonly kind: 'problem'; readonly output: string };

interface Option {
  readonly member: Member;
  /** Name of the member, such as `PolicyName`. */
  readonly name: string;
}

/** The options of an operation by what is typed, `--no-…` forms of booleans left out. */
export function optionsOf(operation: Operation): ReadonlyMap<string, Option> {
  return new Map(
    Object.entries(operation.input).map(([name, member]) => [`--${kebab(name)}`, { name, member }]),
  );
}

/** Whether the name of a file to write to is the last word, as in `s3api get-object`. */
export function takesOutfile(operation: Operation): boolean {
  return operation.outfile !== undefined && operation.outfileOption === undefined;
}

/** Reads `--option value` pairs by the operation's shape, with the AWS CLI's own complaints. */
export function readArguments(operation: Operation, words: readonly string[], reading: Reading): Arguments {
  const options = optionsOf(operation);
  const given = new Map<string, { readonly option: Option; readonly words: readonly string[] | boolean }>();
  const unknown: string[] = [];
  let outfile: string | null = null;

  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const equals = word.indexOf('=');
    const written = word.startsWith('--') && equals !== -1 ? word.slice(0, equals) : word;
    const meantOptions = optionsBeginning(written, options);
    if (meantOptions.length > 1) {
      return problem(usageError(`ambiguous option: ${written} could match ${meantOptions.join(', ')}`));
    }
    const typed = meantOptions[0] ?? written;
    const option = options.get(typed);
    if (option === undefined) {
      const negated = options.get(typed.replace(/^--no-/, '--'));
      if (typed.startsWith('--no-') && negated?.member.type === 'boolean') {
        given.set(typed.replace(/^--no-/, '--'), { option: negated, words: false });
      } else if (
        !word.startsWith('--') &&
        takesOutfile(operation) &&
        outfile === null &&
        unknown.length === 0
      ) {
        outfile = word;
      } else {
        unknown.push(word);
      }
      continue;
    }
    if (option.member.type === 'boolean') {
      if (equals !== -1) {
        return problem(
          usageError(`argument ${typed}: ignored explicit argument '${word.slice(equals + 1)}'`),
        );
      }
      given.set(typed, { option, words: true });
      continue;
    }
    const values: string[] = [];
    if (equals !== -1) {
      values.push(word.slice(equals + 1));
    } else {
      const most = isList(option.member) ? Number.POSITIVE_INFINITY : 1;
      while (values.length < most && at + 1 < words.length && !looksLikeOption(words[at + 1] ?? '')) {
        at += 1;
        values.push(words[at] ?? '');
      }
      if (values.length === 0 && !isList(option.member)) {
        return problem(usageError(`argument ${typed}: expected one argument`));
      }
    }
    const { choices } = option.member;
    if (choices !== undefined && !choices.includes(values[0] ?? '')) {
      return problem(
        usageError(`argument ${typed}: Invalid choice, valid choices are:\n\n${choices.join(' | ')}`),
      );
    }
    given.set(typed, { option, words: values });
  }

  const missing = [...options]
    .filter(([typed, { member }]) => member.required === true && !given.has(typed))
    .map(([typed]) => typed);
  if (takesOutfile(operation) && outfile === null) missing.push('outfile');
  const hint = meant(unknown, options.keys());
  if (missing.length > 0) {
    const foreign = unknown.filter((word) => word.startsWith('--')).join(', ');
    const note = foreign === '' || hint !== '' ? '' : `\n${foreign} is not simulated here.`;
    return problem(
      `${usageError(`the following arguments are required: ${missing.join(', ')}${hint}`)}${note}`,
    );
  }
  if (unknown.length > 0) {
    const { service, command } = commandOf(operation.id);
    return problem(
      `${usageError(`Unknown options: ${unknown.join(', ')}${hint}`)}\n'aws ${service} ${command} help' lists the options that are simulated here.`,
    );
  }

  const input: Record<string, unknown> = {};
  const local: Record<string, unknown> = {};
  for (const [typed, { option, words: values }] of given) {
    if (typeof values === 'boolean') {
      input[option.name] = values;
      continue;
    }
    const read = readValue(typed, option.name, option.member, values, reading);
    if (read.kind === 'problem') return problem(read.message);
    (option.member.local === true ? local : input)[option.name] = read.value;
  }
  const named = local[operation.outfileOption ?? ''];
  return { kind: 'input', input, outfile: typeof named === 'string' ? named : outfile };
}

/**
 * The options that a word may stand for: the one of this name, or all whose names begin so, as the AWS CLI takes
 * `--instance-id` for `--instance-ids`. https://github.com/aws/aws-cli/issues/7128
 */
function optionsBeginning(written: string, options: ReadonlyMap<string, Option>): readonly string[] {
  if (!/^--./.test(written) || options.has(written)) return [written];
  const negated = [...options]
    .filter(([, { member }]) => member.type === 'boolean')
    .map(([typed]) => typed.replace('--', '--no-'));
  if (negated.includes(written)) return [written];
  return [...options.keys(), ...negated].filter((typed) => typed.startsWith(written));
}

/** Whether an option takes several words. */
export function isList(member: Member): boolean {
  if (member.type === 'nested') return typeof member.of === 'object' && member.of.list !== undefined;
  return member.type === 'strings' || member.type === 'structures';
}

/** A lone dash and negative numbers are values; everything else that begins with a dash is an option. */
function looksLikeOption(word: string): boolean {
  return /^-./.test(word) && !/^-\d+$/.test(word) && !word.includes(' ') && !word.includes('\n');
}

function meant(unknown: readonly string[], known: Iterable<string>): string {
  const options = [...known];
  const near = unknown
    .filter((word) => word.startsWith('--'))
    .flatMap((word) => nearest(word.split('=')[0] ?? '', options).slice(0, 1));
  return near.length === 0 ? '' : `\n\nMaybe you meant: ${near.join(', ')}`;
}

function problem(output: string): Arguments {
  return { kind: 'problem', output };
}
