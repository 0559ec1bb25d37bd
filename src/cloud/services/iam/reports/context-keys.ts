import type { PolicyDocument } from '../../../../iam/request.ts';
import { readDocument } from '../../../documents.ts';
import { define, done, failed, homeOf } from '../../define.ts';
import { permission } from '../entities.ts';
import { identityPolicies, policySource } from './simulation-source.ts';

/** Condition keys that documents ask for, in conditions and variables, each once as it is first spelled. */
function contextKeys(documents: readonly PolicyDocument[]): readonly string[] {
  const keys = documents.flatMap((document) => keysIn(document, null));
  return keys.filter(
    (key, index) => keys.findIndex((each) => each.toLowerCase() === key.toLowerCase()) === index,
  );
}

function keysIn(value: unknown, within: 'conditions' | 'operator' | null): readonly string[] {
  if (typeof value === 'string') {
    return [...value.matchAll(/\$\{([\w-]+:[^},]+)(?:,[^}]*)?\}/g)].map(([, key = '']) => key.trim());
  }
  if (Array.isArray(value)) {
    return value.flatMap((each) => keysIn(each, within));
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, each]) => {
    if (within === 'operator') {
      return [name, ...keysIn(each, null)];
    }
    return keysIn(each, within === 'conditions' ? 'operator' : name === 'Condition' ? 'conditions' : null);
  });
}

const getContextKeysForPrincipalPolicy = define({
  id: 'iam:GetContextKeysForPrincipalPolicy',
  summary: 'list the condition keys that the policies of a user, group or role look at',
  input: { PolicySourceArn: { type: 'string', required: true, help: 'ARN of the user, group or role' } },
  needs: (input, caller) => [
    permission(
      'GetContextKeysForPrincipalPolicy',
      caller,
      /^arn:aws:iam::\d{12}:(user|group|role)\/./.test(input.PolicySourceArn) ? input.PolicySourceArn : '*',
    ),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = policySource(world, home, input.PolicySourceArn);
    return 'error' in found
      ? found
      : done(world, {
          ContextKeyNames: contextKeys(
            identityPolicies(world, home, found.source).map(({ policy }) => policy.document),
          ),
        });
  },
});

const getContextKeysForCustomPolicy = define({
  id: 'iam:GetContextKeysForCustomPolicy',
  summary: 'list the condition keys that policies look at',
  input: { PolicyInputList: { type: 'strings', required: true, help: 'policies as JSON' } },
  needs: (_, caller) => [permission('GetContextKeysForCustomPolicy', caller, '*')],
  effect(input, _, world) {
    const documents: PolicyDocument[] = [];
    for (const [i, text] of input.PolicyInputList.entries()) {
      const read = readDocument(world, text, { kind: 'identity' });
      if ('error' in read) {
        return failed('InvalidInput', `Invalid Input PolicyInputList.${i + 1}: ${read.error.message}`);
      }
      documents.push(read.document);
    }
    return done(world, { ContextKeyNames: contextKeys(documents) });
  },
});

export const contextKeyOperations = [getContextKeysForPrincipalPolicy, getContextKeysForCustomPolicy];
