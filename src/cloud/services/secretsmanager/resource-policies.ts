import { put } from '../../change.ts';
import { readDocument } from '../../documents.ts';
import { define, done, failed } from '../define.ts';
import { isPublic } from '../s3/is-public.ts';
import { onSecret, SECRET_ID, SECRET_POLICY, secretNamed } from './secret.ts';

const getResourcePolicy = define({
  id: 'secretsmanager:GetResourcePolicy',
  summary: 'show the policy of a secret',
  input: { SecretId: SECRET_ID },
  needs: (input, caller, world) => [onSecret(world, caller, input.SecretId, 'GetResourcePolicy')],
  effect(input, caller, world) {
    const found = secretNamed(world, caller, input.SecretId);
    if ('error' in found) {
      return found;
    }
    const { arn, name, policy } = found.secret;
    return done(world, {
      ARN: arn,
      Name: name,
      ...(policy === null ? {} : { ResourcePolicy: JSON.stringify(policy) }),
    });
  },
});

const putResourcePolicy = define({
  id: 'secretsmanager:PutResourcePolicy',
  summary: 'set the policy of a secret',
  input: {
    SecretId: SECRET_ID,
    ResourcePolicy: { type: 'document', required: true, help: 'who may do what with the secret' },
    BlockPublicPolicy: { type: 'boolean', help: 'refuse a policy that lets everybody in' },
  },
  needs: (input, caller, world) => [
    onSecret(world, caller, input.SecretId, 'PutResourcePolicy', {
      ...(input.BlockPublicPolicy === undefined
        ? {}
        : { 'secretsmanager:BlockPublicPolicy': input.BlockPublicPolicy }),
    }),
  ],
  effect(input, caller, world) {
    const found = secretNamed(world, caller, input.SecretId);
    if ('error' in found) {
      return found;
    }
    const read = readDocument(world, input.ResourcePolicy, SECRET_POLICY);
    if ('error' in read) {
      return read;
    }
    const { secret, owner } = found;
    return input.BlockPublicPolicy === true && isPublic(read.document)
      ? failed(
          'PublicPolicyException',
          'The BlockPublicPolicy parameter is set to true, and the resource policy did not prevent broad access to the secret.',
        )
      : done(put(world, owner, 'secrets', secret.name, { ...secret, policy: read.document }), {
          ARN: secret.arn,
          Name: secret.name,
        });
  },
});

const deleteResourcePolicy = define({
  id: 'secretsmanager:DeleteResourcePolicy',
  summary: 'remove the policy of a secret',
  input: { SecretId: SECRET_ID },
  needs: (input, caller, world) => [onSecret(world, caller, input.SecretId, 'DeleteResourcePolicy')],
  effect(input, caller, world) {
    const found = secretNamed(world, caller, input.SecretId);
    if ('error' in found) {
      return found;
    }
    const { secret, owner } = found;
    return done(put(world, owner, 'secrets', secret.name, { ...secret, policy: null }), {
      ARN: secret.arn,
      Name: secret.name,
    });
  },
});

/** Source: Secrets Manager User Guide, auth-and-access_resource-policies.html. */
export const resourcePolicyOperations = [getResourcePolicy, putResourcePolicy, deleteResourcePolicy];
