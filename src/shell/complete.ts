import { shortResource } from '../cloud/access-map/index.ts';
import { REGION } from '../cloud/arn.ts';
import { actorNames } from '../cloud/index.ts';
import type { Operation } from '../cloud/operation.ts';
import { isList, optionsOf, takesOutfile } from './aws/arguments.ts';
import { CONFIGURE_COMMANDS, profileNames } from './aws/configure.ts';
import { CREDENTIAL_FORMATS } from './aws/export-credentials.ts';
import { ACCEPTED_GLOBALS, isValued } from './aws/global-options.ts';
import { COMMANDS } from './aws/index.ts';
import { OUTPUT_FORMATS } from './aws/output/answer-text.ts';
import { paginationOptions } from './aws/output/pagination.ts';
import { SSO_COMMANDS } from './aws/sso.ts';
import { polled, waitersOf } from './aws/wait/wait.ts';
import { aroundOf } from './edit/edit-plan.ts';
import { policyNames } from './edit/find-policy.ts';
import { machineOf, VARIABLES } from './machine.ts';
import { OWN_COMMANDS } from './own/index.ts';
import { permissionsAround } from './own/who-can.ts';
import { S3_COMMANDS, s3Options } from './s3/index.ts';
import type { Session } from './session.ts';
import { bucketPaths, valuesOf } from './suggested-values.ts';
import { quoteWord, scanWords } from './words.ts';

/**
 * What the last word of a line could become: whole words that begin with what is typed of it, in alphabetical
 * order. Empty when nothing is known to fit.
 */
export function complete(session: Session, line: string): string[] {
  const { words, partial, problem } = scanWords(line);
  if (problem !== null) return [];
  return [...new Set(candidates(session, words, partial))]
    .filter((word) => word.startsWith(partial) && word !== partial)
    .sort()
    .map(quoteWord);
}

function candidates(session: Session, words: readonly string[], partial: string): readonly string[] {
  const [command, ...rest] = words;
  const files = Object.keys(session.now.files);
  switch (command) {
    case undefined:
      return ['aws', ...OWN_COMMANDS.keys()];
    case 'aws':
      return awsCandidates(session, rest, partial);
    case 'curl':
      return session.now.presigned === undefined ? [] : [session.now.presigned];
    case 'imds':
      return metadataWords(rest);
    case 'export':
      return VARIABLES.map((name) => `${name}=`);
    case 'unset':
      return Object.keys(machineOf(session.now, session.now.actor).environment);
    case 'as':
      return rest.length === 0 ? actorNames(session.now.world) : [];
    case 'edit':
      return rest.length === 0 ? [...files, ...editable(session, partial)] : [];
    case 'push':
      return rest.length === 0 ? files : [];
    case 'cat':
    case 'load':
      return rest.length === 0 ? [...Object.keys(session.logs), ...files] : [];
    case 'why':
      return rest.length === 0 ? session.now.world.trail.map(({ number }) => String(number)) : [];
    case 'who-can':
      return whoCanCandidates(session, rest);
    case 'diff':
      return rest.length === 0 ? ['step'] : [];
    case 'help':
      return helpTopics(rest);
    default:
      return [];
  }
}

/** Policies of the world, as `edit` takes them. */
function editable({ now }: Session, partial: string): readonly string[] {
  const around = aroundOf(now, now.actor);
  return around === null ? [] : policyNames(partial, around);
}

/** Actions that operations need, then the resources that one is about. */
function whoCanCandidates({ now }: Session, [action, resource]: readonly string[]): readonly string[] {
  if (resource !== undefined) return [];
  const permissions = permissionsAround(now);
  return action === undefined
    ? permissions.map((each) => each.action)
    : permissions.filter((each) => each.action === action).map((each) => shortResource(each.resource));
}

/** The paths of the metadata service that matter for credentials. */
function metadataWords(words: readonly string[]): readonly string[] {
  if (words[0] === 'PUT') return words.length === 1 ? ['/latest/api/token'] : ['--ttl'];
  const paths = [
    '/latest/meta-data/',
    '/latest/meta-data/iam/info',
    '/latest/meta-data/iam/security-credentials/',
  ];
  return words.length === 0 ? ['GET', 'PUT', ...paths] : [...paths, '--token'];
}

/** What `help` explains: own commands, services and the operations of one. */
function helpTopics(words: readonly string[]): readonly string[] {
  const [service, more] = words;
  if (service === undefined)
    return [...OWN_COMMANDS.keys(), 'aws', 's3', 'configure', 'sso', ...COMMANDS.keys()];
  return more === undefined ? [...(COMMANDS.get(service)?.keys() ?? [])] : [];
}

/** What a global option takes, where that is a matter of choice. */
function globalChoices({ now }: Session, option: string): readonly string[] | undefined {
  switch (option) {
    case '--output':
      return OUTPUT_FORMATS;
    case '--region':
      return [REGION];
    case '--profile':
      return profileNames(now.world, machineOf(now, now.actor), now.actor);
    default:
      return isValued(option) ? [] : undefined;
  }
}

function awsCandidates(session: Session, words: readonly string[], partial: string): readonly string[] {
  const [service, command, ...rest] = words;
  if (service === undefined) return [...COMMANDS.keys(), 's3', 'sso', 'configure', 'help'];
  if (service === 'configure') return configureCandidates(session, command, rest);
  if (service === 'sso') return ssoCandidates(session, command, rest);
  if (service === 's3') return s3Candidates(session, command, partial);
  const commands = COMMANDS.get(service);
  if (commands === undefined) return [];
  const waiters = waitersOf(service);
  if (command === undefined) return [...commands.keys(), ...(waiters.length > 0 ? ['wait'] : []), 'help'];
  if (command === 'wait') {
    const [waiter, ...options] = rest;
    if (waiter === undefined) return waiters.length === 0 ? [] : [...waiters, 'help'];
    return operationCandidates(session, polled(service, waiter, commands), options, partial);
  }
  return operationCandidates(session, commands.get(command), rest, partial);
}

/** What may come after an operation, or after a waiter that polls it. */
function operationCandidates(
  session: Session,
  operation: Operation | undefined,
  rest: readonly string[],
  partial: string,
): readonly string[] {
  if (operation === undefined) return [];

  const choices = globalChoices(session, rest.at(-1) ?? '');
  if (choices !== undefined && !partial.startsWith('-')) return choices;
  const options = optionsOf(operation);
  const asked = rest.findLast((word) => word.startsWith('--')) ?? '';
  const option = options.get(asked);
  const isValue = option !== undefined && option.member.type !== 'boolean' && !partial.startsWith('-');
  const given = new Map(
    rest.flatMap((word, at) => {
      const name = options.get(word)?.name;
      return name === undefined ? [] : [[name, rest[at + 1] ?? ''] as const];
    }),
  );
  const last = rest.at(-1) ?? '';
  if (isValue && (last === asked || isList(option.member))) {
    const values =
      option.member.choices ?? valuesOf(session.now, operation, option.name, option.member, given);
    if (last === asked) return values;
    return [...values, ...unused(options.keys(), rest)];
  }
  const positional =
    takesOutfile(operation) && !partial.startsWith('-') ? Object.keys(session.now.files) : [];
  return [
    ...unused(options.keys(), rest),
    ...unused([...paginationOptions(operation), ...ACCEPTED_GLOBALS], rest),
    ...positional,
    ...(rest.length === 0 ? ['help'] : []),
  ];
}

function configureCandidates(
  session: Session,
  command: string | undefined,
  rest: readonly string[],
): readonly string[] {
  if (command === undefined) return CONFIGURE_COMMANDS;
  const last = rest.at(-1) ?? '';
  if (last === '--format') return CREDENTIAL_FORMATS;
  const choices = globalChoices(session, last);
  if (choices !== undefined) return choices;
  return command === 'export-credentials' ? ['--profile', '--format'] : ['--profile'];
}

function ssoCandidates(
  { now }: Session,
  command: string | undefined,
  words: readonly string[],
): readonly string[] {
  if (command === undefined) return SSO_COMMANDS;
  if (command !== 'login') return ['--profile'];
  const sessions = Object.keys(machineOf(now, now.actor).ssoSessions ?? {});
  return words.at(-1) === '--sso-session' ? sessions : ['--profile', '--sso-session'];
}

function s3Candidates(session: Session, command: string | undefined, partial: string): readonly string[] {
  if (command === undefined) return [...S3_COMMANDS, 'help'];
  if (partial.startsWith('-')) return [...s3Options(command), '--profile', '--no-sign-request'];
  const paths = bucketPaths(session.now);
  return ['cp', 'mv', 'sync'].includes(command) ? [...paths, ...Object.keys(session.now.files)] : paths;
}

function unused(options: Iterable<string>, words: readonly string[]): readonly string[] {
  return [...options].filter((option) => !words.includes(option));
}
