import type { Caller } from '../../caller.ts';
import type { PermissionNeeded } from '../../operation.ts';
import { permission } from './entities.ts';

/**
 * `iam:PassRole`: not an API, only the permission to hand a role to a service. It is checked beside the operation
 * that hands it over, and leaves no event of its own.
 * Source: IAM User Guide, id_roles_use_passrole.html.
 */
export function passRole(
  caller: Caller,
  role: string,
  receiver: string,
  service = 'ec2.amazonaws.com',
): PermissionNeeded {
  return permission('PassRole', caller, role, {
    'iam:PassedToService': service,
    'iam:AssociatedResourceArn': receiver,
  });
}
