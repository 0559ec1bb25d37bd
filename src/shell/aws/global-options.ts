import { notSimulated, usageError } from './usage.ts';

/** What is left of an `aws` line without its global options. */
export type WithoutGlobals =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'problem'; readonly output: string };

/** Global options that change nothing about what is sent or shown here. */
export const ACCEPTED_GLOBALS: readonly string[] = ['--output', '--no-cli-pager'];

/** Options that the AWS CLI has everywhere and that have no counterpart here, with what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  '--region': 'There are no regions here',
  '--profile':
    'Profiles are not simulated. Credentials come from whoever sits at the prompt: use `as <name>`',
  '--query': 'Filtering the answer with --query is not simulated',
  '--endpoint-url': 'There is no network here',
  '--no-sign-request': 'Requests without credentials are not simulated',
  '--debug': 'There is nothing to debug: `why` shows how the last request was decided',
  '--no-verify-ssl': 'There is no network here',
  '--max-items': 'Answers come whole here, without pages',
  '--page-size': 'Answers come whole here, without pages',
  '--starting-token': 'Answers come whole here, without pages',
  '--no-paginate': 'Answers come whole here, without pages',
  '--cli-input-json': 'Input from a skeleton is not simulated: give the options themselves',
  '--generate-cli-skeleton':
    'Skeletons are not simulated: `aws <service> <operation> help` lists the options',
};

/** Takes the global options out of a line (https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html). */
export function takeGlobalOptions(words: readonly string[]): WithoutGlobals {
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [name = '', ...given] = word.split('=');
    const refused = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
    if (refused !== undefined) {
      return { kind: 'problem', output: `${refused}. Leave ${name} out.` };
    }
    if (word === '--no-cli-pager') continue;
    if (name !== '--output') {
      rest.push(word);
      continue;
    }
    const format = given.length > 0 ? given.join('=') : words[++at];
    if (format === undefined || format.startsWith('-')) {
      return { kind: 'problem', output: usageError('argument --output: expected one argument') };
    }
    if (['text', 'table', 'yaml', 'yaml-stream'].includes(format)) {
      return {
        kind: 'problem',
        output: notSimulated(`The output format ${format}`, ['--output json'], 'aws help'),
      };
    }
    if (format !== 'json') {
      return {
        kind: 'problem',
        output: usageError(
          `argument --output: Invalid choice, valid choices are:\n\njson | text | table | yaml | yaml-stream`,
        ),
      };
    }
  }
  return { kind: 'words', words: rest };
}
