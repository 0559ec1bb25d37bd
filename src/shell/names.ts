import type { Operation } from '../cloud/operation.ts';

/** The AWS CLI's name of an API name: `ListObjectsV2` is `list-objects-v2`, `MFADevice` is `mfa-device`. */
export function kebab(name: string): string {
  return name
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** Services whose commands in the AWS CLI are called otherwise than their actions in a policy. */
const CLI_SERVICE: Readonly<Record<string, string>> = { s3: 's3api' };

/** `iam:CreateUser` as the AWS CLI has it: service `iam`, command `create-user`, API name `CreateUser`. */
export function commandOf(operationId: string): {
  readonly service: string;
  readonly command: string;
  readonly api: string;
} {
  const colon = operationId.indexOf(':');
  const prefix = operationId.slice(0, colon);
  const api = operationId.slice(colon + 1);
  return { service: CLI_SERVICE[prefix] ?? prefix, command: kebab(api), api };
}

/** The operations as the AWS CLI arranges them: by service, then by command, both in alphabetical order. */
export function commandTable(
  operations: ReadonlyMap<string, Operation>,
): ReadonlyMap<string, ReadonlyMap<string, Operation>> {
  const table = new Map<string, Map<string, Operation>>();
  for (const operation of [...operations.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (operation.tool !== undefined) continue;
    const { service, command } = commandOf(operation.id);
    const commands = table.get(service) ?? new Map<string, Operation>();
    commands.set(command, operation);
    table.set(service, commands);
  }
  return new Map([...table].sort(([a], [b]) => (a < b ? -1 : 1)));
}
