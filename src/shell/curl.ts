import type { Actor } from '../cloud/actor.ts';
import { findActor } from '../cloud/index.ts';
import type { World } from '../cloud/world.ts';
import { takeBody } from './aws/request.ts';
import { type Files, fileName, readFile, writeProblem } from './files.ts';
import type { Ending } from './plan.ts';
import { sent } from './question.ts';
import { errorAnswer, headersOf, listXml } from './s3/http-answer.ts';
import { addressed, isSignedWith, type PresignedUrl, readPresignedUrl } from './s3/presigned-url.ts';
import type { Moment } from './session.ts';
import { anonymous, type SignedPlan, seated } from './signed-plan.ts';

/** Exit code of `curl` for an answer that is an error. */
const HTTP_ERROR = 22;
/** … for a file that it cannot read. */
const NO_FILE = 26;

/** What the words after `curl` ask for. */
interface CurlRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly url: string;
  /** Where the answer goes; null for standard output. */
  readonly file: string | null;
  /** The file that is sent; null for none. */
  readonly upload: string | null;
}

/** Options of `curl` that change nothing here: how much it says, and redirects, of which there are none. */
const NO_MATTER = /^(-[sSfLk]+|--silent|--show-error|--fail|--location|--insecure)$/;

/** An option of `curl` that is not obeyed here; undefined when there is none. */
export function foreignOption(words: readonly string[]): string | undefined {
  return words.find((word) => /^-./.test(word) && !NO_MATTER.test(word) && !OBEYED.includes(word));
}

const OBEYED: readonly string[] = [
  ...['-I', '--head', '-O', '--remote-name', '-X', '--request', '-o', '--output', '-T', '--upload-file'],
];

/** Reads the words after `curl`; null where they are not of this kind. */
export function readCurl(words: readonly string[]): CurlRequest | null {
  const urls: string[] = [];
  let method: string | null = null;
  let file: string | null = null;
  let upload: string | null = null;
  let ownName = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (NO_MATTER.test(word)) continue;
    if (word === '-I' || word === '--head') method = 'HEAD';
    else if (word === '-O' || word === '--remote-name') ownName = true;
    else if (word === '-X' || word === '--request') method = words[++at] ?? '';
    else if (word === '-o' || word === '--output') file = words[++at] ?? '';
    else if (word === '-T' || word === '--upload-file') upload = words[++at] ?? '';
    else urls.push(word);
  }
  const [url, more] = urls;
  method ??= upload === null ? 'GET' : 'PUT';
  if (url === undefined || more !== undefined || url.startsWith('-')) return null;
  if (method !== 'GET' && method !== 'HEAD' && method !== 'PUT' && method !== 'DELETE') return null;
  if ((method === 'PUT') !== (upload !== null)) return null;
  if (ownName) file ??= /([^/?#]*)(?:[?#].*)?$/.exec(url)?.[1] ?? '';
  return { method, url, file, upload };
}

/**
 * `curl <URL of S3>`. Whoever has a presigned URL reads the object as its signer, whose permissions are looked at now;
 * a URL that is not signed is asked for as anybody. Null for words that are no such request.
 * Source: S3 User Guide, using-presigned-url.html; S3 API Reference, RESTAuthentication.html.
 */
export function curlPlan(words: readonly string[], { world, files }: Moment, seat: Actor): SignedPlan | null {
  const request = readCurl(words);
  if (request === null) return null;
  const signed = request.method === 'GET' ? readPresignedUrl(request.url) : null;
  if (signed !== null) return read(signed, request.file, signerOf(world, signed, seat));
  const place = addressed(request.url);
  const changesBucket = place?.key === '' && (request.method === 'PUT' || request.method === 'DELETE');
  return place === null || changesBucket || unsignedProblem(request.url) !== null
    ? null
    : unsigned(request, place, files, anonymous(seat));
}

/** Why a URL of S3 that is not signed cannot be asked for here; null when it can. */
export function unsignedProblem(url: string): string | null {
  const place = addressed(url);
  const query = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '');
  const region = /s3[.-]([a-z]{2}-[a-z]+-\d)\.amazonaws\.com/.exec(url)?.[1];
  if (place === null) return 'That is no URL of S3.';
  if (region !== undefined && region !== 'us-east-1') {
    return `Everything here stands in us-east-1, and ${region} was asked for.`;
  }
  if (query.has('X-Amz-Signature')) return 'A presigned URL is opened with GET here: leave the method out.';
  const known = place.key === '' ? LIST_PARAMETERS : [];
  const foreign = [...query.keys()].find((name) => !known.includes(name));
  return foreign === undefined ? null : `Of what a URL of S3 can ask, ?${foreign} is not simulated here.`;
}

const LIST_PARAMETERS: readonly string[] = [
  ...['list-type', 'prefix', 'delimiter', 'max-keys', 'marker', 'start-after'],
];

/** Whom the URL speaks for. A secret that it was not signed with proves nobody. */
function signerOf(world: World, url: PresignedUrl, seat: Actor): Actor {
  const { accessKey, token, signed, seconds } = url;
  const known = findActor(world, accessKey);
  const holder = known?.kind === 'key' ? known : null;
  const secret = holder !== null && isSignedWith(url, holder.secret) ? holder.secret : '';
  const presigned = { signed, expires: signed + seconds * 1000 };
  return seated({ kind: 'key', account: holder?.account ?? '', accessKey, secret, token, presigned }, seat);
}

interface Place {
  readonly bucket: string;
  readonly key: string;
}

function* read({ bucket, key }: Place, file: string | null, actor: Actor): SignedPlan {
  const problem = file === null ? null : writeProblem(fileName(file));
  if (problem !== null) return { output: problem, exit: HTTP_ERROR };
  const input = { Bucket: bucket, Key: key };
  const answer = yield* sent({ actor, request: { operation: 's3:GetObject', input } });
  if (answer.kind !== 'done') return { output: errorAnswer(answer), exit: HTTP_ERROR };
  return given(takeBody(answer.output).body, file);
}

function given(text: string, file: string | null): Ending {
  return file === null
    ? { output: text, exit: 0 }
    : { output: '', exit: 0, written: { [fileName(file)]: text } };
}

function* unsigned(
  { method, url, file, upload }: CurlRequest,
  place: Place,
  files: Files,
  actor: Actor,
): SignedPlan {
  const { bucket, key } = place;
  if (method === 'GET' && key !== '') return yield* read(place, file, actor);
  if (method === 'GET') return yield* list(url, bucket, file, actor);
  const input = key === '' ? { Bucket: bucket } : { Bucket: bucket, Key: key };
  if (method === 'HEAD') {
    const operation = key === '' ? 's3:HeadBucket' : 's3:HeadObject';
    const answer = yield* sent({ actor, request: { operation, input } });
    return answer.kind === 'done'
      ? { output: headersOf(answer.output), exit: 0 }
      : { output: errorAnswer(answer), exit: HTTP_ERROR };
  }
  const body = upload === null ? undefined : readFile(files, upload);
  if (upload !== null && body === undefined) {
    return { output: `curl: Can't open '${upload}'!`, exit: NO_FILE };
  }
  const operation = method === 'DELETE' ? 's3:DeleteObject' : 's3:PutObject';
  const whole = body === undefined ? input : { ...input, Body: body };
  const answer = yield* sent({ actor, request: { operation, input: whole } });
  return answer.kind === 'done' ? { output: '', exit: 0 } : { output: errorAnswer(answer), exit: HTTP_ERROR };
}

function* list(url: string, bucket: string, file: string | null, actor: Actor): SignedPlan {
  const query = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '');
  const isNew = query.get('list-type') === '2';
  const text = (member: string, name: string) => (query.has(name) ? { [member]: query.get(name) ?? '' } : {});
  const most = query.get('max-keys') ?? '';
  const input = {
    Bucket: bucket,
    ...text('Prefix', 'prefix'),
    ...text('Delimiter', 'delimiter'),
    ...(/^\d{1,4}$/.test(most) ? { MaxKeys: Number(most) } : {}),
    ...(isNew ? text('StartAfter', 'start-after') : text('Marker', 'marker')),
  };
  const operation = isNew ? 's3:ListObjectsV2' : 's3:ListObjects';
  const answer = yield* sent({ actor, request: { operation, input } });
  return answer.kind === 'done'
    ? given(listXml(bucket, input, answer.output), file)
    : { output: errorAnswer(answer), exit: HTTP_ERROR };
}
