/** What an option's words mean, or the AWS CLI's sentence about why they mean nothing. */
export type Value =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'problem'; readonly message: string };

/** Reads JSON given to an option. */
export function readJson(option: string, text: string): Value {
  try {
    return { kind: 'value', value: JSON.parse(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return problem(`Error parsing parameter '${option}': Invalid JSON: ${why}\nJSON received: ${text}`);
  }
}

/** The CLI's sentence about a value of the wrong type. */
export function invalidType(
  place: string,
  value: unknown,
  valid: 'str' | 'dict' | 'list' | 'bool' | 'int',
): Value {
  return validation(
    `Invalid type for parameter ${place}, value: ${pythonText(value)}, type: <class '${pythonType(value)}'>, valid types: <class '${valid}'>`,
  );
}

/** A failure of the CLI's own validation, before anything is sent. */
export function validation(message: string): Value {
  return problem(`Parameter validation failed:\n${message}`);
}

/** A value as Python prints it. What is inside a list or structure is left out: it may be of any size. */
function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object') return '{…}';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

function pythonType(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return 'dict';
}

/** A value that cannot be, with the CLI's sentence. */
export function problem(message: string): Value {
  return { kind: 'problem', message };
}
