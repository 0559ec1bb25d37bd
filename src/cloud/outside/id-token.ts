import { jsonObject } from '../json-object.ts';
import type { Instant, World } from '../world.ts';
import type { Workload } from './records.ts';
import { base64, fromBase64, signature } from './token-text.ts';

type OidcWorkload = Extract<Workload, { kind: 'oidc' }>;

/** What an ID token says, once its issuer is known to have made it. */
export interface IdToken {
  readonly workload: OidcWorkload;
  readonly audience: string;
  readonly issued: Instant;
  readonly expires: Instant;
}

/**
 * The token its issuer gives a workload at a moment, as a JSON Web Token. For a GitHub job the issuer is GitHub, for
 * a pod that of its cluster.
 */
export function idToken(workload: OidcWorkload, audience: string, now: Instant): string {
  const seconds = Math.floor(now / 1000);
  const claims = {
    ...workload.claims,
    iss: workload.issuer,
    sub: workload.subject,
    aud: audience,
    iat: seconds,
    exp: seconds + workload.lifetime,
  };
  const head = base64(JSON.stringify({ alg: 'RS256', kid: workload.name, typ: 'JWT' }));
  const signed = `${head}.${base64(JSON.stringify(claims))}`;
  return `${signed}.${signature(`${workload.issuer} ${signed}`)}`;
}

/** Reads a token: who it is of, `forged` when no issuer of the world made it, null when it is no JSON Web Token. */
export function readIdToken(world: World, text: string): IdToken | 'forged' | null {
  const trimmed = text.trim();
  const [, payload = '', rest] = trimmed.split('.');
  const claims = jsonObject(fromBase64(payload) ?? '');
  if (claims === null || rest === undefined) {
    return null;
  }
  const { iss, sub, aud, iat } = claims;
  if (typeof aud !== 'string' || typeof iat !== 'number') {
    return null;
  }
  for (const account of Object.values(world.accounts)) {
    for (const workload of Object.values(account.workloads)) {
      if (
        workload.kind === 'oidc' &&
        workload.issuer === iss &&
        workload.subject === sub &&
        idToken(workload, aud, iat * 1000) === trimmed
      ) {
        return { workload, audience: aud, issued: iat * 1000, expires: (iat + workload.lifetime) * 1000 };
      }
    }
  }
  return 'forged';
}

/** An issuer as condition keys and provider ARNs name it: without `https://`. */
export function issuerHost(issuer: string): string {
  return issuer.replace(/^https:\/\//, '');
}
