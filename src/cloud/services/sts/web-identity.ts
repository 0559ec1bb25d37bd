import type { ContextValue } from '../../../iam/request.ts';
import { LIMITS } from '../../limits.ts';
import type { IdToken } from '../../outside/id-token.ts';
import { issuerHost, readIdToken } from '../../outside/id-token.ts';
import { own } from '../../own.ts';
import type { OidcProvider, World } from '../../world.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { oidcProviderArn } from '../iam/oidc-providers.ts';
import { assume, durationProblem, onRole, ROLE_MEMBERS, ROLE_SESSION_NAME, roleAt } from './assume-role.ts';
import { nameProblem, roleArnProblem } from './parameters.ts';
import { readSessionPolicies } from './session-policies.ts';

/** Claims of GitHub that policies may ask for beside `aud` and `sub`. Source: Service Authorization Reference, STS. */
const GITHUB_CLAIMS = [
  'actor',
  'actor_id',
  'enterprise_id',
  'environment',
  'job_workflow_ref',
  'ref',
  'repository',
  'repository_id',
  'repository_owner_id',
  'workflow',
];

/** A token's claims as condition keys: the issuer's host, a colon, and the claim. */
function claimKeys({ workload, audience }: IdToken): Record<string, ContextValue> {
  const host = issuerHost(workload.issuer);
  const known = host === 'token.actions.githubusercontent.com' ? GITHUB_CLAIMS : ['amr', 'email'];
  const claims = known.flatMap((claim) => {
    const value = own(workload.claims, claim);
    return value === undefined ? [] : [[`${host}:${claim}`, value] as const];
  });
  return {
    [`${host}:aud`]: audience,
    [`${host}:sub`]: workload.subject,
    ...Object.fromEntries(claims),
  };
}

/** The provider of the role's account that vouches for a token; undefined when the account has none for its issuer. */
function providerFor(world: World, roleArn: string, token: IdToken): OidcProvider | undefined {
  const account = own(world.accounts, roleArn.split(':')[4] ?? '');
  return account && own(account.oidcProviders, oidcProviderArn(account.id, token.workload.issuer));
}

/**
 * A workload trades a token of an OpenID Connect issuer for a role's session: no AWS key is stored anywhere. The
 * role's trust policy names the provider, and its conditions say which tokens are meant.
 * Source: STS API Reference, API_AssumeRoleWithWebIdentity.html.
 */
const assumeRoleWithWebIdentity = define({
  id: 'sts:AssumeRoleWithWebIdentity',
  summary: "trade a token of an OpenID Connect issuer for a role's credentials; needs no AWS key",
  input: {
    ...ROLE_MEMBERS,
    RoleSessionName: ROLE_SESSION_NAME,
    WebIdentityToken: { type: 'string', required: true, help: 'the token, such as file://build.jwt' },
  },
  unsigned: true,
  authenticate(input, world) {
    const malformed = roleArnProblem(input.RoleArn);
    if (malformed !== null) {
      return malformed;
    }
    const token = readIdToken(world, input.WebIdentityToken);
    if (token === null) {
      return failed(
        'InvalidIdentityToken',
        'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
      );
    }
    if (token === 'forged') {
      return failed(
        'InvalidIdentityToken',
        "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
        'No issuer of this world made that token.',
      );
    }
    const provider = providerFor(world, input.RoleArn, token);
    if (provider === undefined) {
      return failed(
        'InvalidIdentityToken',
        `No OpenIDConnect provider found in your account for ${token.workload.issuer}`,
      );
    }
    if (!provider.clientIds.includes(token.audience)) {
      return failed(
        'InvalidIdentityToken',
        'Incorrect token audience',
        `The token is for ${token.audience}; the provider takes ${provider.clientIds.join(', ') || 'none'}.`,
      );
    }
    if (token.expires <= world.clock) {
      return failed(
        'ExpiredTokenException',
        `Token expired: current date/time ${seconds(world.clock)} must be before the expiration date/time ${seconds(token.expires)}`,
      );
    }
    const userId = `${provider.arn}:${token.audience}:${token.workload.subject}`;
    return {
      kind: 'outside',
      account: provider.arn.split(':')[4] ?? '',
      accessKey: '',
      arn: provider.arn,
      principal: { federated: provider.arn },
      userId,
    };
  },
  needs(input, caller, world) {
    const token = readIdToken(world, input.WebIdentityToken);
    const claims = token === null || token === 'forged' ? {} : claimKeys(token);
    const context = { ...claims, 'sts:RoleSessionName': input.RoleSessionName };
    return [onRole(caller, input.RoleArn, 'AssumeRoleWithWebIdentity', context)];
  },
  effect(input, _, world) {
    const token = readIdToken(world, input.WebIdentityToken);
    const found = roleAt(world, input.RoleArn);
    const provider =
      token === null || token === 'forged' ? undefined : providerFor(world, input.RoleArn, token);
    if (token === null || token === 'forged' || found === undefined || provider === undefined) {
      throw new Error(`${input.RoleArn} was allowed to be assumed, and the role or the token is not there.`);
    }
    const { account, role } = found;
    const { DurationSeconds: wanted = LIMITS.sessionDurationLeast, RoleSessionName: name } = input;
    const problem = nameProblem('roleSessionName', name, 64) ?? durationProblem(wanted, role, false);
    if (problem !== null) {
      return problem;
    }
    const limits = readSessionPolicies(world, account.id, input);
    if ('error' in limits) {
      return limits;
    }
    const made = assume(world, account.id, role, name, {
      seconds: wanted,
      limits: limits.limits,
      context: { 'aws:FederatedProvider': provider.arn, ...claimKeys(token) },
    });
    return done(made.world, {
      ...made.output,
      SubjectFromWebIdentityToken: token.workload.subject,
      Provider: provider.arn,
      Audience: token.audience,
    });
  },
});

function seconds(instant: number): string {
  return isoTime(instant).replace('+00:00', 'Z');
}

export const webIdentityOperations = [assumeRoleWithWebIdentity];
