type Members = Readonly<Record<string, unknown>>;

/** Whether two JSON values are equal. What they share is not looked at. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (!hasMembers(a) || !hasMembers(b) || Array.isArray(a) !== Array.isArray(b)) {
    return false;
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

function hasMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
