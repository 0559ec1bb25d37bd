import type { Actor } from '../cloud/actor.ts';
import type { Answer } from '../cloud/answer.ts';
import { findActor } from '../cloud/index.ts';
import type { World } from '../cloud/world.ts';
import { notSimulatedSentence, takeBody } from './aws/request.ts';
import { fileName, writeProblem } from './files.ts';
import type { Ending } from './plan.ts';
import { sent } from './question.ts';
import { isSignedWith, type PresignedUrl, readPresignedUrl } from './s3/presigned-url.ts';
import { type SignedPlan, seated } from './signed-plan.ts';

/** Exit code of `curl` for an answer that is an error. */
const HTTP_ERROR = 22;

/** What the words after `curl` ask for: a URL, and where its answer goes; null for standard output. */
interface CurlRequest {
  readonly url: string;
  readonly file: string | null;
}

/** Reads the words after `curl`; null where they are not of this kind. */
export function readCurl(words: readonly string[]): CurlRequest | null {
  const rest = words.filter((word) => word !== '-s');
  const at = rest.indexOf('-o');
  const file = at < 0 ? null : (rest[at + 1] ?? '');
  const [url, more] = at < 0 ? rest : rest.filter((_, index) => index !== at && index !== at + 1);
  return url === undefined || more !== undefined || url.startsWith('-') ? null : { url, file };
}

/**
 * `curl <presigned URL>`: whoever has the URL reads the object as its signer, whose permissions are looked at now. Null
 * for words that are no such request.
 * Source: S3 User Guide, using-presigned-url.html.
 */
export function curlPlan(words: readonly string[], world: World, seat: Actor): SignedPlan | null {
  const request = readCurl(words);
  const url = request === null ? null : readPresignedUrl(request.url);
  return request === null || url === null ? null : read(url, request.file, signerOf(world, url, seat));
}

/** Whom the URL speaks for. A secret that it was not signed with proves nobody. */
function signerOf(world: World, url: PresignedUrl, seat: Actor): Actor {
  const { accessKey, token, signed, seconds } = url;
  const known = findActor(world, accessKey);
  const holder = known?.kind === 'key' ? known : null;
  const secret = holder !== null && isSignedWith(url, holder.secret) ? holder.secret : '';
  const presigned = { signed, expires: signed + seconds * 1000 };
  return seated({ kind: 'key', account: holder?.account ?? '', accessKey, secret, token, presigned }, seat);
}

function* read({ bucket, key }: PresignedUrl, file: string | null, actor: Actor): SignedPlan {
  const problem = file === null ? null : writeProblem(fileName(file));
  if (problem !== null) return { output: problem, exit: HTTP_ERROR };
  const input = { Bucket: bucket, Key: key };
  const answer = yield* sent({ actor, request: { operation: 's3:GetObject', input } });
  if (answer.kind !== 'done') return refused(answer);
  const { body } = takeBody(answer.output);
  return file === null
    ? { output: body, exit: 0 }
    : { output: '', exit: 0, written: { [fileName(file)]: body } };
}

/** What S3 sends instead of the object. */
function refused(answer: Exclude<Answer, { kind: 'done' }>): Ending {
  switch (answer.kind) {
    case 'unsupported':
      return { output: notSimulatedSentence(answer.refusal), exit: HTTP_ERROR };
    case 'not-sent':
      return { output: answer.message, exit: HTTP_ERROR };
    default: {
      const { code, message } = answer.error;
      const error = `<Error><Code>${xml(code)}</Code><Message>${xml(message)}</Message></Error>`;
      return { output: `<?xml version="1.0" encoding="UTF-8"?>\n${error}`, exit: HTTP_ERROR };
    }
  }
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
