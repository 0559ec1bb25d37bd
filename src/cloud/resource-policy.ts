import type { NamedPolicy, PolicyDocument } from '../iam/request.ts';

/** The records of an account whose things have a policy of their own. */
export const HAVE_POLICIES = ['buckets', 'functions', 'kmsKeys', 'queues', 'secrets', 'topics'] as const;

const named = new WeakMap<PolicyDocument, NamedPolicy>();

/** A document under a name; the same object each time, since the engine remembers policies by identity. */
export function resourcePolicy(name: string, document: PolicyDocument): NamedPolicy {
  const known = named.get(document);
  if (known?.name === name) {
    return known;
  }
  const policy = { name, document };
  named.set(document, policy);
  return policy;
}
