import type { Caller } from '../../caller.ts';
import { generated, put } from '../../change.ts';
import { newSuffix, newUuid } from '../../identifiers.ts';
import type { ApiError, Json, PermissionNeeded } from '../../operation.ts';
import { listed } from '../../own.ts';
import type { World } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { keyInUseProblem } from '../kms/cryptography.ts';
import { awsManagedKey, findKey } from '../kms/find-key.ts';
import { requestTags, TAGS, tagList, withTags } from '../tags.ts';
import type { Secret } from './records.ts';
import { findSecret, onSecret, onSecretKey, SECRET_ID, secretArn, secretNamed } from './secret.ts';

const TEXT = { type: 'string', help: 'the secret itself' } as const;

/** ARN of the key that a request names; the text itself when there is no such key. */
function keyGiven(world: World, caller: Caller, key: string | undefined): string | null {
  return key === undefined ? null : (findKey(world, caller, key)?.key.arn ?? key);
}

/** What is against the use of a secret's key, in the words of Secrets Manager; null when it can be used. */
function keyProblem(
  world: World,
  caller: Caller,
  key: string | null,
  failure: string,
): { readonly error: ApiError } | null {
  const problem = key === null ? null : keyInUseProblem(world, caller, key);
  return problem === null ? null : failed(failure, problem.error.message);
}

const createSecret = define({
  id: 'secretsmanager:CreateSecret',
  summary: 'keep a text as a secret',
  input: {
    Name: { type: 'string', required: true, help: 'name of the secret; slashes are fine' },
    SecretString: TEXT,
    Description: { type: 'string', help: 'what it is for' },
    KmsKeyId: { type: 'string', help: 'id, ARN or alias of a KMS key; AWS manages one unless given' },
    Tags: TAGS,
  },
  needs: (input, caller, world) => {
    const key = keyGiven(world, caller, input.KmsKeyId);
    const arn = secretArn(caller.account, input.Name);
    const on = { resource: arn, resourceAccount: caller.account };
    const context = {
      'secretsmanager:Name': input.Name,
      ...(key === null ? {} : { 'secretsmanager:KmsKeyArn': key }),
      ...(input.Description === undefined ? {} : { 'secretsmanager:Description': input.Description }),
      ...requestTags(input.Tags),
    };
    return [
      { ...on, action: 'secretsmanager:CreateSecret', context },
      ...(input.Tags === undefined ? [] : [{ ...on, action: 'secretsmanager:TagResource', context }]),
      ...onSecretKey(world, caller, key, caller.account, arn, ['GenerateDataKey', 'Decrypt']),
    ];
  },
  effect(input, caller, world) {
    const { Name: name } = input;
    if (!/^[\w/+=.@-]{1,512}$/.test(name)) {
      return failed(
        'ValidationException',
        'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
      );
    }
    const present = findSecret(world, { account: caller.account }, name);
    if (present !== null) {
      return present.secret.deletion === null
        ? failed('ResourceExistsException', `The operation failed because the secret ${name} already exists.`)
        : failed(
            'InvalidRequestException',
            "You can't create this secret because a secret with this name is already scheduled for deletion.",
          );
    }
    const key = keyGiven(world, caller, input.KmsKeyId);
    const problem = keyProblem(world, caller, key, 'EncryptionFailure');
    if (problem !== null) {
      return problem;
    }
    const [made, next] = generated(world, (generator) => ({
      suffix: newSuffix(generator),
      version: newUuid(generator),
    }));
    const text = input.SecretString;
    const secret: Secret = {
      name,
      arn: secretArn(caller.account, name, made.suffix),
      description: input.Description ?? '',
      created: world.clock,
      changed: world.clock,
      key,
      versions: text === undefined ? [] : [{ id: made.version, text, created: world.clock }],
      policy: null,
      deletion: null,
      tags: withTags(input.Tags),
    };
    return done(put(next, caller.account, 'secrets', name, secret), {
      ARN: secret.arn,
      Name: name,
      ...(text === undefined ? {} : { VersionId: made.version }),
    });
  },
});

const getSecretValue = define({
  id: 'secretsmanager:GetSecretValue',
  summary: 'read a secret',
  input: { SecretId: SECRET_ID, VersionStage: { type: 'string', help: 'AWSCURRENT or AWSPREVIOUS' } },
  needs: (input, caller, world) => {
    const found = findSecret(world, caller, input.SecretId);
    return [
      onSecret(world, caller, input.SecretId, 'GetSecretValue', {
        'secretsmanager:VersionStage': input.VersionStage ?? 'AWSCURRENT',
      }),
      ...(found === null
        ? []
        : onSecretKey(world, caller, found.secret.key, found.owner, found.secret.arn, ['Decrypt'])),
    ];
  },
  effect(input, caller, world) {
    const found = secretNamed(world, caller, input.SecretId);
    if ('error' in found) {
      return found;
    }
    const { secret } = found;
    const stage = input.VersionStage ?? 'AWSCURRENT';
    const version = secret.versions[STAGES.indexOf(stage)];
    if (version === undefined) {
      return failed(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
      );
    }
    return (
      keyProblem(world, caller, secret.key, 'DecryptionFailure') ??
      done(world, {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        SecretString: version.text,
        VersionStages: [stage],
        CreatedDate: isoTime(version.created),
      })
    );
  },
});

/** What another text takes of the key that the secret is encrypted with. */
function writing(world: World, caller: Caller, id: string): readonly PermissionNeeded[] {
  const found = findSecret(world, caller, id);
  if (found === null) {
    return [];
  }
  const { secret, owner } = found;
  return onSecretKey(world, caller, secret.key, owner, secret.arn, ['GenerateDataKey', 'Decrypt']);
}

const STAGES: readonly string[] = ['AWSCURRENT', 'AWSPREVIOUS'];

const putSecretValue = define({
  id: 'secretsmanager:PutSecretValue',
  summary: 'give a secret another text; the one before stays as AWSPREVIOUS',
  input: { SecretId: SECRET_ID, SecretString: { ...TEXT, required: true } },
  needs: (input, caller, world) => [
    onSecret(world, caller, input.SecretId, 'PutSecretValue'),
    ...writing(world, caller, input.SecretId),
  ],
  effect(input, caller, world) {
    const found = secretNamed(world, caller, input.SecretId);
    if ('error' in found) {
      return found;
    }
    const { secret, owner } = found;
    const problem = keyProblem(world, caller, secret.key, 'EncryptionFailure');
    if (problem !== null) {
      return problem;
    }
    const [changed, next] = withText(world, secret, input.SecretString);
    return done(put(next, owner, 'secrets', secret.name, changed), {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: changed.versions[0]?.id ?? '',
      VersionStages: ['AWSCURRENT'],
    });
  },
});

/** A secret with another text; the one before stays as AWSPREVIOUS. */
function withText(world: World, secret: Secret, text: string): readonly [Secret, World] {
  const [id, next] = generated(world, newUuid);
  const versions = [{ id, text, created: world.clock }, ...secret.versions].slice(0, STAGES.length);
  return [{ ...secret, versions, changed: world.clock }, next];
}

const updateSecret = define({
  id: 'secretsmanager:UpdateSecret',
  summary: 'change the description of a secret, or give it another text',
  input: {
    SecretId: SECRET_ID,
    Description: { type: 'string', help: 'what it is for' },
    SecretString: TEXT,
  },
  needs: (input, caller, world) => [
    onSecret(world, caller, input.SecretId, 'UpdateSecret'),
    ...(input.SecretString === undefined ? [] : writing(world, caller, input.SecretId)),
  ],
  effect(input, caller, world) {
    const found = secretNamed(world, caller, input.SecretId);
    if ('error' in found) {
      return found;
    }
    const { owner } = found;
    const { Description: description = found.secret.description, SecretString: text } = input;
    const secret = { ...found.secret, description, changed: world.clock };
    const problem = text === undefined ? null : keyProblem(world, caller, secret.key, 'EncryptionFailure');
    if (problem !== null) {
      return problem;
    }
    const [changed, next] = text === undefined ? [secret, world] : withText(world, secret, text);
    return done(put(next, owner, 'secrets', secret.name, changed), {
      ARN: secret.arn,
      Name: secret.name,
      ...(text === undefined ? {} : { VersionId: changed.versions[0]?.id ?? '' }),
    });
  },
});

function described({ arn, name, ...secret }: Secret): { readonly [key: string]: Json } {
  const owner = arn.split(':')[4] ?? '';
  return {
    ARN: arn,
    Name: name,
    ...(secret.description === '' ? {} : { Description: secret.description }),
    KmsKeyId: secret.key ?? awsManagedKey(owner, 'secretsmanager').arn,
    LastChangedDate: isoTime(secret.changed),
    ...(secret.deletion === null ? {} : { DeletedDate: isoTime(secret.deletion) }),
    Tags: tagList(secret.tags),
    CreatedDate: isoTime(secret.created),
  };
}

const describeSecret = define({
  id: 'secretsmanager:DescribeSecret',
  summary: 'show a secret without its text',
  input: { SecretId: SECRET_ID },
  needs: (input, caller, world) => [onSecret(world, caller, input.SecretId, 'DescribeSecret')],
  effect(input, caller, world) {
    const found = findSecret(world, caller, input.SecretId);
    return found === null
      ? failed('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
      : done(world, {
          ...described(found.secret),
          VersionIdsToStages: Object.fromEntries(
            found.secret.versions.map(({ id }, index) => [id, [STAGES[index] ?? '']]),
          ),
        });
  },
});

const listSecrets = define({
  id: 'secretsmanager:ListSecrets',
  summary: "list the account's secrets without their texts",
  input: {},
  needs: (_, caller) => [
    { action: 'secretsmanager:ListSecrets', resource: '*', resourceAccount: caller.account },
  ],
  effect: (_, caller, world) =>
    done(world, {
      SecretList: listed(homeOf(world, caller).secrets)
        .filter(({ deletion }) => deletion === null)
        .map(described),
    }),
});

/** Source: Secrets Manager API Reference. */
export const secretOperations = [
  createSecret,
  getSecretValue,
  putSecretValue,
  updateSecret,
  describeSecret,
  listSecrets,
];
