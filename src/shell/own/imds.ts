import { instanceOf } from '../../cloud/credentials.ts';
import { type MetadataRequest, metadataAnswer } from '../../cloud/services/ec2/metadata-service.ts';
import type { Instance } from '../../cloud/world.ts';
import { nearest } from '../nearest.ts';
import { type OwnCommand, saying } from './result.ts';

/** Exit codes of `curl`: for an answer that is an error, and for no answer at all. */
const HTTP_ERROR = 22;
const NO_ANSWER = 28;

const TOKEN_PATH = '/latest/api/token';

const STATUS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
};

/** `imds GET /latest/meta-data/`: what `curl http://169.254.169.254/…` shows on an instance. */
export const imds: OwnCommand = {
  usage: 'imds [GET|PUT] <path> [--ttl <seconds>] [--token <token>] [--hops <n>] [--forwarded]',
  summary: 'Ask the metadata service of the instance you sit on, as curl would',
  run({ session, actor, words }) {
    const read = readRequest(words);
    if (typeof read === 'string') return saying(session, read, 2);
    const { world } = session.now;
    const instance = actor.kind === 'instance' ? instanceOf(world, actor) : undefined;
    if (instance === undefined) {
      return saying(
        session,
        'Nobody answers at 169.254.169.254: it is there on EC2 instances only, and you sit elsewhere.',
        NO_ANSWER,
      );
    }
    if (instance.state === 'stopped') {
      return saying(
        session,
        `${instance.name} is stopped: nothing runs on it, and nobody can ask.`,
        NO_ANSWER,
      );
    }
    const answer = metadataAnswer(world, instance, read);
    if (answer.status === 200) return saying(session, answer.body);
    if (answer.status === 404 && !SIMULATED.test(read.path)) {
      return saying(
        session,
        `${read.path} is not simulated here. There is: /latest/meta-data/ with instance-id and iam/, /latest/dynamic/instance-identity/document, and /latest/api/token.`,
        HTTP_ERROR,
      );
    }
    const advice = adviceFor(answer.status, read, instance);
    return answer.status === null
      ? saying(session, `No answer.${advice}`, NO_ANSWER)
      : saying(session, `HTTP ${answer.status} ${STATUS[answer.status]}${advice}`, HTTP_ERROR);
  },
};

/** Where what is not there would not be there in AWS either, such as the role of an instance without one. */
const SIMULATED = /^\/latest\/(?:api\/|meta-data\/iam(?:\/|$))/;

const OPTIONS = ['--ttl', '--token', '--hops', '--forwarded'];

/** A request; or a sentence about what cannot be read. */
function readRequest(words: readonly string[]): MetadataRequest | string {
  const given = new Map<string, string>();
  const plain: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) {
      plain.push(word);
    } else if (!OPTIONS.includes(word)) {
      const near = nearest(word, OPTIONS);
      const meant = near.length === 0 ? '' : ` Maybe you meant: ${near.join(', ')}`;
      return `imds does not know ${word}.${meant}`;
    } else {
      const value = word === '--forwarded' ? '' : words[++at];
      if (value === undefined) return `${word} takes a value.`;
      given.set(word, value);
    }
  }
  const method = ['GET', 'PUT'].includes(plain[0]?.toUpperCase() ?? '')
    ? plain.shift()?.toUpperCase()
    : 'GET';
  const [path, more] = plain;
  if (path === undefined || more !== undefined) {
    return "Which path? For example 'imds GET /latest/meta-data/', or for a token 'imds PUT /latest/api/token --ttl 21600'.";
  }
  const hops = given.get('--hops') ?? '1';
  if (!/^[1-9]\d?$/.test(hops))
    return '--hops takes a number: 1 on the instance itself, 2 in a container on it.';
  return {
    method: method === 'PUT' ? 'PUT' : 'GET',
    path: path.replace(/^(?:https?:\/\/169\.254\.169\.254)?\/?/, '/'),
    token: given.get('--token') ?? null,
    ttl: given.get('--ttl') ?? null,
    hops: Number(hops),
    forwarded: given.has('--forwarded'),
  };
}

/** What to do about an error, on a line of its own; empty when there is nothing to say. */
function adviceFor(status: number | null, request: MetadataRequest, { metadata }: Instance): string {
  switch (status) {
    case null:
      return `\nThe answer to a PUT travels ${metadata.hopLimit} hop${metadata.hopLimit === 1 ? '' : 's'} at most from this instance, and you are ${request.hops} away.`;
    case 400:
      return '\nA token is asked for with --ttl and 1 to 21600 seconds.';
    case 401:
      return request.token === null
        ? `\nThis instance wants a token: \`imds PUT ${TOKEN_PATH} --ttl 21600\`, then --token <token>.`
        : '\nThis token is not of this instance, or its time is over.';
    case 403:
      return metadata.endpoint === 'disabled'
        ? '\nThe metadata service of this instance is switched off.'
        : '\nA PUT that a proxy passed on gets no token.';
    default:
      return '';
  }
}
