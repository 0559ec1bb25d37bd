import { type EditAsk, editedName } from '../course/edit-ask.ts';
import { type Finding, type PolicyKind, type ServiceData, validatePolicy } from '../iam/index.ts';
import { formatted } from './json-text.ts';

/** What was found in a text. */
export interface Checked {
  readonly text: string;
  readonly findings: readonly Finding[];
  /** What AWS would take it as; empty for what is no policy, and for what AWS would not take. */
  readonly takenAs: readonly PolicyKind[];
}

/**
 * Looks a text over, as AWS would when it is put in. A policy of the world is looked at as what it is. A file may be
 * meant for several places: those that would take it are named, and where none would, the likeliest says why.
 */
export function lookOver(ask: EditAsk, text: string, services: ServiceData | null): Checked {
  if (!isPolicyText(ask, text)) return { text, findings: [], takenAs: [] };
  const kinds = ask.kind === 'policy' ? ask.policy.kinds : likelyKinds(editedName(ask), text);
  const looked = kinds.map((kind) => ({
    kind,
    findings: validatePolicy(text, kind, services ?? undefined),
  }));
  const taking = looked.filter(({ findings }) => findings.every(({ level }) => level !== 'error'));
  const [first] = taking.length > 0 ? taking : looked;
  return { text, findings: first?.findings ?? [], takenAs: taking.map(({ kind }) => kind) };
}

/** A file of JSON may be no policy, and is then only read as JSON. */
function isPolicyText(ask: EditAsk, text: string): boolean {
  if (ask.kind === 'policy' || /"Statement"/.test(text)) return true;
  return ask.name.endsWith('.json') && formatted(text) === null;
}

/** Where the policy in a file may be meant for, as far as its text shows; what its name speaks of comes first. */
function likelyKinds(name: string, text: string): readonly PolicyKind[] {
  if (/"(Not)?Principal"/.test(text)) {
    return /sts:AssumeRole/.test(text)
      ? ['trust', 'resource-control']
      : namedFirst(name, ['resource', 'resource-control', 'vpc-endpoint']);
  }
  return namedFirst(name, ['identity', 'permissions-boundary', 'session', 'service-control']);
}

const SPOKEN_OF: readonly (readonly [pattern: RegExp, kind: PolicyKind])[] = [
  [/boundary/i, 'permissions-boundary'],
  [/\bscp\b/i, 'service-control'],
  [/\brcp\b/i, 'resource-control'],
  [/endpoint/i, 'vpc-endpoint'],
  [/session/i, 'session'],
];

function namedFirst(name: string, kinds: readonly PolicyKind[]): readonly PolicyKind[] {
  const spoken = SPOKEN_OF.find(([pattern, kind]) => kinds.includes(kind) && pattern.test(name))?.[1];
  return spoken === undefined ? kinds : [spoken, ...kinds.filter((kind) => kind !== spoken)];
}
