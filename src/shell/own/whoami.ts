import type { Actor } from '../../cloud/actor.ts';
import type { Caller } from '../../cloud/caller.ts';
import { readied } from '../../cloud/credentials.ts';
import { actorName, actorNames, callerOf } from '../../cloud/index.ts';
import { own } from '../../cloud/own.ts';
import { portalSession } from '../../cloud/services/identity-center/portal.ts';
import type { Account, World } from '../../cloud/world.ts';
import { type CredentialSource, ROLE_OF_ENVIRONMENT, type Signing, signingFor } from '../credential-chain.ts';
import { clockText, durationText } from './clock.ts';
import { type OwnCommand, saying } from './result.ts';

/** `whoami`: the actor, the principal that AWS sees, and the credentials between them. Sends nothing. */
export const whoami: OwnCommand = {
  usage: 'whoami',
  summary: 'Who you are, what AWS takes you for, and which credentials say so',
  run({ session, actor }) {
    const { world } = session.now;
    const account = own(world.accounts, actor.account);
    const signing = signingFor(session.now, actor, null);
    return saying(session, [seatText(world, actor, account), ...signingText(world, signing)].join('\n'));
  },
};

function seatText(world: World, actor: Actor, account: Account | undefined): string {
  const where =
    account === undefined ? `account ${actor.account}` : `account ${account.id} (${account.name})`;
  const name = actorName(world, actor);
  switch (actor.kind) {
    case 'user':
      return `You are ${name}, a person with the IAM user ${actor.user} of ${where}.`;
    case 'root':
      return `You are the root user of ${where}, signed in to the console.`;
    case 'key':
      return `You are whoever holds the key ${actor.accessKey}.`;
    case 'workload':
      return `You are ${name}, a program outside AWS that works for ${where}.`;
    case 'attacker':
      return `You are a stranger who found the key ${actor.accessKey} of ${where}.`;
    case 'workforce':
      return workforceText(world, name, actor, where);
    case 'anonymous':
      return 'You are anybody on the internet: you have no AWS credentials.';
    case 'service':
      return `You are ${actor.service}, at work for ${actor.source}.`;
    case 'instance':
      return actor.process === null
        ? `You are ${name}, at a shell on the EC2 instance ${actor.instance} of ${where}.`
        : `You are ${name}, the process ${actor.process} on the EC2 instance ${actor.instance} of ${where}.`;
  }
}

/** The seat of a user of Identity Center's directory: which role, and whether they are signed in to the portal. */
function workforceText(
  world: World,
  name: string,
  { user, permissionSet }: Extract<Actor, { kind: 'workforce' }>,
  where: string,
): string {
  const seat =
    permissionSet === null
      ? `You are ${name}, a user of the directory of IAM Identity Center, and have chosen no role.`
      : `You are ${name}, a user of the directory of IAM Identity Center, with the permission set ${permissionSet} in ${where}.`;
  const portal = portalSession(world, user);
  const state =
    portal?.state === 'valid'
      ? `You are signed in to the access portal until ${clockText(portal.expires)}.`
      : 'You are not signed in to the access portal: type `aws sso login`.';
  const roles = actorNames(world).filter((each) => each.startsWith(`${user}/`));
  return [
    seat,
    state,
    `You can be: ${roles.length === 0 ? 'nobody yet, since nothing is assigned to you' : roles.join(', ')}.`,
  ].join('\n');
}

function signingText(world: World, signing: Signing): readonly string[] {
  switch (signing.kind) {
    case 'problem':
      return ['Principal: none.', `Credentials: none. ${signing.output}`];
    case 'role':
      return [
        `Principal: the role ${signing.input.RoleArn}, which ${signing.profile === ROLE_OF_ENVIRONMENT ? 'the environment names' : `the profile ${signing.profile} names`}: it is assumed when a command needs it.`,
      ];
    case 'credentials': {
      const text = callerText(world, signing.actor, own(world.accounts, signing.actor.account));
      return signing.source.kind === 'own'
        ? text
        : [...text, `They come from ${sourceText(signing.source)}.`];
    }
  }
}

function sourceText(source: Exclude<CredentialSource, { kind: 'own' }>): string {
  return source.kind === 'environment' ? 'the environment variables' : `the profile ${source.profile}`;
}

function callerText(world: World, actor: Actor, account: Account | undefined): readonly string[] {
  const caller = callerOf(world, actor);
  const fetched = readied(world, actor);
  switch (caller.kind) {
    case 'not-sent':
      return ['Principal: none.', `Credentials: none. ${withoutCredentials(actor, account, caller.message)}`];
    case 'rejected': {
      const why =
        caller.reason === 'expired'
          ? `expired on ${clockText(own(account?.sessions ?? {}, caller.accessKey)?.expires ?? world.clock)}`
          : caller.reason === 'signature'
            ? 'with a secret that does not belong to it'
            : 'AWS does not accept it: it is inactive, deleted, or its owner is gone';
      return [
        'Principal: none, since the credentials prove nobody.',
        `Credentials: ${caller.accessKey}, ${why}.`,
      ];
    }
    default:
      return [`Principal: ${caller.arn}`, `Credentials: ${credentialsText(fetched, actor, caller)}`];
  }
}

function withoutCredentials(actor: Actor, account: Account | undefined, message: string): string {
  if (actor.kind === 'workforce') return message;
  if (actor.kind === 'user') return 'The user has no access key, so nothing can be sent.';
  if (actor.kind !== 'instance') {
    return 'What it has is no AWS key. It can trade a token or a certificate for temporary ones.';
  }
  const served = account && own(account.instances, actor.instance)?.credentials;
  const reason = served?.state === 'none' ? served.reason : 'NoInstanceProfile';
  const why = {
    NoInstanceProfile: 'the instance has no instance profile',
    InstanceStopped: 'the instance is stopped',
    InstanceProfileNotFound: 'its instance profile was deleted',
    InstanceProfileWithoutRole: 'its instance profile holds no role',
    AssumeRoleUnauthorizedAccess: 'the role does not trust EC2',
  }[reason];
  return `The metadata service serves none: ${why}. Nothing can be sent.`;
}

function credentialsText(world: World, actor: Actor, caller: Caller): string {
  const account = own(world.accounts, caller.account);
  const session = account && own(account.sessions, caller.accessKey);
  if (session === undefined) {
    if (caller.kind === 'root' && actor.kind === 'root') {
      return "the root user's own, which no identity-based policy limits.";
    }
    const whose = caller.kind === 'root' ? ' of the root user, whom no identity-based policy limits' : '';
    return `access key ${caller.accessKey}${whose}, which lasts until somebody deletes it.`;
  }
  const left = `${durationText(session.expires - world.clock)} left, until ${clockText(session.expires)}.`;
  const of = caller.kind === 'assumed-role' ? `the role ${caller.role}` : caller.arn;
  return `temporary key ${caller.accessKey} of ${of}${source(actor, account)}. ${left}`;
}

/** A process that copies keeps its first key, whatever the metadata service serves by now. */
function source(actor: Actor, account: Account | undefined): string {
  if (actor.kind !== 'instance') return '';
  const instance = account && own(account.instances, actor.instance);
  const process = instance && actor.process !== null ? own(instance.processes, actor.process) : undefined;
  return process?.kind === 'copies' && process.held !== null
    ? ', copied once from the instance metadata service'
    : ', from the instance metadata service';
}
