import type { ApiRequest } from '../../cloud/answer.ts';
import { newLowerCaseId, seedOf } from '../../cloud/identifiers.ts';
import { own } from '../../cloud/own.ts';
import type { World } from '../../cloud/world.ts';
import { member, textOf } from '../json.ts';
import { chosenProfile, type Machine } from '../machine.ts';
import type { Ending } from '../plan.ts';
import { type AskingPlan, asked, type Reply, sent } from '../question.ts';
import { nameProblem, withProfile } from './profile.ts';
import { failure, inputProblem } from './request.ts';
import { USAGE, usageError } from './usage.ts';

const OPERATION = 'sts:GetSessionToken';

const OPTIONS: readonly string[] = ['--update-profile', '--duration-seconds', '--serial-number'];

/** Seconds that the credentials are good for, unless the line says otherwise. */
const DURATION = 43_200;

/**
 * `aws configure mfa-login`: asks for an MFA code, and puts the credentials of a session with MFA into a profile.
 * https://docs.aws.amazon.com/cli/latest/reference/configure/mfa-login.html
 */
export function* mfaLogin(
  words: readonly string[],
  machine: Machine,
  world: World,
  profileOption: string | null,
): AskingPlan {
  const options = readOptions(words);
  if (typeof options === 'string') return { output: usageError(options), exit: USAGE };
  const source = own(machine.profiles, chosenProfile(machine, profileOption) ?? 'default');
  const serial =
    options['--serial-number'] ??
    source?.mfa_serial ??
    (yield* asked({
      question: 'MFA serial number or ARN: ',
      advice: '`mfa` shows the device and its code.',
    }));
  if (serial === '') return { output: 'MFA serial number or ARN is required', exit: 1 };
  const code = yield* asked({ question: 'MFA token code: ', advice: '`mfa` shows the code.' });
  if (code === '') return { output: 'MFA token code is required', exit: 1 };
  const proposed = newLowerCaseId({ seed: seedOf(`mfa-login/${world.clock}`) }, 'session-', 5);
  const profile =
    options['--update-profile'] ??
    ((yield* asked({
      question: `Profile to update [${proposed}]: `,
      problemWith: (answer) => nameProblem(answer || proposed),
    })) ||
      proposed);
  const input = {
    DurationSeconds: Number(options['--duration-seconds'] ?? DURATION),
    SerialNumber: serial,
    TokenCode: code,
  };
  return inputProblem(OPERATION, input) ?? (yield* login({ operation: OPERATION, input }, machine, profile));
}

function* login(
  request: ApiRequest,
  machine: Machine,
  profile: string,
): Generator<ApiRequest, Ending, Reply> {
  const answer = yield* sent(request);
  if (answer.kind !== 'done') {
    const { output } = failure(request.operation, answer);
    return { output: `An error occurred: ${output}`, exit: 1 };
  }
  const credentials = member(answer.output, 'Credentials');
  const expires = `${textOf(credentials, 'Expiration').slice(0, 19).replace('T', ' ')} UTC`;
  return {
    output: `Temporary credentials written to profile '${profile}'\nCredentials will expire at ${expires}\nTo use these credentials, specify --profile ${profile} when running AWS CLI commands`,
    exit: 0,
    machine: withProfile(machine, profile, {
      aws_access_key_id: textOf(credentials, 'AccessKeyId'),
      aws_secret_access_key: textOf(credentials, 'SecretAccessKey'),
      aws_session_token: textOf(credentials, 'SessionToken'),
    }),
  };
}

/** The options by name; or what the AWS CLI says against them. */
function readOptions(words: readonly string[]): Readonly<Record<string, string>> | string {
  const given: Record<string, string> = {};
  for (let at = 0; at < words.length; at++) {
    const [name = '', ...value] = (words[at] ?? '').split('=');
    if (!OPTIONS.includes(name)) return `Unknown options: ${words.slice(at).join(', ')}`;
    const text = value.length > 0 ? value.join('=') : words[++at];
    if (text === undefined) return `argument ${name}: expected one argument`;
    given[name] = text;
  }
  const { '--duration-seconds': duration = '', '--update-profile': profile } = given;
  if (!/^\d{0,9}$/.test(duration)) return `argument --duration-seconds: invalid int value: '${duration}'`;
  return (profile === undefined ? null : nameProblem(profile)) ?? given;
}
