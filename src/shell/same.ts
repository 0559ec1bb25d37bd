/** Whether two JSON values are equal, members called `except` aside. What they share is not looked at. */
export function isSame(a: unknown, b: unknown, except: string | null = null): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = new Map(entriesOf(a, except));
  const right = entriesOf(b, except);
  return (
    left.size === right.length &&
    right.every(([key, value]) => left.has(key) && isSame(left.get(key), value, except))
  );
}

/** A member that is undefined is not there: JSON has no such value. */
function entriesOf(value: object, except: string | null): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([key, member]) => key !== except && member !== undefined);
}
