import type { Nested } from '../../cloud/operation.ts';
import { own } from '../../cloud/own.ts';
import type { Files } from '../files.ts';
import { readShorthand } from './shorthand.ts';
import { invalidType, problem, readJson, type Value, validation } from './validation.ts';

/** Reads a value with values in it, in JSON or shorthand; a list may be given as several words. */
export function readNested(
  option: string,
  name: string,
  shape: Nested,
  texts: readonly string[],
  files: Files,
): Value {
  const isList = typeof shape === 'object' && shape.list !== undefined;
  const [first = ''] = texts;
  if (texts.length === 1 && /^\s*[[{]/.test(first)) {
    const json = readJson(option, first);
    if (json.kind === 'problem') return json;
    return fitted(shape, name, isList && !Array.isArray(json.value) ? [json.value] : json.value);
  }
  const items: unknown[] = [];
  for (const text of texts) {
    const read = readShorthand(text, files);
    if (read.kind === 'problem') return problem(`Error parsing parameter '${option}': ${read.message}`);
    items.push(read.value);
  }
  return fitted(shape, name, isList ? items : items[0]);
}

/** A value in its shape: one text where a list is due, and a number or `true` as text, are taken for what they stand for. */
function fitted(shape: Nested, place: string, value: unknown): Value {
  if (shape === 'string') {
    return typeof value === 'string' ? { kind: 'value', value } : invalidType(place, value, 'str');
  }
  if (shape === 'integer') {
    const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    return Number.isInteger(number) ? { kind: 'value', value: number } : invalidType(place, value, 'int');
  }
  if (shape === 'boolean') {
    if (typeof value === 'boolean') return { kind: 'value', value };
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    return text === 'true' || text === 'false'
      ? { kind: 'value', value: text === 'true' }
      : invalidType(place, value, 'bool');
  }
  if (shape.list !== undefined) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return collected(
      list.map((each, index) => [String(index), fitted(shape.list, `${place}[${index}]`, each)]),
      true,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return invalidType(place, value, 'dict');
  }
  const members: [string, Value][] = [];
  for (const [key, each] of Object.entries(value)) {
    const inside = shape.map ?? own(shape.structure, key);
    if (inside === undefined) {
      const known = Object.keys(shape.structure ?? {}).join(', ');
      return validation(`Unknown parameter in ${place}: "${key}", must be one of: ${known}`);
    }
    members.push([key, fitted(inside, `${place}.${key}`, each)]);
  }
  return collected(members, false);
}

/** All values together, or the first problem among them. */
function collected(members: readonly (readonly [string, Value])[], asList: boolean): Value {
  const values: [string, unknown][] = [];
  for (const [key, value] of members) {
    if (value.kind === 'problem') return value;
    values.push([key, value.value]);
  }
  return { kind: 'value', value: asList ? values.map(([, each]) => each) : Object.fromEntries(values) };
}
