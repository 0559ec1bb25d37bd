import { isKey, serviceFacts } from '../../iam/validate/service-data.ts';
import { own } from '../own.ts';
import { serviceDataHere } from '../service-data.ts';

/** Keys that begin with `aws:` and still come with some actions only. */
const OF_SOME_ACTIONS = /^aws:(requesttag\/|tagkeys$)/i;

const known = new Map<string, boolean>();

/**
 * Whether requests for an action can have a condition key at all, as AWS publishes it: `iam:PassedToService` is in
 * those for `iam:PassRole` alone. True where nothing is published, as for the claims of a token.
 * Source: Service Authorization Reference.
 */
export function isSettable(key: string, action: string): boolean {
  const both = `${action} ${key}`;
  const answer = known.get(both) ?? lookUp(key, action);
  known.set(both, answer);
  return answer;
}

function lookUp(key: string, action: string): boolean {
  const prefix = key.slice(0, key.indexOf(':')).toLowerCase();
  if (prefix === 'aws' && !OF_SOME_ACTIONS.test(key)) {
    return true;
  }
  const data = serviceDataHere();
  const [service = '', name = ''] = action.split(':');
  if (prefix !== 'aws' && prefix !== service) {
    return serviceFacts(data, prefix) === null;
  }
  const facts = serviceFacts(data, service);
  const published = facts && own(facts.actions, name);
  return !published || published.keys.some((at) => isKeyAt(facts.keys[at], key));
}

function isKeyAt(facts: Parameters<typeof isKey>[0] | undefined, key: string): boolean {
  return facts !== undefined && isKey(facts, key);
}
