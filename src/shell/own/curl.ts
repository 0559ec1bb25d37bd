import { foreignOption, readCurl, unsignedProblem } from '../curl.ts';
import { addressed } from '../s3/presigned-url.ts';
import { type OwnCommand, saying } from './result.ts';

/** Exit codes of `curl`: for a line it cannot read, and for a host that nobody answers at. */
const USAGE = 2;
const NO_HOST = 6;

/** `curl <URL>`: asks for a URL of S3, which is carried out elsewhere; here is what all others come to. */
export const curl: OwnCommand = {
  usage: 'curl [-o <file>] [-I] [-T <file>] <URL>',
  summary: 'Ask for a URL of S3, presigned or as anybody',
  details: `\`aws s3 presign s3://bucket/key\` makes such a URL; Tab after \`curl \` fills in the
last one. It goes in quotes: curl 'https://…'.

Whoever opens it reads the object as the one who signed it, with what they may
do by then. It works until its time is over, and no longer than the
credentials that signed it.

A URL without a signature asks as anybody on the internet, whoever you are:
curl https://BUCKET.s3.amazonaws.com/KEY      the object
curl https://BUCKET.s3.amazonaws.com/         the list of objects
curl -I <URL>, curl -T <file> <URL>, curl -X DELETE <URL>
Only a bucket policy with the principal * lets anybody in, and Block Public
Access keeps them out. \`aws … --no-sign-request\` asks the same way.`,
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
    const foreign = foreignOption(words);
    if (foreign !== undefined) {
      return saying(
        session,
        `Of curl's options, ${foreign} is not simulated here. \`help curl\` says which are.`,
        USAGE,
      );
    }
    const request = readCurl(words);
    if (request === null) {
      return saying(
        session,
        "Which URL? Such as curl https://BUCKET.s3.amazonaws.com/KEY. `aws s3 presign` makes a signed one, and Tab fills it in: curl 'https://…', in quotes.",
        USAGE,
      );
    }
    const { url } = request;
    return saying(
      session,
      addressed(url) === null
        ? 'Nobody answers there: of the internet, there are only the URLs of S3 here, such as https://BUCKET.s3.amazonaws.com/KEY.'
        : (unsignedProblem(url) ?? 'That is not simulated here.'),
      NO_HOST,
    );
  },
};
