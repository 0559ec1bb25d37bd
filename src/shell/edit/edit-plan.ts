import type { Actor } from '../../cloud/actor.ts';
import type { Json } from '../../cloud/operation.ts';
import { own } from '../../cloud/own.ts';
import { failure } from '../aws/request.ts';
import { type Signing, signingFor } from '../credential-chain.ts';
import { readFile } from '../files.ts';
import { type Plan, say } from '../plan.ts';
import type { Moment } from '../session.ts';
import { findPolicy } from './find-policy.ts';
import type { Around } from './places.ts';
import type { OpenedPolicy, PolicyTarget } from './policy-target.ts';

/**
 * `edit <policy>`: reads a policy of the world, as whoever edits may or may not. Null for a word that names none:
 * a file of the workspace comes first, and what is called like no policy is the name of a new file.
 */
export function editPlan(words: readonly string[], moment: Moment, actor: Actor): Plan | null {
  const [word, more] = words;
  const around = aroundOf(moment, actor);
  if (word === undefined || more !== undefined || around === null) return null;
  if (readFile(moment.files, word) !== undefined) return null;
  const found = findPolicy(word, around);
  switch (found.kind) {
    case 'nothing':
      return null;
    case 'problem':
      return say(found.message, 1);
    case 'policy':
      return readPolicy(found.target);
  }
}

/** The account whose names somebody uses: that of the credentials which sign their requests. Null when there is none. */
export function aroundOf(moment: Moment, actor: Actor): Around | null {
  const id = accountOf(signingFor(moment, actor, null)) ?? actor.account;
  const { accounts } = moment.world;
  const account = own(accounts, id) ?? own(accounts, actor.account);
  return account === undefined ? null : { world: moment.world, account };
}

function accountOf(signing: Signing): string | undefined {
  switch (signing.kind) {
    case 'credentials':
      return signing.actor.account;
    case 'role':
      return String(signing.input.RoleArn).split(':')[4];
    case 'problem':
      return undefined;
  }
}

function* readPolicy({ name, kinds, reads, document, none, saving }: PolicyTarget): Plan {
  let answered: Json = null;
  for (const read of reads) {
    const request = read(answered);
    const answer = yield request;
    if (answer.kind === 'failed' && answer.error.code === none) break;
    if (answer.kind !== 'done') return failure(request.operation, answer);
    answered = answer.output;
  }
  const policy: OpenedPolicy = { name, kinds, content: textOf(document(answered)), saving };
  return { output: '', exit: 0, policy };
}

const EMPTY = { Version: '2012-10-17', Statement: [] };

/** A document laid out; where there is none, one to begin with. */
function textOf(document: Json): string {
  const value: unknown = typeof document === 'string' && document !== '' ? JSON.parse(document) : document;
  return `${JSON.stringify(value || EMPTY, null, 2)}\n`;
}
