import type { Json } from '../../../cloud/operation.ts';

/** A value that holds no others. */
export type Scalar = string | number | boolean | null;

export type JsonObject = Readonly<Record<string, Json>>;

export function isScalar(value: Json): value is Scalar {
  return typeof value !== 'object' || value === null;
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json): value is JsonObject {
  return !isScalar(value) && !isList(value);
}

/** A value as the AWS CLI prints it outside JSON, which is as Python does: `True`, `None`. */
export function scalarText(value: Scalar): string {
  if (value === null) return 'None';
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}
