import type { Json } from '../../../cloud/operation.ts';
import { isList, isObject, isScalar, type JsonObject, scalarText } from './scalar.ts';
import { drawSections, type Section } from './table-drawing.ts';

/** A drawn table; or why there can be none, as when lines of a list have different lengths. */
export type Table =
  | { readonly kind: 'table'; readonly text: string }
  | { readonly kind: 'problem'; readonly message: string };

/**
 * `--output table`: a box for every list and structure in the answer, each inside the one that holds it.
 * `title` is the API's name. An empty answer draws nothing.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html#table-output
 */
export function asTable(title: string, value: Json): Table {
  const sections = new Sections();
  if (!sections.add(title, value, 0)) return { kind: 'table', text: '' };
  const { uneven } = sections;
  return uneven === null
    ? { kind: 'table', text: drawSections(sections.all) }
    : {
        kind: 'problem',
        message: `Row should have ${uneven.wanted} elements, instead it has ${uneven.given}`,
      };
}

class Sections {
  readonly all: Section[] = [];
  uneven: { readonly wanted: number; readonly given: number } | null = null;

  /** Adds boxes for a value; false when there is nothing to show. `title` null goes on in the present box. */
  add(title: string | null, value: Json, indent: number): boolean {
    if (isNothing(value)) return false;
    if (title !== null) this.#open(title, indent);
    if (isList(value)) this.#addList(value, title, indent);
    else if (isObject(value)) this.#addObject(value, indent);
    return true;
  }

  #addList(list: readonly Json[], title: string | null, indent: number): void {
    if (list.some(isObject)) {
      this.#addObjects(list.filter(isObject), title, indent);
      return;
    }
    for (const item of list) {
      if (isScalar(item)) this.#row([scalarText(item)]);
      else if (isList(item) && item.every(isScalar)) this.#row(item.map(scalarText));
      else this.add(null, item, 0);
    }
  }

  /** One box for all, unless they hold others: then one each, with what it holds after it. */
  #addObjects(objects: readonly JsonObject[], title: string | null, indent: number): void {
    const columns = namesIn(objects, isScalar);
    const nested = namesIn(objects, (value) => !isScalar(value));
    this.#header(columns);
    objects.forEach((object, index) => {
      if (index > 0 && nested.length > 0) {
        this.#open(title ?? '', indent);
        this.#header(columns);
      }
      this.#row(columns.map((name) => cellOf(object, name)));
      this.#addNested(object, nested, indent);
    });
  }

  #addObject(object: JsonObject, indent: number): void {
    const names = namesIn([object], isScalar);
    const cells = names.map((name) => cellOf(object, name));
    if (names.length === 1) {
      this.#row([...names, ...cells]);
    } else if (names.length > 1) {
      this.#header(names);
      this.#row(cells);
    }
    this.#addNested(
      object,
      namesIn([object], (value) => !isScalar(value)),
      indent,
    );
  }

  #addNested(object: JsonObject, names: readonly string[], indent: number): void {
    for (const name of names) {
      const value = object[name];
      if (value !== undefined) this.add(name, value, indent + 1);
    }
  }

  #open(title: string, indent: number): void {
    this.all.push({ title, indent, headers: [], rows: [] });
  }

  #header(names: readonly string[]): void {
    this.#update((section) => ({ ...section, headers: names }), names.length);
  }

  #row(cells: readonly string[]): void {
    this.#update((section) => ({ ...section, rows: [...section.rows, cells] }), cells.length);
  }

  #update(change: (section: Section) => Section, columns: number): void {
    const section = this.all.pop();
    if (section === undefined) return;
    const wanted = section.rows[0]?.length ?? (section.headers.length || columns);
    if (wanted !== columns) this.uneven ??= { wanted, given: columns };
    this.all.push(change(section));
  }
}

function isNothing(value: Json): boolean {
  if (isScalar(value)) return value === null || value === '' || value === 0 || value === false;
  return (isList(value) ? value : Object.keys(value)).length === 0;
}

function namesIn(objects: readonly JsonObject[], wanted: (value: Json) => boolean): readonly string[] {
  const names = objects.flatMap((object) =>
    Object.entries(object).flatMap(([name, value]) => (wanted(value) ? [name] : [])),
  );
  return [...new Set(names)].sort();
}

function cellOf(object: JsonObject, name: string): string {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  if (value === undefined) return '';
  return isScalar(value) ? scalarText(value) : JSON.stringify(value);
}
