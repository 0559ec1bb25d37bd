import type { ContextValue } from '../../../iam/request.ts';
import { LIMITS } from '../../limits.ts';
import { readSamlAssertion, SAML_AUDIENCE, type SamlAssertion } from '../../outside/saml-assertion.ts';
import { own } from '../../own.ts';
import type { SamlProvider, World } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import { assume, durationProblem, onRole, ROLE_MEMBERS, roleAt } from './assume-role.ts';
import { nameProblem, roleArnProblem } from './parameters.ts';
import { readSessionPolicies } from './session-policies.ts';

/** What an assertion says, as condition keys. Source: IAM User Guide, reference_policies_iam-condition-keys.html. */
function samlKeys({ workload }: SamlAssertion): Record<string, ContextValue> {
  return {
    'saml:aud': SAML_AUDIENCE,
    'saml:iss': workload.issuer,
    'saml:sub': workload.subject,
    'saml:sub_type': 'persistent',
  };
}

function providerAt(world: World, arn: string): SamlProvider | undefined {
  return own(own(world.accounts, arn.split(':')[4] ?? '')?.samlProviders ?? {}, arn);
}

/**
 * A company's identity provider vouches for somebody, and AWS gives a role's session for it.
 * Source: STS API Reference, API_AssumeRoleWithSAML.html; IAM User Guide, troubleshoot_saml.html.
 */
const assumeRoleWithSaml = define({
  id: 'sts:AssumeRoleWithSAML',
  summary: "trade a SAML assertion for a role's credentials; needs no AWS key",
  input: {
    ...ROLE_MEMBERS,
    PrincipalArn: { type: 'string', required: true, help: 'ARN of the SAML provider' },
    SAMLAssertion: { type: 'string', required: true, help: 'the assertion, such as file://joe.saml' },
  },
  unsigned: true,
  authenticate(input, world) {
    const malformed = roleArnProblem(input.RoleArn);
    if (malformed !== null) {
      return malformed;
    }
    const provider = providerAt(world, input.PrincipalArn);
    if (provider === undefined) {
      return failed('InvalidIdentityToken', "Specified provider doesn't exist");
    }
    const assertion = readSamlAssertion(world, input.SAMLAssertion);
    if (assertion === null) {
      return failed('InvalidIdentityToken', 'Invalid base64 SAMLResponse');
    }
    if (assertion === 'forged') {
      return failed('InvalidIdentityToken', 'Response signature invalid');
    }
    if (assertion.workload.issuer !== provider.issuer) {
      return failed('InvalidIdentityToken', 'Issuer not present in specified provider');
    }
    if (assertion.expires <= world.clock) {
      return failed('ExpiredTokenException', 'Token must be redeemed within 5 minutes of issuance');
    }
    if (assertion.role !== input.RoleArn || assertion.provider !== provider.arn) {
      return failed(
        'AccessDenied',
        'Not authorized to perform sts:AssumeRoleWithSAML',
        `The assertion is for ${assertion.role}, ${assertion.provider}.`,
      );
    }
    return {
      kind: 'outside',
      account: provider.arn.split(':')[4] ?? '',
      accessKey: '',
      arn: provider.arn,
      principal: { federated: provider.arn },
      userId: `${provider.arn}:${assertion.workload.subject}`,
    };
  },
  needs(input, caller, world) {
    const assertion = readSamlAssertion(world, input.SAMLAssertion);
    const read = assertion === null || assertion === 'forged' ? null : assertion;
    const tags = Object.entries(read?.workload.tags ?? {});
    const context = {
      ...(read === null ? {} : samlKeys(read)),
      ...(read === null ? {} : { 'sts:RoleSessionName': read.workload.sessionName }),
      ...(tags.length === 0 ? {} : { 'aws:TagKeys': tags.map(([key]) => key) }),
      ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    };
    return [
      onRole(caller, input.RoleArn, 'AssumeRoleWithSAML', context),
      ...(tags.length === 0 ? [] : [onRole(caller, input.RoleArn, 'TagSession', context)]),
    ];
  },
  effect(input, _, world) {
    const assertion = readSamlAssertion(world, input.SAMLAssertion);
    const found = roleAt(world, input.RoleArn);
    if (assertion === null || assertion === 'forged' || found === undefined) {
      throw new Error(`${input.RoleArn} was allowed to be assumed, and the role or assertion is not there.`);
    }
    const { account, role } = found;
    const { workload } = assertion;
    const { DurationSeconds: wanted = LIMITS.sessionDurationLeast } = input;
    const problem =
      nameProblem('roleSessionName', workload.sessionName, 64) ?? durationProblem(wanted, role, false);
    if (problem !== null) {
      return problem;
    }
    const limits = readSessionPolicies(world, account.id, input);
    if ('error' in limits) {
      return limits;
    }
    const made = assume(world, account.id, role, workload.sessionName, {
      seconds: wanted,
      limits: limits.limits,
      context: {
        'aws:FederatedProvider': input.PrincipalArn,
        ...samlKeys(assertion),
        ...Object.fromEntries(
          Object.entries(workload.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
        ),
      },
    });
    return done(made.world, {
      ...made.output,
      Subject: workload.subject,
      SubjectType: 'persistent',
      Issuer: workload.issuer,
      Audience: SAML_AUDIENCE,
    });
  },
});

export const samlOperations = [assumeRoleWithSaml];
