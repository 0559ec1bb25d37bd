import type { Member } from '../../cloud/operation.ts';
import { type Files, readFile } from '../files.ts';
import { readNested } from './nested.ts';
import { readShorthand } from './shorthand.ts';
import { invalidType, problem, readJson, type Value, validation } from './validation.ts';

/** What a value may come from, and how bytes are typed. */
export interface Reading {
  readonly files: Files;
  /** `--cli-binary-format raw-in-base64-out`: bytes as they are. */
  readonly rawBinary: boolean;
}

/**
 * Reads the words given to an option by the type of its member, `file://` included
 * (https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters.html). `member.type` is not `boolean`.
 */
export function readValue(
  option: string,
  name: string,
  member: Member,
  words: readonly string[],
  { files, rawBinary }: Reading,
): Value {
  const texts: string[] = [];
  const { onlyFile } = member;
  if (onlyFile !== undefined && !words[0]?.startsWith('fileb://')) {
    const example = `Example usage:  ${option} fileb://path/to/file.zip`;
    return problem(`${option} must be a zip file with the fileb:// prefix.\n${example}\n(${onlyFile})`);
  }
  for (const word of words) {
    const loaded = member.type === 'body' ? loadBody(word, files) : loadParamFile(word, files);
    if (loaded.kind === 'problem') {
      const advice = onlyFile === undefined ? '' : `\n(${onlyFile})`;
      return problem(`Error parsing parameter '${option}': ${loaded.message}${advice}`);
    }
    texts.push(loaded.text);
  }
  const first = texts[0] ?? '';
  switch (member.type) {
    case 'string':
    case 'document':
    case 'body':
      return { kind: 'value', value: first };
    case 'integer':
      return /^\s*[+-]?\d{1,15}\s*$/.test(first)
        ? { kind: 'value', value: Number(first) }
        : problem(`invalid literal for int() with base 10: '${first}'\n${option} takes a whole number.`);
    case 'boolean':
      return { kind: 'value', value: true };
    case 'strings':
      return readStrings(option, name, texts);
    case 'structure':
      return readStructure(option, name, member.members, first, files);
    case 'structures':
      return readStructures(option, name, member.members, texts, files);
    case 'nested':
      return readNested(option, name, member.of, texts, files);
    case 'blob':
      return readBlob(words[0] ?? '', first, rawBinary);
  }
}

type Loaded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly message: string };

function loadParamFile(word: string, files: Files): Loaded {
  const path = /^fileb?:\/\/(.*)$/s.exec(word)?.[1];
  if (path === undefined) return { kind: 'text', text: word };
  const text = readFile(files, path);
  return text === undefined
    ? {
        kind: 'problem',
        message: `Unable to load paramfile ${word}: [Errno 2] No such file or directory: '${path}'`,
      }
    : { kind: 'text', text };
}

function loadBody(word: string, files: Files): Loaded {
  const text = readFile(files, word);
  return text === undefined
    ? { kind: 'problem', message: 'Blob values must be a path to a file.' }
    : { kind: 'text', text };
}

/**
 * Bytes are given as base64, unless they come from a file with `fileb://` or are said to be raw
 * (https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html).
 */
function readBlob(word: string, text: string, rawBinary: boolean): Value {
  if (rawBinary || word.startsWith('fileb://'))
    return { kind: 'value', value: Buffer.from(text).toString('base64') };
  return /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
    ? { kind: 'value', value: text }
    : problem(`Invalid base64: "${text}"`);
}

function readStrings(option: string, name: string, texts: readonly string[]): Value {
  const only = texts.length === 1 ? (texts[0] ?? '') : '';
  if (!/^\s*\[/.test(only)) return { kind: 'value', value: texts };
  const json = readJson(option, only);
  if (json.kind === 'problem') return json;
  const list = Array.isArray(json.value) ? json.value : [];
  const wrong = list.findIndex((one) => typeof one !== 'string');
  return wrong === -1 ? json : invalidType(`${name}[${wrong}]`, list[wrong], 'str');
}

function readStructure(
  option: string,
  name: string,
  members: readonly string[],
  text: string,
  files: Files,
): Value {
  if (/^\s*[[{]/.test(text)) {
    const json = readJson(option, text);
    return json.kind === 'problem' ? json : checkStructure(name, members, json.value);
  }
  const read = readShorthand(text, files);
  return read.kind === 'problem'
    ? problem(`Error parsing parameter '${option}': ${read.message}`)
    : checkStructure(name, members, read.value);
}

function readStructures(
  option: string,
  name: string,
  members: readonly string[],
  texts: readonly string[],
  files: Files,
): Value {
  let structures: unknown[] = [];
  const only = texts.length === 1 ? (texts[0] ?? '') : '';
  if (/^\s*[[{]/.test(only)) {
    const json = readJson(option, only);
    if (json.kind === 'problem') return json;
    structures = Array.isArray(json.value) ? json.value : [json.value];
  } else {
    for (const text of texts) {
      const read = readShorthand(text, files);
      if (read.kind === 'problem') return problem(`Error parsing parameter '${option}': ${read.message}`);
      structures.push(read.value);
    }
  }
  for (const [index, structure] of structures.entries()) {
    const checked = checkStructure(`${name}[${index}]`, members, structure);
    if (checked.kind === 'problem') return checked;
  }
  return { kind: 'value', value: structures };
}

/** The AWS CLI's own validation, before anything is sent: known members only, and text in them. */
function checkStructure(place: string, members: readonly string[], value: unknown): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return invalidType(place, value, 'dict');
  }
  for (const [key, text] of Object.entries(value)) {
    if (!members.includes(key)) {
      return validation(`Unknown parameter in ${place}: "${key}", must be one of: ${members.join(', ')}`);
    }
    if (typeof text !== 'string') return invalidType(`${place}.${key}`, text, 'str');
  }
  return { kind: 'value', value };
}
