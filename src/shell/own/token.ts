import { authorityText, certificateText } from '../../cloud/outside/certificate.ts';
import { idToken } from '../../cloud/outside/id-token.ts';
import { samlAssertion } from '../../cloud/outside/saml-assertion.ts';
import type { Account, Workload, World } from '../../cloud/world.ts';
import { record } from '../history.ts';
import { clockText } from './clock.ts';
import { type OwnCommand, saying } from './result.ts';

/** A file that a workload can show, and what is worth saying of it. */
interface Shown {
  readonly file: string;
  readonly content: string;
  readonly about: readonly string[];
}

/** `token [workload] [audience]`: what its issuer gives a workload, as a file for `file://`. */
export const token: OwnCommand = {
  usage: 'token [workload] [audience|authority]',
  summary: 'Get the token, assertion or certificate of a workload outside AWS, as a file',
  run({ session, actor, line, words }) {
    const { now } = session;
    const [name = actor.kind === 'workload' ? actor.workload : undefined, ...rest] = words;
    const found = workloads(now.world).filter(({ workload }) => workload.name === name);
    const [first] = found;
    if (first === undefined) {
      const known = workloads(now.world).map(({ workload }) => workload.name);
      const there = known.length === 0 ? 'There are none here.' : `There is: ${known.join(', ')}`;
      return saying(session, `Whose token? Name a workload, such as 'token build'. ${there}`, 1);
    }
    const shown = show(now.world, first.workload, rest);
    if (typeof shown === 'string') return saying(session, shown, 1);
    const files = { ...now.files, [shown.file]: shown.content };
    return saying(
      record(session, { kind: 'line', actor, line }, { ...now, files }),
      [`${shown.file} is in the workspace. It says:`, ...shown.about.map((each) => `  ${each}`)].join('\n'),
    );
  },
};

function workloads(world: World): readonly { account: Account; workload: Workload }[] {
  return Object.values(world.accounts).flatMap((account) =>
    Object.values(account.workloads).map((workload) => ({ account, workload })),
  );
}

/** What a workload shows; a sentence when more has to be said. */
function show(world: World, workload: Workload, rest: readonly string[]): Shown | string {
  switch (workload.kind) {
    case 'oidc': {
      const [audience = workload.audience] = rest;
      return {
        file: `${workload.name}.jwt`,
        content: idToken(workload, audience, world.clock),
        about: [
          `iss: ${workload.issuer}`,
          `sub: ${workload.subject}`,
          `aud: ${audience}`,
          ...Object.entries(workload.claims).map(([claim, value]) => `${claim}: ${String(value)}`),
          `good until ${clockText(world.clock + workload.lifetime * 1000)}`,
        ],
      };
    }
    case 'saml': {
      const [role, provider] = rest;
      if (role === undefined || provider === undefined) {
        return `An assertion is for one role: 'token ${workload.name} <role ARN> <SAML provider ARN>'.`;
      }
      return {
        file: `${workload.name}.saml`,
        content: samlAssertion(workload, role, provider, world.clock),
        about: [
          `Issuer: ${workload.issuer}`,
          `NameID: ${workload.subject}`,
          `Role: ${role},${provider}`,
          `RoleSessionName: ${workload.sessionName}`,
          ...Object.entries(workload.tags).map(([key, value]) => `PrincipalTag:${key}: ${value}`),
          `good until ${clockText(world.clock + workload.lifetime * 1000)}`,
        ],
      };
    }
    case 'certificate':
      if (rest[0] === 'authority') {
        return {
          file: `${workload.name}-authority.pem`,
          content: authorityText(workload.issuer),
          about: [`the certificate of the authority CN=${workload.issuer}`],
        };
      }
      return {
        file: `${workload.name}.pem`,
        content: certificateText(workload),
        about: [
          `issuer: CN=${workload.issuer}`,
          `subject: ${Object.entries(workload.subject)
            .map(([key, value]) => `${key}=${value}`)
            .join(',')}`,
          `serial: ${workload.serial}`,
        ],
      };
  }
}
