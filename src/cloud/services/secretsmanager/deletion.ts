import { drop, put } from '../../change.ts';
import type { Effect } from '../../operation.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { findSecret, onSecret, SECRET_ID, secretNamed } from './secret.ts';

const DAY = 86_400_000;

const deleteSecret = define({
  id: 'secretsmanager:DeleteSecret',
  summary: 'delete a secret after a waiting period',
  input: {
    SecretId: SECRET_ID,
    RecoveryWindowInDays: { type: 'integer', help: '7 to 30 days; 30 unless given' },
    ForceDeleteWithoutRecovery: { type: 'boolean', help: 'delete it at once' },
  },
  needs: (input, caller, world) => [
    onSecret(world, caller, input.SecretId, 'DeleteSecret', {
      ...(input.RecoveryWindowInDays === undefined
        ? {}
        : { 'secretsmanager:RecoveryWindowInDays': input.RecoveryWindowInDays }),
      'secretsmanager:ForceDeleteWithoutRecovery': input.ForceDeleteWithoutRecovery ?? false,
    }),
  ],
  effect(input, caller, world): Effect {
    const { RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force } = input;
    const found = secretNamed(world, caller, input.SecretId);
    if ('error' in found) {
      return found;
    }
    if (force && days !== undefined) {
      return failed(
        'InvalidParameterException',
        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
      );
    }
    if (days !== undefined && (days < 7 || days > 30)) {
      return failed(
        'InvalidParameterException',
        'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
      );
    }
    const { secret, owner } = found;
    const deletion = force ? world.clock : world.clock + (days ?? 30) * DAY;
    const answer = { ARN: secret.arn, Name: secret.name, DeletionDate: isoTime(deletion) };
    return force
      ? done(drop(world, owner, 'secrets', secret.name), answer)
      : done(put(world, owner, 'secrets', secret.name, { ...secret, deletion }), answer);
  },
});

const restoreSecret = define({
  id: 'secretsmanager:RestoreSecret',
  summary: 'keep a secret that was to be deleted',
  input: { SecretId: SECRET_ID },
  needs: (input, caller, world) => [onSecret(world, caller, input.SecretId, 'RestoreSecret')],
  effect(input, caller, world) {
    const found = findSecret(world, caller, input.SecretId);
    if (found === null) {
      return failed('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    const { secret, owner } = found;
    return done(put(world, owner, 'secrets', secret.name, { ...secret, deletion: null }), {
      ARN: secret.arn,
      Name: secret.name,
    });
  },
});

/** Source: Secrets Manager User Guide, manage_delete-secret.html. */
export const deletionOperations = [deleteSecret, restoreSecret];
