import { REGION } from '../../cloud/arn.ts';
import { OUTPUT_FORMATS, type OutputFormat } from './output/answer-text.ts';
import { readQuery } from './output/query.ts';
import { notSimulated, USAGE, usageError } from './usage.ts';

/** The global options of a line that are obeyed here. */
export interface GlobalOptions {
  readonly output: OutputFormat;
  /** A JMESPath expression that can be applied. */
  readonly query: string | null;
  readonly region: string | null;
  readonly profile: string | null;
  /** `--no-sign-request`: nobody's credentials are looked for. */
  readonly unsigned: boolean;
  readonly noPaginate: boolean;
  /** Bytes are typed as they are, not as base64. */
  readonly rawBinary: boolean;
}

/** No global options at all. */
export const NO_OPTIONS: GlobalOptions = {
  output: 'json',
  query: null,
  region: null,
  profile: null,
  unsigned: false,
  noPaginate: false,
  rawBinary: false,
};

/** What the environment and the profile say where the line does not; null where they do not either. */
export interface Defaults {
  readonly output: string | null;
  readonly region: string | null;
}

/** What is left of an `aws` line without its global options, and what they say. */
export type WithoutGlobals =
  | { readonly kind: 'line'; readonly words: readonly string[]; readonly options: GlobalOptions }
  | { readonly kind: 'problem'; readonly output: string; readonly exit: number };

const VALUED = ['--output', '--query', '--region', '--profile', '--color', '--cli-binary-format'] as const;
type Valued = (typeof VALUED)[number];

/** Whether a global option takes a value. */
export function isValued(option: string): boolean {
  return VALUED.some((each) => each === option);
}

const FLAGS: readonly string[] = [
  '--no-cli-pager',
  '--no-cli-auto-prompt',
  '--no-paginate',
  '--no-sign-request',
];

/** Global options that every operation takes here. */
export const ACCEPTED_GLOBALS: readonly string[] = [...VALUED, ...FLAGS];

/** Options that the AWS CLI has everywhere and that have no counterpart here, with what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  '--endpoint-url': 'There is no network here',
  '--debug': 'There is nothing to debug: `why` shows how the last request was decided',
  '--no-verify-ssl': 'There is no network here',
  '--cli-auto-prompt': 'The wizard for options is not simulated: Tab completes them, and `help` lists them',
  '--cli-input-json': 'Input from a skeleton is not simulated: give the options themselves',
  '--generate-cli-skeleton':
    'Skeletons are not simulated: `aws <service> <operation> help` lists the options',
};

const CHOICES: Readonly<Partial<Record<Valued, readonly string[]>>> = {
  '--output': [...OUTPUT_FORMATS, 'yaml', 'yaml-stream'],
  '--color': ['on', 'off', 'auto'],
  '--cli-binary-format': ['base64', 'raw-in-base64-out'],
};

/**
 * Takes the global options out of a line (https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html).
 * `defaultsOf`: what holds for a profile where the line does not say.
 */
export function takeGlobalOptions(
  words: readonly string[],
  defaultsOf: (profile: string | null) => Defaults,
): WithoutGlobals {
  const rest: string[] = [];
  const given = new Map<Valued, string>();
  const flags = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [name = '', ...value] = word.split('=');
    const refused = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
    if (refused !== undefined) return problem(`${refused}. Leave ${name} out.`);
    const valued = VALUED.find((each) => each === name);
    if (FLAGS.includes(word)) {
      flags.add(word);
    } else if (valued === undefined) {
      rest.push(word);
    } else {
      const text = value.length > 0 ? value.join('=') : words[++at];
      if (text === undefined || /^--?[a-z]/.test(text)) {
        return problem(usageError(`argument ${name}: expected one argument`));
      }
      const choices = CHOICES[valued];
      if (choices !== undefined && !choices.includes(text)) {
        return problem(
          usageError(`argument ${name}: Invalid choice, valid choices are:\n\n${choices.join(' | ')}`),
        );
      }
      given.set(valued, text);
    }
  }
  const query = given.get('--query');
  const read = query === undefined ? null : readQuery(query);
  if (read?.kind === 'problem') return problem(read.message);
  const profile = given.get('--profile') ?? null;
  const defaults = defaultsOf(profile);
  const format = given.get('--output') ?? defaults.output ?? 'json';
  const output = OUTPUT_FORMATS.find((each) => each === format);
  if (output === undefined) {
    return problem(
      notSimulated(
        `The output format ${format}`,
        OUTPUT_FORMATS.map((each) => `--output ${each}`),
        'aws help',
      ),
    );
  }
  return {
    kind: 'line',
    words: rest,
    options: {
      output,
      query: query ?? null,
      region: given.get('--region') ?? defaults.region,
      profile,
      unsigned: flags.has('--no-sign-request'),
      noPaginate: flags.has('--no-paginate'),
      rawBinary: given.get('--cli-binary-format') === 'raw-in-base64-out',
    },
  };
}

/** Services that are one for all regions: which one a request is sent to changes nothing. */
const GLOBAL_SERVICES: readonly string[] = ['iam', 'organizations'];

/** Why a request to a service cannot go to a region; null when it can. Everything here stands in one. */
export function regionProblem(service: string, region: string | null): string | null {
  if (region === null || region === REGION) return null;
  if (GLOBAL_SERVICES.includes(service) && /^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/.test(region)) return null;
  return `Everything here stands in ${REGION}, and ${region} was asked for. Give --region ${REGION}.`;
}

function problem(output: string): WithoutGlobals {
  return { kind: 'problem', output, exit: USAGE };
}
