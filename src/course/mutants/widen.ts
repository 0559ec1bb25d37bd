/** Wider texts for one of the elements of a statement, the nearest first. Empty when it is as wide as it gets. */
export function widerActions(action: string): readonly string[] {
  const [service = '', name = ''] = action.split(':');
  if (action === '*') return [];
  return name === '*' ? ['*'] : [`${service}:*`];
}

/** Wider ARNs: without the last slash, one folder up, and everything. */
export function widerResources(resource: string): readonly string[] {
  if (resource === '*') return [];
  const open = resource.endsWith('*') ? resource.slice(0, -1) : resource;
  const found: string[] = [];
  // `site/*` as `site*`, which is also what `site-old/` begins with.
  if (open.endsWith('/') && resource.endsWith('*')) found.push(`${open.slice(0, -1)}*`);
  const inside = open.endsWith('/') ? open.slice(0, -1) : open;
  const slash = inside.lastIndexOf('/');
  if (slash > 0) found.push(`${inside.slice(0, slash + 1)}*`);
  return [...found, '*'];
}

/** A principal of a statement, by the kind it is named under. */
export interface NamedPrincipal {
  readonly kind: string;
  readonly name: string;
}

/** Principals in whose place more may stand: the whole account, and everybody. Empty when it is everybody already. */
export function widerPrincipals({ kind, name }: NamedPrincipal): readonly NamedPrincipal[] {
  const everybody = { kind: 'AWS', name: '*' };
  if (kind !== 'AWS') return [everybody];
  if (name === '*') return [];
  const [, account] = /^arn:aws:[a-z]+::(\d{12}):/.exec(name) ?? [];
  return name.endsWith(':root') || account === undefined
    ? [everybody]
    : [{ kind, name: `arn:aws:iam::${account}:root` }, everybody];
}
