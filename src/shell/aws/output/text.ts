import type { Json } from '../../../cloud/operation.ts';
import { isList, isObject, isScalar, type JsonObject, scalarText } from './scalar.ts';

/**
 * `--output text`: lines of values separated by tabs, in the alphabetical order of their names, each line of
 * a list with its name in capitals before it.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html#text-output
 */
export function asText(value: Json): string {
  return linesOf(value, null, null).join('\n');
}

/** `name`: of the member the value is. `columns`: names that every line of the same list has. */
function linesOf(value: Json, name: string | null, columns: readonly string[] | null): readonly string[] {
  if (isScalar(value)) return [scalarText(value)];
  return isList(value) ? listLines(value, name) : objectLines(value, name, columns);
}

function listLines(list: readonly Json[], name: string | null): readonly string[] {
  if (list.some(isObject)) {
    const columns = [...new Set(list.filter(isObject).flatMap(scalarNames))].sort();
    return list.flatMap((each) => linesOf(each, name, columns));
  }
  const scalars = list.filter(isScalar).map(scalarText);
  const nested = list.filter((each) => !isScalar(each)).flatMap((each) => linesOf(each, name, null));
  if (scalars.length === 0) return nested;
  const lines =
    name === null ? [scalars.join('\t')] : scalars.map((text) => `${name.toUpperCase()}\t${text}`);
  return [...lines, ...nested];
}

function objectLines(
  object: JsonObject,
  name: string | null,
  columns: readonly string[] | null,
): readonly string[] {
  const shown = columns ?? scalarNames(object).sort();
  const cells = shown.map((column) => {
    const value = Object.hasOwn(object, column) ? object[column] : undefined;
    return value === undefined ? '' : isScalar(value) ? scalarText(value) : JSON.stringify(value);
  });
  const head = name === null ? cells : [name.toUpperCase(), ...cells];
  const nested = Object.keys(object)
    .filter((key) => !shown.includes(key))
    .sort()
    .flatMap((key) => linesOf(object[key] ?? null, key, null));
  return cells.length === 0 ? nested : [head.join('\t'), ...nested];
}

function scalarNames(object: JsonObject): string[] {
  return Object.entries(object).flatMap(([key, value]) => (isScalar(value) ? [key] : []));
}
