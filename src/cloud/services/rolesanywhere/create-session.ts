import type { ContextValue } from '../../../iam/request.ts';
import { LIMITS } from '../../limits.ts';
import { readCertificate } from '../../outside/certificate.ts';
import type { Workload } from '../../outside/records.ts';
import { own } from '../../own.ts';
import type { AnywhereProfile, TrustAnchor, World } from '../../world.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { assume, onRole, roleAt } from '../sts/assume-role.ts';

type CertificateWorkload = Extract<Workload, { kind: 'certificate' }>;

interface Given {
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly certificate: string;
}

/** What the parts of a request lead to; a part that leads nowhere is undefined or null. */
function lookUp(world: World, given: Given) {
  const account = own(world.accounts, given.trustAnchorArn.split(':')[4] ?? '');
  const id = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);
  const anchor: TrustAnchor | undefined = account && own(account.trustAnchors, id(given.trustAnchorArn));
  const profile: AnywhereProfile | undefined = account && own(account.anywhereProfiles, id(given.profileArn));
  return { account, anchor, profile, workload: readCertificate(world, given.certificate) };
}

/** What a certificate says, as session tags. Source: IAM Roles Anywhere User Guide, trust-model.html. */
function certificateTags({ subject, issuer }: CertificateWorkload): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(subject).map(([key, value]) => [`x509Subject/${key}`, value])),
    'x509Issuer/CN': issuer,
  };
}

function sourceIdentity({ subject }: CertificateWorkload): string {
  return `CN=${subject.CN ?? ''}`;
}

const denied = (message: string, advice?: string) => failed('AccessDeniedException', message, advice);

/**
 * A server shows a certificate of an authority the account knows, and gets a role's session: no AWS key is stored on
 * it. The role trusts the service; what the certificate says comes as tags, for conditions of its trust policy.
 * `aws_signing_helper` calls this, not the AWS CLI.
 * Source: IAM Roles Anywhere User Guide, authentication-create-session.html.
 */
const createSession = define({
  id: 'rolesanywhere:CreateSession',
  summary: "trade a certificate for a role's credentials; needs no AWS key",
  input: {
    trustAnchorArn: { type: 'string', required: true, help: 'ARN of the trust anchor' },
    profileArn: { type: 'string', required: true, help: 'ARN of the profile' },
    roleArn: { type: 'string', required: true, help: 'ARN of the role' },
    certificate: { type: 'string', required: true, help: 'the certificate' },
    durationSeconds: { type: 'integer', help: 'no more than the profile says' },
  },
  unsigned: true,
  tool: 'aws_signing_helper',
  denial: (input) => `Unable to assume role for ${input.roleArn}`,
  authenticate(input, world) {
    const { account, anchor, profile, workload } = lookUp(world, input);
    if (account === undefined || anchor === undefined || !anchor.enabled) {
      return denied('Trust anchor not found or disabled');
    }
    if (workload === null || workload.issuer !== anchor.authority) {
      return denied(
        'Untrusted certificate. Insufficient certificate',
        `The trust anchor takes certificates of ${anchor.authority}.`,
      );
    }
    if (profile === undefined || !profile.enabled || !profile.roleArns.includes(input.roleArn)) {
      return denied('Profile not found or disabled, or the role is not in it');
    }
    return {
      kind: 'outside',
      account: account.id,
      accessKey: '',
      arn: anchor.arn,
      principal: { service: 'rolesanywhere.amazonaws.com' },
      userId: `${anchor.arn}:${workload.serial}`,
    };
  },
  needs(input, caller, world) {
    const { anchor, workload } = lookUp(world, input);
    const tags = workload === null ? {} : certificateTags(workload);
    const context: Record<string, ContextValue> = {
      'aws:SourceArn': anchor?.arn ?? '',
      'aws:SourceAccount': caller.account,
      ...(workload === null ? {} : { 'sts:SourceIdentity': sourceIdentity(workload) }),
      'aws:TagKeys': Object.keys(tags),
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    };
    return ['AssumeRole', 'TagSession', 'SetSourceIdentity'].map((action) =>
      onRole(caller, input.roleArn, action, context),
    );
  },
  effect(input, _, world) {
    const { profile, workload } = lookUp(world, input);
    const found = roleAt(world, input.roleArn);
    if (found === undefined || profile === undefined || workload === null) {
      throw new Error(`${input.roleArn} was allowed to be assumed, and a part of the request is not there.`);
    }
    const { account, role } = found;
    const seconds = input.durationSeconds ?? profile.durationSeconds;
    const most = Math.min(profile.durationSeconds, role.maxSessionDuration);
    if (seconds < LIMITS.roleSessionLeast || seconds > most) {
      return failed(
        'ValidationException',
        `Duration seconds must be between ${LIMITS.roleSessionLeast} and ${most}`,
      );
    }
    const tags = certificateTags(workload);
    const made = assume(world, account.id, role, workload.serial, {
      seconds,
      context: {
        'aws:SourceIdentity': sourceIdentity(workload),
        ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
      },
      transitive: Object.keys(tags),
    });
    const { id, secret, token, expires } = made.credentials;
    return done(made.world, {
      Version: 1,
      AccessKeyId: id,
      SecretAccessKey: secret,
      SessionToken: token,
      Expiration: isoTime(expires).replace('+00:00', 'Z'),
    });
  },
});

export const sessionOperations = [createSession];
