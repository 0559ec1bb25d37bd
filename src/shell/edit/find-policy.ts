import { awsManagedPolicies } from '../../cloud/managed-policies.ts';
import { FULL_ACCESS, RCP_FULL_ACCESS } from '../../cloud/services/organizations/aws-policies.ts';
import { nearest } from '../nearest.ts';
import { type Around, PLACES } from './places.ts';
import type { PolicyTarget } from './policy-target.ts';

/** What a word after `edit` leads to in the world. */
export type FoundPolicy =
  | { readonly kind: 'policy'; readonly target: PolicyTarget }
  | { readonly kind: 'problem'; readonly message: string }
  /** No policy has this name, and nothing nearly so: it is the name of a file. */
  | { readonly kind: 'nothing' };

/**
 * The policy that a word names: by its place (`bucket/logs`), by its ARN, or by a name alone that only one managed
 * policy, SCP or RCP has.
 */
export function findPolicy(word: string, around: Around): FoundPolicy {
  if (word.startsWith('arn:')) return byArn(word, around);
  const slash = word.indexOf('/');
  const place = slash < 0 ? '' : word.slice(0, slash);
  if (Object.hasOwn(PLACES, place)) return inPlace(place, word.slice(slash + 1), around);
  const known = NAMED.filter((each) => PLACES[each]?.names(around).includes(word));
  const [only, other] = known;
  if (only !== undefined && other === undefined) return inPlace(only, word, around);
  if (other !== undefined) {
    const spellings = known.map((each) => `${each}/${word}`).join(', ');
    return problem(`Several policies are called ${word}. Which one? ${spellings}`);
  }
  if (AWS_NAMES.has(word)) return problem(ofAws(word));
  // A file has an ending; a policy's name seldom has a point in it.
  const near = word.includes('.') ? [] : nearest(word, managedNames(around));
  return near.length === 0
    ? { kind: 'nothing' }
    : problem(
        `No policy or file is called ${word}.\nMaybe you meant: ${near.join(', ')}\n\`edit ${word}.json\` makes a new file.`,
      );
}

/** What `edit` could take before the slash is typed: names of managed policies, and places that have a policy. */
export function policyNames(partial: string, around: Around): readonly string[] {
  const place = partial.slice(0, Math.max(0, partial.indexOf('/')));
  const named = PLACES[place]?.names(around).map((name) => `${place}/${name}`);
  if (named !== undefined) return named;
  const places = Object.entries(PLACES).filter(([, { names }]) => names(around).length > 0);
  return [...managedNames(around), ...places.map(([name]) => `${name}/`)];
}

/** Places whose policies are called by their name alone. */
const NAMED: readonly string[] = ['policy', 'scp', 'rcp'];

const AWS_NAMES: ReadonlySet<string> = new Set(
  [...Object.values(awsManagedPolicies), FULL_ACCESS, RCP_FULL_ACCESS].map(({ name }) => name),
);

function managedNames(around: Around): readonly string[] {
  return NAMED.flatMap((place) => PLACES[place]?.names(around) ?? []);
}

function inPlace(place: string, name: string, around: Around): FoundPolicy {
  const { spelling = '', names, target } = PLACES[place] ?? {};
  if (AWS_NAMES.has(name) && NAMED.includes(place)) return problem(ofAws(name));
  const found = name === '' ? null : target?.(name, around);
  if (found != null) return { kind: 'policy', target: { ...found, name: `${place}/${name}` } };
  const near = nearest(name, names?.(around) ?? []).map((each) => `${place}/${each}`);
  const meant = near.length === 0 ? '' : `\nMaybe you meant: ${near.join(', ')}`;
  return problem(`There is no ${place}/${name} here. It is written ${place}/${spelling}.${meant}`);
}

const ARNS: readonly (readonly [pattern: RegExp, place: string])[] = [
  [/^arn:aws:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/, 'trust'],
  [/^arn:aws:s3:::([^/]+)$/, 'bucket'],
  [/^(arn:aws:kms:.*:key\/.+)$/, 'key'],
  [/^(arn:aws:secretsmanager:.*)$/, 'secret'],
  [/^arn:aws:sqs:[^:]*:\d{12}:(.+)$/, 'queue'],
  [/^arn:aws:sns:[^:]*:\d{12}:(.+)$/, 'topic'],
  [/^arn:aws:ec2:[^:]*:\d{12}:vpc-endpoint\/(.+)$/, 'endpoint'],
  [/^arn:aws:organizations::\d{12}:policy\/.*\/service_control_policy\/(.+)$/, 'scp'],
  [/^arn:aws:organizations::\d{12}:policy\/.*\/resource_control_policy\/(.+)$/, 'rcp'],
];

function byArn(arn: string, around: Around): FoundPolicy {
  if (/^arn:aws:(iam|organizations)::aws:policy\//.test(arn)) {
    return problem(ofAws(arn.slice(arn.lastIndexOf('/') + 1)));
  }
  if (/^arn:aws:iam::\d{12}:policy\//.test(arn)) return inPlace('policy', arn, around);
  const account = arn.split(':')[4] ?? '';
  const isElsewhere =
    !/^arn:aws:(s3|kms|secretsmanager|organizations):/.test(arn) && account !== around.account.id;
  if (isElsewhere) return problem(`That is in account ${account}: sit down there to edit it.`);
  const [pattern, place = ''] = ARNS.find(([each]) => each.test(arn)) ?? [];
  return pattern === undefined
    ? problem(`\`edit\` opens no policy by this ARN. \`help edit\` says which it opens.`)
    : inPlace(place, pattern.exec(arn)?.[1] ?? '', around);
}

function ofAws(name: string): string {
  return `${name} is a policy of AWS, and only AWS changes it. Make one of your own and attach that instead.`;
}

function problem(message: string): FoundPolicy {
  return { kind: 'problem', message };
}
