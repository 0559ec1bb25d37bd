import { notSimulatedSentence } from './aws/request.ts';
import { type Files, readFile } from './files.ts';
import { nearest } from './nearest.ts';
import { end, type Plan } from './plan.ts';

/** The program that trades a certificate for credentials; the AWS CLI runs it as a `credential_process`. */
export const SIGNING_HELPER = 'aws_signing_helper';

const OPTIONS: Readonly<Record<string, string>> = {
  '--certificate': 'certificate',
  '--private-key': 'privateKey',
  '--trust-anchor-arn': 'trustAnchorArn',
  '--profile-arn': 'profileArn',
  '--role-arn': 'roleArn',
  '--session-duration': 'durationSeconds',
};
const NEEDED = ['--certificate', '--trust-anchor-arn', '--profile-arn', '--role-arn'];

const USAGE = `${SIGNING_HELPER} credential-process --certificate <file> --trust-anchor-arn <ARN> --profile-arn <ARN> --role-arn <ARN> [--session-duration <seconds>]`;

/**
 * `aws_signing_helper credential-process …`: one request, and credentials as the AWS CLI reads them. The file of a
 * certificate stands for its private key too.
 * Source: IAM Roles Anywhere User Guide, credential-helper.html.
 */
export function signingHelperPlan(words: readonly string[], files: Files): Plan {
  const read = readOptions(words);
  if (typeof read === 'string') return end({ output: read, exit: 1 });
  const path = read.certificate ?? '';
  const certificate = readFile(files, path);
  return certificate === undefined
    ? end({ output: `open ${path}: no such file or directory`, exit: 1 })
    : session(read, certificate);
}

function* session(
  { trustAnchorArn, profileArn, roleArn, durationSeconds }: Readonly<Record<string, string>>,
  certificate: string,
): Plan {
  const duration = durationSeconds === undefined ? {} : { durationSeconds: Number(durationSeconds) };
  const answer = yield {
    operation: 'rolesanywhere:CreateSession',
    input: { trustAnchorArn, profileArn, roleArn, certificate, ...duration },
  };
  switch (answer.kind) {
    case 'done':
      return { output: JSON.stringify(answer.output, null, 2), exit: 0 };
    case 'not-sent':
      return { output: answer.message, exit: 1 };
    case 'unsupported':
      return { output: notSimulatedSentence(answer.refusal), exit: 1 };
    default: {
      const { code, message, advice } = answer.error;
      return { output: `${code}: ${message}${advice === undefined ? '' : `\n(${advice})`}`, exit: 1 };
    }
  }
}

/** The options by name; or a sentence about what cannot be read. */
function readOptions(words: readonly string[]): Readonly<Record<string, string>> | string {
  if (words[0] !== 'credential-process') return `Usage: ${USAGE}`;
  const given: Record<string, string> = {};
  for (let at = 1; at < words.length; at += 2) {
    const [word = '', value] = words.slice(at, at + 2);
    const name = OPTIONS[word];
    if (name === undefined) {
      const near = nearest(word, Object.keys(OPTIONS));
      return `unknown flag: ${word}${near.length === 0 ? '' : `\nMaybe you meant: ${near.join(', ')}`}`;
    }
    if (value === undefined) return `flag needs an argument: ${word}`;
    given[name] = value;
  }
  const missing = NEEDED.filter((word) => !Object.hasOwn(given, OPTIONS[word] ?? ''));
  if (missing.length > 0) return `required flag(s) not set: ${missing.join(', ')}\nUsage: ${USAGE}`;
  return /^\d{0,6}$/.test(given.durationSeconds ?? '') ? given : '--session-duration takes whole seconds.';
}
