import { type Action, type Binding, bindings, type Context } from './keys.ts';

/** A label and the keys for it, as people read them: `↑↓`, `Ctrl+T`. */
export interface KeyHelp {
  readonly keys: string;
  readonly label: string;
}

/** A key as the footer names it, with its binding's `must`; 3 for one that is dropped first. */
export interface FooterKey extends KeyHelp {
  readonly must: 1 | 2 | 3;
}

/**
 * What the footer says in these contexts, in its order; a label is said once. `options` is how many there are to
 * choose from.
 */
export function footerKeys(
  contexts: readonly Context[],
  hidden: ReadonlySet<Action>,
  options: number,
): FooterKey[] {
  const shown = bindings
    .filter((binding) => binding.footer !== undefined && contexts.includes(binding.context))
    .filter((binding) => !hidden.has(binding.action) && !isShadowed(binding, contexts))
    .sort((a, b) => (a.footer ?? 0) - (b.footer ?? 0));
  const groups = new Map<string, { readonly keys: string[]; readonly must: FooterKey['must'] }>();
  for (const binding of shown) {
    const present = groups.get(binding.label);
    const first = keyName(binding.action === 'option' ? binding.keys.slice(0, options) : binding.keys);
    if (present === undefined) groups.set(binding.label, { keys: [first], must: binding.must ?? 3 });
    // The same label in another context is another way to say it: one is enough, except for pairs of arrows.
    else if (/[↑↓←→]$/.test(first)) present.keys.push(first.slice(-1));
  }
  return [...groups].map(([label, { keys, must }]) => ({ keys: keys.join(''), label, must }));
}

/** True when a more particular context gives all of its keys another meaning. */
function isShadowed({ context, keys }: Binding, contexts: readonly Context[]): boolean {
  const before = contexts.slice(0, contexts.indexOf(context));
  return keys.every((key) =>
    bindings.some((other) => before.includes(other.context) && other.keys.includes(key)),
  );
}

/** Every key of these contexts with all its ways, for the help. */
export function helpKeys(context: Context): KeyHelp[] {
  const groups = new Map<string, string[]>();
  for (const binding of bindings.filter((each) => each.context === context)) {
    const names = binding.keys.length > 4 ? [keyName(binding.keys)] : binding.keys.map(nameOfKey);
    groups.set(binding.label, [...(groups.get(binding.label) ?? []), ...names]);
  }
  return [...groups].map(([label, keys]) => ({ keys: keys.join(' '), label }));
}

function keyName(keys: readonly string[]): string {
  const [first = '', ...rest] = keys;
  const isRange = rest.length > 0 && /^\d$/.test(first);
  return isRange ? `${first}–${rest.at(-1) ?? ''}` : nameOfKey(first);
}

const names: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  tab: 'Tab',
  ' ': 'Space',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  backspace: 'Backspace',
  delete: 'Del',
  home: 'Home',
  end: 'End',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
};

function nameOfKey(key: string): string {
  if (key.length === 1) return names[key] ?? key;
  return key
    .split('+')
    .map((part, index) => names[part] ?? (index > 0 || /^f\d/.test(part) ? part.toUpperCase() : part))
    .join('+');
}
