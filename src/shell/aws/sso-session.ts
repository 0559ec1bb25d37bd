import type { Actor } from '../../cloud/actor.ts';
import { REGION } from '../../cloud/arn.ts';
import { own } from '../../cloud/own.ts';
import { type Machine, machineOf, type Settings } from '../machine.ts';
import { asked, type Interview, type Question, type Reply } from '../question.ts';
import type { Moment } from '../session.ts';
import { nameProblem, withValue } from './profile.ts';
import { USAGE, usageError } from './usage.ts';

/** What a new SSO session may be used for, unless somebody says otherwise. */
const SCOPE = 'sso:account:access';

const NEEDED = 'A value is required.';

/**
 * `aws configure sso-session`: asks for what profiles share to sign in. Nothing is looked up, so any portal will do.
 * https://docs.aws.amazon.com/cli/latest/reference/configure/sso-session.html
 */
export function* configureSsoSession(words: readonly string[], moment: Moment, actor: Actor): Interview {
  if (words.length > 0) return { output: usageError(`Unknown options: ${words.join(', ')}`), exit: USAGE };
  const machine = machineOf(moment, actor);
  const name = yield* asked({
    question: 'SSO session name: ',
    choices: Object.keys(machine.ssoSessions ?? {}),
    problemWith: (answer) => (answer === '' ? NEEDED : sessionNameProblem(answer)),
  });
  const present = own(machine.ssoSessions ?? {}, name) ?? {};
  const portal = yield* askPortal(present, portalUrl(moment), () => null);
  const settings = { ...portal, ...(yield* askScopes(present)) };
  return {
    output: `\nCompleted configuring SSO session: ${name}\nRun the following to login and refresh access token for this session:\n\naws sso login --sso-session ${name}`,
    exit: 0,
    machine: withSsoSession(machine, name, settings),
  };
}

/** Why something cannot be the name of an SSO session; null when it can. */
export function sessionNameProblem(name: string): string | null {
  return nameProblem(name, 'an SSO session');
}

/** The machine with an SSO session made or changed. */
export function withSsoSession(machine: Machine, name: string, settings: Settings): Machine {
  return { ...machine, ssoSessions: { ...machine.ssoSessions, [name]: settings } };
}

/** The start URL of the access portal; null where there is no IAM Identity Center. */
export function portalUrl({ world: { identityCenter: center } }: Pick<Moment, 'world'>): string | null {
  return center === null ? null : `https://${center.store}.awsapps.com/start`;
}

/** Why nobody can sign in with a start URL or region, as far as they are known; null when they can. */
export function portalProblem(url: string | null, { sso_start_url, sso_region }: Settings): string | null {
  if (sso_start_url !== undefined && sso_start_url.replace(/\/?(#\/?)?$/, '') !== url) {
    return `There is no access portal at ${sso_start_url} here.${url === null ? '' : ` The one here is ${url}`}`;
  }
  return sso_region === undefined || sso_region === REGION
    ? null
    : `The access portal here stands in ${REGION}, not in ${sso_region}.`;
}

/**
 * Asks for the start URL and the region of an access portal. `url` is that of the portal there is; `check` says why
 * what was answered will not do, `before` is said first.
 */
export function* askPortal(
  present: Settings,
  url: string | null,
  check: (settings: Settings) => string | null,
  before?: string,
): Generator<Question, Settings, Reply> {
  const { sso_start_url: presentUrl, sso_region: presentRegion } = present;
  const startUrl = yield* asked({
    ...(before === undefined ? {} : { before }),
    ...orThere(withValue('SSO start URL', presentUrl), presentUrl, url),
    choices: url === null ? [] : [url],
    problemWith: (answer) => {
      const given = answer || presentUrl || '';
      return urlProblem(given, url) ?? check({ sso_start_url: given });
    },
  });
  const region = yield* asked({
    ...orThere(withValue('SSO region', presentRegion), presentRegion, url),
    choices: [REGION],
    problemWith: (answer) => {
      const given = answer || presentRegion;
      return given === undefined ? NEEDED : check({ sso_region: given });
    },
  });
  return { sso_start_url: startUrl || (presentUrl ?? ''), sso_region: region || (presentRegion ?? '') };
}

/** The question with the advice that helps where nothing stands in brackets, and there is a portal to find. */
function orThere<Asked extends Question>(
  asks: Asked,
  present: string | undefined,
  url: string | null,
): Asked {
  return present === undefined && url !== null
    ? { ...asks, advice: 'Tab writes the one there is here.' }
    : asks;
}

function urlProblem(given: string, url: string | null): string | null {
  if (/^https?:\/\/[a-z\d-]+(\.[a-z\d-]+)*(:\d+)?([/?#]\S*)?$/i.test(given)) return null;
  return `Not a valid Start URL.${url === null ? '' : ` The access portal here is ${url}`}`;
}

/** Asks what an SSO session may be used for: scopes with commas between them. */
export function* askScopes(present: Settings): Generator<Question, Settings, Reply> {
  const { sso_registration_scopes: scopes = SCOPE } = present;
  const answer = yield* asked({
    ...withValue('SSO registration scopes', scopes),
    choices: [SCOPE],
    problemWith: (given) =>
      given.split(',').some((scope) => /\s/.test(scope.trim()))
        ? 'Scope values must be separated by commas.'
        : null,
  });
  return { sso_registration_scopes: answer || scopes };
}
