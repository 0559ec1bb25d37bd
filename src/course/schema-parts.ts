import { z } from 'zod';
import { nearest } from '../iam/spelling.ts';

/** A table of these fields alone: a misspelt one is an error with the nearest name. */
export function strict<const S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      const known = Object.keys(shape);
      const near = issue.keys.flatMap((key) => nearest(key, known) ?? []);
      const choice =
        near.length > 0 ? `Did you mean \`${near.join('`, `')}\`?` : `Known: ${known.join(', ')}.`;
      return `${issue.keys.map((key) => `\`${key}\``).join(', ')} is not a field here.\n${choice}`;
    },
  });
}

/** A text in Markdown. */
export const prose = z
  .string()
  .min(1, 'There is no text here.')
  .max(4_000, 'Too long: 4,000 characters at most.');
/** A title, or a few words. */
export const short = z
  .string()
  .min(1, 'There is no text here.')
  .max(200, 'Too long: 200 characters at most.');
/** A command. */
export const line = z
  .string()
  .min(1, 'There is no command here.')
  .max(20_000, 'Too long: 20,000 characters at most.')
  .describe(
    `What is typed at the prompt. In it, \${now} is the time of the simulated clock, \${key:ann} the id of ann's access key, \${policy:Fence} that of an SCP or RCP, \${job} that of the report asked for last. Where a command asks, each answer is a row below it that begins with >.`,
  );
/** What is in a file. */
export const content = z.string().max(100_000, 'Too long: 100,000 characters at most.');
/** What progress and references are kept by. */
export const id = z
  .string()
  // `constructor` is the one id that every JavaScript object knows already.
  .regex(
    /^(?!constructor$)[a-z0-9][a-z0-9-]{0,63}$/,
    'An id is made of small letters, digits and hyphens, 64 at most.',
  );
/** The version of the format. */
export const format = z.literal(1, 'Only format 1 is known: write `format: 1`.');
/** How long something takes. */
export const minutes = z.int('A whole number of minutes.').min(1).max(240);
/** A web address. */
export const url = z.string().regex(/^https:\/\/\S+$/, 'An address starts with https://');

/** Names a policy, user, role… as a key of the world. */
export const name = z.string().min(1).max(128);
