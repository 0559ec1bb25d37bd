/** Whether two JSON values are equal. What they share by identity is not looked at. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  if (Array.isArray(a) !== Array.isArray(b)) {
    return false;
  }
  const left = new Map<string, unknown>(Object.entries(a));
  const right: readonly (readonly [string, unknown])[] = Object.entries(b);
  return (
    left.size === right.length && right.every(([key, value]) => left.has(key) && isSame(left.get(key), value))
  );
}
