import type { Json } from '../cloud/operation.ts';

/** A member of a JSON object; null when there is none. */
export function member(value: Json, name: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) {
    return null;
  }
  return (value as Readonly<Record<string, Json>>)[name] ?? null;
}

/** A member that is text; empty when it is not there. */
export function textOf(value: Json, name: string): string {
  const found = member(value, name);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}

/** A member that is a list; empty when it is not there. */
export function listOf(value: Json, name: string): readonly Json[] {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
}
