import { isObject } from '../iam/problem.ts';
import type { ContentPath, ContentProblem } from './problem.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** The text of another file of the same folder, by its name; null when there is none. */
export type Siblings = (name: string) => string | null;

/** A source whose world is whole, and the texts it came from besides its own. */
export interface Extended {
  readonly source: YamlSource;
  readonly texts: readonly string[];
}

const NAME = /^[\w-][\w.-]*\.ya?ml$/;

/**
 * Puts the world of the file that `world.extends` names under a file's own world: tables are merged, anything else is
 * replaced. Places lead into the file that says a thing. Without `extends` it is the source itself.
 */
export function extendWorld(
  source: YamlSource,
  siblings: Siblings,
  seen: readonly string[] = [baseName(source.file)],
): Extended | { readonly problems: readonly ContentProblem[] } {
  const own = isObject(source.value) ? source.value : {};
  if (!isObject(own.world) || own.world.extends === undefined) return { source, texts: [] };
  const { extends: name, ...special } = own.world;
  const problem = (what: string, mend: string) => ({
    problems: [{ file: source.file, ...source.locate(['world', 'extends']), what, mend }],
  });
  if (typeof name !== 'string' || !NAME.test(name))
    return problem(
      'A world extends that of another file of this folder.',
      'Its name alone, such as company.yaml.',
    );
  if (seen.includes(name))
    return problem(`These worlds extend each other: ${[...seen, name].join(', ')}.`, 'Break the circle.');
  const text = siblings(name);
  if (text === null)
    return problem(`There is no file ${name} in this folder.`, 'Put it beside this one, or mend its name.');
  const yaml = readYaml(source.file.slice(0, -baseName(source.file).length) + name, text);
  if ('problems' in yaml) return yaml;
  if (!isObject(yaml.source.value) || !isObject(yaml.source.value.world))
    return problem(
      `${name} has no \`world\`.`,
      'It is a scenario, or a file with `format` and `world` alone.',
    );
  const base = extendWorld(yaml.source, siblings, [...seen, name]);
  if ('problems' in base) return base;
  const below = isObject(base.source.value) ? base.source.value.world : {};
  const value = { ...own, world: merged(below, special) };
  return { source: layered(source, base.source, value), texts: [text, ...base.texts] };
}

function merged(below: unknown, above: unknown): unknown {
  if (!isObject(below) || !isObject(above)) return above;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      !Object.hasOwn(above, key)
        ? below[key]
        : Object.hasOwn(below, key)
          ? merged(below[key], above[key])
          : above[key],
    ]),
  );
}

/** A source that looks for parts of the world where they are written: in its own file first. */
function layered(own: YamlSource, base: YamlSource, value: unknown): YamlSource {
  const holder = (path: ContentPath): YamlSource =>
    path[0] === 'world' && base.reach(path) > own.reach(path) ? base : own;
  return {
    file: own.file,
    value,
    reach: (path) => holder(path).reach(path),
    locate: (path, on) => {
      const source = holder(path);
      return { file: source.file, ...source.locate(path, on) };
    },
    locateText: (path, text) => {
      const source = holder(path);
      return { file: source.file, ...source.locateText(path, text) };
    },
  };
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
