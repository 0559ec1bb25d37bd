type IsName = (name: string) => boolean;

const NONE: IsName = () => false;

/** Whether two JSON values are equal, members whose name is an `exception` aside. What they share is not looked at. */
export function isSame(a: unknown, b: unknown, exception: IsName = NONE): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = new Map(entriesOf(a, exception));
  const right = entriesOf(b, exception);
  return (
    left.size === right.length &&
    right.every(([key, value]) => left.has(key) && isSame(left.get(key), value, exception))
  );
}

/** A member that is undefined is not there: JSON has no such value. */
function entriesOf(value: object, exception: IsName): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([key, member]) => !exception(key) && member !== undefined);
}
