import { jsonObject } from '../json-object.ts';
import type { Instant, World } from '../world.ts';
import type { Workload } from './records.ts';
import { base64, fromBase64, signature } from './token-text.ts';

type SamlWorkload = Extract<Workload, { kind: 'saml' }>;

/** What a SAML assertion says, once its identity provider is known to have made it. */
export interface SamlAssertion {
  readonly workload: SamlWorkload;
  /** The `Role` attribute: the role and the provider. */
  readonly role: string;
  readonly provider: string;
  readonly expires: Instant;
}

/** Where AWS takes assertions: the value of `saml:aud`. */
export const SAML_AUDIENCE = 'https://signin.aws.amazon.com/saml';

/**
 * The assertion its identity provider gives a workload for one role, in base64. What would be XML is JSON here, so
 * that it can be read.
 */
export function samlAssertion(workload: SamlWorkload, role: string, provider: string, now: Instant): string {
  const content = {
    Issuer: workload.issuer,
    NameID: workload.subject,
    Audience: SAML_AUDIENCE,
    Role: `${role},${provider}`,
    RoleSessionName: workload.sessionName,
    PrincipalTags: workload.tags,
    IssueInstant: new Date(now).toISOString(),
    NotOnOrAfter: new Date(now + workload.lifetime * 1000).toISOString(),
  };
  const signed = { ...content, Signature: signature(JSON.stringify(content)) };
  return base64(JSON.stringify(signed), false);
}

/** Reads an assertion: who it is of, `forged` when no provider of the world made it, null when it is none. */
export function readSamlAssertion(world: World, text: string): SamlAssertion | 'forged' | null {
  const content = jsonObject(fromBase64(text.trim()) ?? '');
  const { Issuer, NameID, Role, IssueInstant } = content ?? {};
  if (typeof Role !== 'string' || typeof IssueInstant !== 'string') {
    return null;
  }
  const [role = '', provider = ''] = Role.split(',');
  const issued = Date.parse(IssueInstant);
  for (const account of Object.values(world.accounts)) {
    for (const workload of Object.values(account.workloads)) {
      if (
        workload.kind === 'saml' &&
        workload.issuer === Issuer &&
        workload.subject === NameID &&
        Number.isFinite(issued) &&
        samlAssertion(workload, role, provider, issued) === text.trim()
      ) {
        return { workload, role, provider, expires: issued + workload.lifetime * 1000 };
      }
    }
  }
  return 'forged';
}
