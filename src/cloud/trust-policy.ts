import { isObject } from '../iam/problem.ts';
import type { PolicyDocument } from '../iam/request.ts';
import { actionsOf, sidProblem, texts } from './identity-policy.ts';
import { own } from './own.ts';

/** What IAM has against the statements of a trust policy, or null. */
export function trustProblem(
  statements: readonly PolicyDocument[],
  resources: readonly string[],
): string | null {
  if (resources.length > 0) {
    return 'Has prohibited field Resource';
  }
  const providers = statements.flatMap(({ Principal }) =>
    isObject(Principal) ? texts(Principal.Federated) : [],
  );
  if (!providers.every((name) => PROVIDER.test(name))) {
    return 'Federated principals must be valid domain names or SAML metadata ARNs';
  }
  const actions = actionsOf(statements);
  return actions.every((action) => /^(\*|sts:.*)$/i.test(action))
    ? sidProblem(statements)
    : 'AssumeRole policy may only specify STS AssumeRole actions.';
}

/** An identity provider of an account, or one that AWS knows by its domain. */
const PROVIDER = /^(arn:aws:iam::\d{12}:(saml|oidc)-provider\/.+|([a-z0-9-]+\.)+[a-z]+)$/i;

/** Issuers that many customers share, and the claim of their tokens that tells the customers apart. */
const SHARED_ISSUERS: Readonly<Record<string, 'sub' | 'aud'>> = {
  'token.actions.githubusercontent.com': 'sub',
  'gitlab.com': 'sub',
  'agent.buildkite.com': 'sub',
  'app.terraform.io': 'sub',
  'oidc.codefresh.io': 'sub',
  'scalr.io': 'sub',
  'proidc.upbound.io': 'sub',
  'api.pulumi.com/oidc': 'aud',
  'oidc.vercel.com': 'aud',
};

/**
 * IAM's sentence for a statement that lets in whoever gets a token from a shared issuer, whose-ever workflow it is;
 * null where there is none. It is asked when a trust policy is put, not of those that are there already.
 * Source: IAM User Guide, id_roles_providers_oidc_secure-by-default.html and id_roles_create_for-idp_oidc.html.
 */
export function sharedIssuerProblem(statements: readonly PolicyDocument[]): string | null {
  for (const { Effect, Principal, Condition } of statements) {
    const providers = Effect === 'Allow' && isObject(Principal) ? texts(Principal.Federated) : [];
    for (const provider of providers) {
      const key = tellingKey(provider);
      if (key !== null && !isNarrowed(Condition, key)) {
        return `Trust policy with trusted principal ${provider} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${key} which is not scoped to all.`;
      }
    }
  }
  return null;
}

/** The condition key that tells the customers of a shared issuer apart; null for an issuer with one customer. */
function tellingKey(provider: string): string | null {
  const [, url = ''] = /^arn:aws:iam::\d{12}:oidc-provider\/(.+)$/.exec(provider) ?? [];
  // An enterprise of GitHub can have its name behind the address.
  const claim = own(SHARED_ISSUERS, url) ?? own(SHARED_ISSUERS, url.replace(/\/.*/, ''));
  return claim === undefined ? null : `${url}:${claim}`;
}

const TELLING_OPERATOR = /^(ForAllValues:|ForAnyValue:)?String(Equals|Like|EqualsIgnoreCase)$/;

/** True when a condition asks for some values of a key, and not for any whatever. */
function isNarrowed(condition: unknown, key: string): boolean {
  const blocks = isObject(condition) ? Object.entries(condition) : [];
  return blocks.some(
    ([operator, block]) =>
      TELLING_OPERATOR.test(operator) &&
      isObject(block) &&
      Object.entries(block).some(
        ([name, value]) =>
          name.toLowerCase() === key.toLowerCase() &&
          texts(value).length > 0 &&
          texts(value).every((text) => !/^[*?]*$/.test(text)),
      ),
  );
}
