import type { Actor } from '../../cloud/actor.ts';
import type { Caller } from '../../cloud/caller.ts';
import { actorName, callerOf } from '../../cloud/index.ts';
import { own } from '../../cloud/own.ts';
import type { Account, World } from '../../cloud/world.ts';
import { clockText, durationText } from './clock.ts';
import { type OwnCommand, saying } from './result.ts';

/** `whoami`: the actor, the principal that AWS sees, and the credentials between them. Sends nothing. */
export const whoami: OwnCommand = {
  usage: 'whoami',
  summary: 'Who you are, what AWS takes you for, and which credentials say so',
  run({ session, actor }) {
    const { world } = session.now;
    const account = own(world.accounts, actor.account);
    return saying(
      session,
      [seatText(world, actor, account), ...callerText(world, actor, account)].join('\n'),
    );
  },
};

function seatText(world: World, actor: Actor, account: Account | undefined): string {
  const where =
    account === undefined ? `account ${actor.account}` : `account ${account.id} (${account.name})`;
  const name = actorName(world, actor);
  if (actor.kind === 'user') return `You are ${name}, a person with the IAM user ${actor.user} of ${where}.`;
  return actor.process === null
    ? `You are ${name}, at a shell on the EC2 instance ${actor.instance} of ${where}.`
    : `You are ${name}, the process ${actor.process} on the EC2 instance ${actor.instance} of ${where}.`;
}

function callerText(world: World, actor: Actor, account: Account | undefined): readonly string[] {
  const caller = callerOf(world, actor);
  switch (caller.kind) {
    case 'not-sent':
      return ['Principal: none.', `Credentials: none. ${withoutCredentials(actor, account)}`];
    case 'rejected': {
      const why =
        caller.reason === 'expired'
          ? `expired on ${clockText(own(account?.sessions ?? {}, caller.accessKey)?.expires ?? world.clock)}`
          : 'AWS does not accept it: it is inactive, deleted, or its owner is gone';
      return [
        'Principal: none, since the credentials prove nobody.',
        `Credentials: ${caller.accessKey}, ${why}.`,
      ];
    }
    default:
      return [`Principal: ${caller.arn}`, `Credentials: ${credentialsText(world, actor, caller)}`];
  }
}

function withoutCredentials(actor: Actor, account: Account | undefined): string {
  if (actor.kind === 'user') return 'The user has no access key, so nothing can be sent.';
  const served = account && own(account.instances, actor.instance)?.credentials;
  const reason = served?.state === 'none' ? served.reason : 'NoInstanceProfile';
  const why = {
    NoInstanceProfile: 'the instance has no instance profile',
    InstanceProfileNotFound: 'its instance profile was deleted',
    InstanceProfileWithoutRole: 'its instance profile holds no role',
    AssumeRoleUnauthorizedAccess: 'the role does not trust EC2',
  }[reason];
  return `The metadata service serves none: ${why}. Nothing can be sent.`;
}

function credentialsText(world: World, actor: Actor, caller: Caller): string {
  if (caller.kind === 'user') return `access key ${caller.accessKey}, which lasts until somebody deletes it.`;
  if (caller.kind === 'root') return `the root user's own, which no policy of the account limits.`;
  const account = own(world.accounts, caller.account);
  const session = account && own(account.sessions, caller.accessKey);
  const left =
    session === undefined
      ? ''
      : ` ${durationText(session.expires - world.clock)} left, until ${clockText(session.expires)}.`;
  return `temporary key ${caller.accessKey} of the role ${caller.role}, ${source(actor, account)}.${left}`;
}

/** A process that copies keeps its first key, whatever the metadata service serves by now. */
function source(actor: Actor, account: Account | undefined): string {
  const instance = actor.kind === 'instance' && account ? own(account.instances, actor.instance) : undefined;
  const process =
    instance && actor.kind === 'instance' && actor.process !== null
      ? own(instance.processes, actor.process)
      : undefined;
  return process?.kind === 'copies' && process.held !== null
    ? 'copied once from the instance metadata service'
    : 'from the instance metadata service';
}
