import { isObject } from '../../iam/problem.ts';
import type { ContentPath } from '../problem.ts';

/** A part of a JSON value left out, or another one in its place. */
export type JsonEdit = { readonly kind: 'remove' } | { readonly kind: 'put'; readonly value: unknown };

/**
 * A copy of a JSON value with one part edited. What holds nothing any more once a part is removed goes too: a
 * `Condition` without operators, a list without items.
 */
export function editJson(value: unknown, path: ContentPath, edit: JsonEdit): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return edit.kind === 'put' ? edit.value : undefined;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const edited = items.flatMap((item, index) => {
      const now = index === first ? editJson(item, rest, edit) : item;
      return now === undefined ? [] : [now];
    });
    return edited.length === 0 ? undefined : edited;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    const now = key === first ? editJson(item, rest, edit) : item;
    return now === undefined ? [] : [[key, now]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** A value that may stand by itself or in a list, as a list, each item with its path. */
export function itemsAt(value: unknown, path: ContentPath): readonly (readonly [unknown, ContentPath])[] {
  return Array.isArray(value)
    ? value.map((item: unknown, index) => [item, [...path, index]] as const)
    : value === undefined
      ? []
      : [[value, path]];
}
