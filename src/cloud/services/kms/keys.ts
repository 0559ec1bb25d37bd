import { generated, put } from '../../change.ts';
import { readDocument } from '../../documents.ts';
import { newSecret, newUuid } from '../../identifiers.ts';
import type { Effect, Json } from '../../operation.ts';
import type { World } from '../../world.ts';
import { breaksConstraint, define, done, failed, homeOf, isoTime } from '../define.ts';
import { requestTags } from '../tags.ts';
import {
  awsManagedKey,
  type FoundKey,
  isGone,
  keyArn,
  keyManaged,
  keyNamed,
  MANAGED_SERVICES,
  onKey,
} from './find-key.ts';
import { GRANT_TOKENS, grantTokenProblem } from './grant-tokens.ts';
import { defaultKeyPolicy, KEY_POLICY, locksOut } from './key-policy.ts';
import { type KeyEvent, stepKeyState } from './key-state.ts';
import type { KmsKey } from './records.ts';
import { isPendingDeletion, readKeyTags, TAGS, toTags } from './tags.ts';

export const KEY_ID = { type: 'string', required: true, help: 'id or ARN of the key' } as const;
export const BYPASS = {
  type: 'boolean',
  help: 'take a policy that would keep you from changing it again',
} as const;

const DAY = 86_400_000;

function described({ key, account }: FoundKey): Json {
  const { state } = key;
  return {
    AWSAccountId: account,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: isoTime(key.created),
    Enabled: state.name === 'Enabled',
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: state.name,
    ...(state.name === 'PendingDeletion' ? { DeletionDate: isoTime(state.deletion) } : {}),
    Origin: 'AWS_KMS',
    KeyManager: key.manager,
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
  };
}

const createKey = define({
  id: 'kms:CreateKey',
  summary: 'make a key; without a policy, the account decides who may use it',
  input: {
    Policy: { type: 'document', help: 'the key policy' },
    Description: { type: 'string', help: 'what it is for' },
    Tags: TAGS,
    BypassPolicyLockoutSafetyCheck: BYPASS,
  },
  needs: (input, caller) => {
    const context = requestTags(toTags(input.Tags));
    const on = { resource: '*', resourceAccount: caller.account };
    return [
      {
        ...on,
        action: 'kms:CreateKey',
        context: {
          ...context,
          'kms:KeySpec': 'SYMMETRIC_DEFAULT',
          'kms:KeyUsage': 'ENCRYPT_DECRYPT',
          'kms:KeyOrigin': 'AWS_KMS',
          'kms:MultiRegion': false,
          'kms:BypassPolicyLockoutSafetyCheck': input.BypassPolicyLockoutSafetyCheck ?? false,
        },
      },
      ...(input.Tags === undefined ? [] : [{ ...on, action: 'kms:TagResource', context }]),
    ];
  },
  effect(input, caller, world) {
    const [made, next] = generated(world, (generator) => ({
      id: newUuid(generator),
      material: newSecret(generator),
    }));
    const arn = keyArn(caller.account, made.id);
    const read =
      input.Policy === undefined
        ? { document: defaultKeyPolicy(caller.account) }
        : readDocument(world, input.Policy, KEY_POLICY);
    if ('error' in read) {
      return read;
    }
    const bypass = input.Policy === undefined || input.BypassPolicyLockoutSafetyCheck === true;
    if (!bypass && locksOut(world, caller, arn, read.document)) {
      return lockedOut();
    }
    const tags = readKeyTags(input.Tags);
    if ('error' in tags) {
      return tags;
    }
    const key: KmsKey = {
      ...made,
      arn,
      created: world.clock,
      description: input.Description ?? '',
      policy: read.document,
      state: { name: 'Enabled' },
      manager: 'CUSTOMER',
      tags: tags.tags,
    };
    return done(put(next, caller.account, 'kmsKeys', key.id, key), {
      KeyMetadata: described({ key, account: caller.account, alias: null }),
    });
  },
});

/** The lockout safety check failed. */
export function lockedOut(): Effect {
  return failed(
    'MalformedPolicyDocumentException',
    'The new key policy will not allow you to update the key policy in the future.',
    'Allow yourself, or the account, kms:PutKeyPolicy; or pass --bypass-policy-lockout-safety-check.',
  );
}

const describeKey = define({
  id: 'kms:DescribeKey',
  summary: 'show a key, without its policy',
  input: { KeyId: { ...KEY_ID, help: 'id, ARN or alias of the key' }, GrantTokens: GRANT_TOKENS },
  needs: (input, caller, world) => [onKey(world, caller, input.KeyId, 'DescribeKey')],
  effect(input, caller, world) {
    const found = grantTokenProblem(world, input.GrantTokens) ?? keyNamed(world, caller, input.KeyId);
    return 'error' in found ? found : done(world, { KeyMetadata: described(found) });
  },
});

const listKeys = define({
  id: 'kms:ListKeys',
  summary: "list the account's keys",
  input: {},
  needs: (_, caller) => [{ action: 'kms:ListKeys', resource: '*', resourceAccount: caller.account }],
  effect(_, caller, world) {
    const keys = [
      ...Object.values(homeOf(world, caller).kmsKeys).filter((key) => !isGone(key, world)),
      ...MANAGED_SERVICES.map((service) => awsManagedKey(caller.account, service)),
    ];
    return done(world, { Keys: keys.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })) });
  },
});

/** The world with a key one event further. */
function stepped(world: World, { key, account }: FoundKey, event: KeyEvent): World {
  return put(world, account, 'kmsKeys', key.id, { ...key, state: stepKeyState(key.state, event) });
}

/** The operations that switch a key on and off. */
function switching(api: 'EnableKey' | 'DisableKey', summary: string, type: 'key.enabled' | 'key.disabled') {
  return define({
    id: `kms:${api}`,
    summary,
    input: { KeyId: KEY_ID },
    needs: (input, caller, world) => [onKey(world, caller, input.KeyId, api)],
    effect(input, caller, world) {
      const found = keyManaged(world, caller, input.KeyId);
      if ('error' in found) {
        return found;
      }
      return isPendingDeletion(found.key) ?? done(stepped(world, found, { type }));
    },
  });
}

const scheduleKeyDeletion = define({
  id: 'kms:ScheduleKeyDeletion',
  summary: 'delete a key after a waiting period; what it encrypted is lost then',
  input: { KeyId: KEY_ID, PendingWindowInDays: { type: 'integer', help: '7 to 30 days; 30 unless given' } },
  needs: (input, caller, world) => [
    onKey(world, caller, input.KeyId, 'ScheduleKeyDeletion', {
      'kms:ScheduleKeyDeletionPendingWindowInDays': input.PendingWindowInDays ?? 30,
    }),
  ],
  effect(input, caller, world) {
    const { PendingWindowInDays: days = 30 } = input;
    const found = keyManaged(world, caller, input.KeyId);
    if ('error' in found) {
      return found;
    }
    if (days < 7 || days > 30) {
      const rule = days < 7 ? 'greater than or equal to 7' : 'less than or equal to 30';
      return breaksConstraint('ValidationException', 'pendingWindowInDays', days, `have value ${rule}`);
    }
    const pending = isPendingDeletion(found.key);
    if (pending !== null) {
      return pending;
    }
    const deletion = world.clock + days * DAY;
    return done(stepped(world, found, { type: 'deletion.scheduled', deletion }), {
      KeyId: found.key.arn,
      DeletionDate: isoTime(deletion),
      KeyState: 'PendingDeletion',
      PendingWindowInDays: days,
    });
  },
});

const cancelKeyDeletion = define({
  id: 'kms:CancelKeyDeletion',
  summary: 'keep a key that was to be deleted; it is disabled then',
  input: { KeyId: KEY_ID },
  needs: (input, caller, world) => [onKey(world, caller, input.KeyId, 'CancelKeyDeletion')],
  effect(input, caller, world) {
    const found = keyManaged(world, caller, input.KeyId);
    if ('error' in found) {
      return found;
    }
    return found.key.state.name === 'PendingDeletion'
      ? done(stepped(world, found, { type: 'deletion.cancelled' }), { KeyId: found.key.arn })
      : failed('KMSInvalidStateException', `${found.key.arn} is not pending deletion.`);
  },
});

/** Source: KMS API Reference; which state allows what: KMS Developer Guide, key-state.html. */
export const keyOperations = [
  createKey,
  describeKey,
  listKeys,
  switching('EnableKey', 'let a disabled key be used again', 'key.enabled'),
  switching('DisableKey', 'keep a key from being used', 'key.disabled'),
  scheduleKeyDeletion,
  cancelKeyDeletion,
];
