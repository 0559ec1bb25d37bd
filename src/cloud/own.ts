/** The record's own entry, or undefined: names such as `constructor` find nothing that is not there. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Entries in the order AWS lists them: by name, code unit by code unit. */
export function listed<T extends { readonly name: string }>(
  record: Readonly<Record<string, T>>,
): readonly T[] {
  return Object.values(record).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** True when a name is taken: IAM does not distinguish names by case. */
export function isTaken(record: Readonly<Record<string, { readonly name: string }>>, name: string): boolean {
  const lower = name.toLowerCase();
  return Object.values(record).some((each) => each.name.toLowerCase() === lower);
}
