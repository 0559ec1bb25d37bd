import { put } from '../../change.ts';
import { readDocument } from '../../documents.ts';
import { define, done, failed } from '../define.ts';
import { keyManaged, onKey } from './find-key.ts';
import { KEY_POLICY, locksOut } from './key-policy.ts';
import { BYPASS, KEY_ID, lockedOut } from './keys.ts';

const POLICY_NAME = { type: 'string', help: 'default: a key has one policy' } as const;

function isDefault(name: string | undefined): boolean {
  return name === undefined || name === 'default';
}

const getKeyPolicy = define({
  id: 'kms:GetKeyPolicy',
  summary: 'show the policy of a key',
  input: { KeyId: KEY_ID, PolicyName: POLICY_NAME },
  needs: (input, caller, world) => [onKey(world, caller, input.KeyId, 'GetKeyPolicy')],
  effect(input, caller, world) {
    const found = keyManaged(world, caller, input.KeyId);
    if ('error' in found) {
      return found;
    }
    return isDefault(input.PolicyName)
      ? done(world, { Policy: JSON.stringify(found.key.policy, null, 2), PolicyName: 'default' })
      : failed('NotFoundException', 'No such policy exists');
  },
});

const putKeyPolicy = define({
  id: 'kms:PutKeyPolicy',
  summary: 'set the policy of a key',
  input: {
    KeyId: KEY_ID,
    PolicyName: POLICY_NAME,
    Policy: { type: 'document', required: true, help: 'the key policy: who may use and manage the key' },
    BypassPolicyLockoutSafetyCheck: BYPASS,
  },
  needs: (input, caller, world) => [
    onKey(world, caller, input.KeyId, 'PutKeyPolicy', {
      'kms:BypassPolicyLockoutSafetyCheck': input.BypassPolicyLockoutSafetyCheck ?? false,
    }),
  ],
  effect(input, caller, world) {
    const found = keyManaged(world, caller, input.KeyId);
    if ('error' in found) {
      return found;
    }
    if (!isDefault(input.PolicyName)) {
      return failed('NotFoundException', 'No such policy exists');
    }
    const read = readDocument(world, input.Policy, KEY_POLICY);
    if ('error' in read) {
      return read;
    }
    const { key, account } = found;
    return input.BypassPolicyLockoutSafetyCheck !== true && locksOut(world, caller, key.arn, read.document)
      ? lockedOut()
      : done(put(world, account, 'kmsKeys', key.id, { ...key, policy: read.document }));
  },
});

/** Source: KMS Developer Guide, key-policies.html. */
export const keyPolicyOperations = [getKeyPolicy, putKeyPolicy];
