import { readCurl } from '../curl.ts';
import { objectOf } from '../s3/presigned-url.ts';
import { type OwnCommand, saying } from './result.ts';

/** Exit codes of `curl`: for a line it cannot read, and for a host that nobody answers at. */
const USAGE = 2;
const NO_HOST = 6;

/** `curl <URL>`: opens a presigned URL of S3, which is carried out elsewhere; here is what all others come to. */
export const curl: OwnCommand = {
  usage: 'curl [-o <file>] <URL>',
  summary: 'Open a presigned URL of S3, whoever you are',
  details: `\`aws s3 presign s3://bucket/key\` makes such a URL; Tab after \`curl \` fills in the
last one. It goes in quotes: curl 'https://…'.

Whoever opens it reads the object as the one who signed it, with what they may
do by then. It works until its time is over, and no longer than the
credentials that signed it.`,
  run({ session, words }) {
    const metadata = words.find((word) => word.includes('169.254.169.254'));
    if (metadata !== undefined) {
      const method = words.includes('PUT') ? 'PUT' : 'GET';
      const path = /169\.254\.169\.254(\/.*)/.exec(metadata)?.[1] ?? '/';
      return saying(
        session,
        `The metadata service is asked with \`imds\` here: imds ${method} ${path}`,
        NO_HOST,
      );
    }
    const request = readCurl(words);
    if (request === null) {
      return saying(
        session,
        "Which URL? `aws s3 presign` makes one, and Tab fills it in: curl 'https://…', in quotes.",
        USAGE,
      );
    }
    const { url } = request;
    return objectOf(url) === null
      ? saying(
          session,
          'Nobody answers there: of the internet, there are only presigned URLs of S3 here.',
          NO_HOST,
        )
      : saying(
          session,
          'The URL is not signed, so S3 would take you for nobody. Requests of nobody are not simulated here.',
          NO_HOST,
        );
  },
};
