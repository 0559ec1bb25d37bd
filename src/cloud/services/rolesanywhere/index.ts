import { JSON_WORDING } from '../json-wording.ts';
import type { Service } from '../service.ts';
import { sessionOperations } from './create-session.ts';
import { profileOperations } from './profiles.ts';
import { NO_ROLES_ANYWHERE_RECORDS, type RolesAnywhereRecords } from './records.ts';
import { type RolesAnywhereSpec, readRolesAnywhere } from './spec.ts';
import { trustAnchorOperations } from './trust-anchors.ts';

/** AWS Identity and Access Management Roles Anywhere: sessions for servers with certificates. */
export const rolesAnywhere: Service<RolesAnywhereRecords, RolesAnywhereSpec> = {
  name: 'rolesanywhere',
  operations: [...trustAnchorOperations, ...profileOperations, ...sessionOperations],
  inAccount: NO_ROLES_ANYWHERE_RECORDS,
  inWorld: {},
  readAccount: readRolesAnywhere,
  wording: JSON_WORDING,
};
