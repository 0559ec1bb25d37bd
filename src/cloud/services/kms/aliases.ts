import type { Caller } from '../../caller.ts';
import { drop, put } from '../../change.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { aliasArn, awsManagedKey, isGone, keyManaged, MANAGED_SERVICES, onKey } from './find-key.ts';
import { isPendingDeletion } from './tags.ts';

const ALIAS = { type: 'string', required: true, help: 'alias/ and a name, such as alias/payroll' } as const;
const TARGET = { type: 'string', required: true, help: 'id or ARN of the key' } as const;

function onAlias(caller: Caller, alias: string, action: string): PermissionNeeded {
  return {
    action: `kms:${action}`,
    resource: aliasArn(caller.account, alias.startsWith('alias/') ? alias : `alias/${alias}`),
    resourceAccount: caller.account,
  };
}

function aliasProblem(alias: string): { readonly error: ApiError } | null {
  return /^alias\/[a-zA-Z0-9/_-]{1,250}$/.test(alias) && !alias.startsWith('alias/aws/')
    ? null
    : failed(
        'InvalidAliasNameException',
        'The specified alias name is not valid.',
        'It begins with alias/, as in alias/payroll. Names that begin with alias/aws/ are for AWS.',
      );
}

function noSuchAlias(caller: Caller, alias: string): { readonly error: ApiError } {
  return failed('NotFoundException', `Alias ${aliasArn(caller.account, alias)} is not found.`);
}

/** A key of the caller's own account that may be given an alias, or KMS's error. */
function target(world: World, caller: Caller, text: string) {
  const found = keyManaged(world, caller, text);
  if ('error' in found) {
    return found;
  }
  return found.account === caller.account
    ? (isPendingDeletion(found.key) ?? found)
    : failed(
        'NotFoundException',
        `Key '${found.key.arn}' does not exist`,
        'An alias and its key are in one account.',
      );
}

const createAlias = define({
  id: 'kms:CreateAlias',
  summary: 'give a key a name',
  input: { AliasName: ALIAS, TargetKeyId: TARGET },
  needs: (input, caller, world) => [
    onAlias(caller, input.AliasName, 'CreateAlias'),
    onKey(world, caller, input.TargetKeyId, 'CreateAlias'),
  ],
  effect(input, caller, world) {
    const { AliasName: alias } = input;
    const problem = aliasProblem(alias);
    if (problem !== null) {
      return problem;
    }
    const found = target(world, caller, input.TargetKeyId);
    if ('error' in found) {
      return found;
    }
    return own(homeOf(world, caller).kmsAliases, alias) === undefined
      ? done(put(world, caller.account, 'kmsAliases', alias, found.key.id))
      : failed(
          'AlreadyExistsException',
          `An alias with the name ${aliasArn(caller.account, alias)} already exists`,
        );
  },
});

const updateAlias = define({
  id: 'kms:UpdateAlias',
  summary: 'let a name mean another key',
  input: { AliasName: ALIAS, TargetKeyId: TARGET },
  needs: (input, caller, world) => {
    const before = own(homeOf(world, caller).kmsAliases, input.AliasName);
    return [
      onAlias(caller, input.AliasName, 'UpdateAlias'),
      ...(before === undefined ? [] : [onKey(world, caller, before, 'UpdateAlias')]),
      onKey(world, caller, input.TargetKeyId, 'UpdateAlias'),
    ];
  },
  effect(input, caller, world) {
    const { AliasName: alias } = input;
    if (own(homeOf(world, caller).kmsAliases, alias) === undefined) {
      return noSuchAlias(caller, alias);
    }
    const found = target(world, caller, input.TargetKeyId);
    return 'error' in found ? found : done(put(world, caller.account, 'kmsAliases', alias, found.key.id));
  },
});

const deleteAlias = define({
  id: 'kms:DeleteAlias',
  summary: "take a key's name away; the key stays",
  input: { AliasName: ALIAS },
  needs: (input, caller, world) => {
    const key = own(homeOf(world, caller).kmsAliases, input.AliasName);
    return [
      onAlias(caller, input.AliasName, 'DeleteAlias'),
      ...(key === undefined ? [] : [onKey(world, caller, key, 'DeleteAlias')]),
    ];
  },
  effect: (input, caller, world) =>
    own(homeOf(world, caller).kmsAliases, input.AliasName) === undefined
      ? noSuchAlias(caller, input.AliasName)
      : done(drop(world, caller.account, 'kmsAliases', input.AliasName)),
});

const listAliases = define({
  id: 'kms:ListAliases',
  summary: "list the names of the account's keys",
  input: {},
  needs: (_, caller) => [{ action: 'kms:ListAliases', resource: '*', resourceAccount: caller.account }],
  effect(_, caller, world) {
    const home = homeOf(world, caller);
    const own = Object.entries(home.kmsAliases).filter(([, id]) => {
      const key = home.kmsKeys[id];
      return key !== undefined && !isGone(key, world);
    });
    const managed = MANAGED_SERVICES.map(
      (service) => [`alias/aws/${service}`, awsManagedKey(home.id, service).id] as const,
    );
    const all = [...own, ...managed].sort(([a], [b]) => (a < b ? -1 : 1));
    return done(world, {
      Aliases: all.map(([AliasName, TargetKeyId]) => ({
        AliasName,
        AliasArn: aliasArn(home.id, AliasName),
        TargetKeyId,
      })),
    });
  },
});

/**
 * An alias and its key are both asked for permission.
 * Source: KMS Developer Guide, alias-access.html.
 */
export const aliasOperations = [createAlias, updateAlias, deleteAlias, listAliases];
