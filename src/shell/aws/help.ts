import type { Member, Nested, Operation } from '../../cloud/operation.ts';
import { commandOf } from '../names.ts';
import { optionsOf, takesOutfile } from './arguments.ts';

type CommandTable = ReadonlyMap<string, ReadonlyMap<string, Operation>>;

/** `aws help`: the services that are simulated. */
export function helpForAws(table: CommandTable, s3Commands: readonly string[]): string {
  const services: [string, string][] = [...table].map(([service, commands]) => [
    service,
    `${commands.size} operations`,
  ]);
  services.push(['s3', `${s3Commands.join(', ')}: short commands for buckets and objects`]);
  services.sort(([a], [b]) => (a < b ? -1 : 1));
  return `Simulated here, in the grammar of the AWS CLI version 2:

${columns(services)}

aws <service> help               lists its operations
aws <service> <operation> help   lists its options
A value may come from a file of the workspace: --policy-document file://policy.json`;
}

/** `aws iam help`: the operations of a service. */
export function helpForService(service: string, commands: ReadonlyMap<string, Operation>): string {
  const rows = [...commands].map(([command, operation]) => [command, operation.summary] as const);
  return `aws ${service} <operation>, where the operation is one of:\n\n${columns(rows)}`;
}

/** `aws iam create-user help`: what it does and its options. */
export function helpForOperation(operation: Operation): string {
  const { service, command } = commandOf(operation.id);
  const options = [...optionsOf(operation)];
  const required = options.filter(([, { member }]) => member.required === true);
  const optional = options.filter(([, { member }]) => member.required !== true);
  const synopsis = [
    `aws ${service} ${command}`,
    ...required.map(([typed, { member }]) => `${typed} ${valueForm(member)}`.trim()),
    ...optional.map(([typed, { member }]) => `[${`${typed} ${valueForm(member)}`.trim()}]`),
    ...(takesOutfile(operation) ? ['<outfile>'] : []),
  ].join('\n    ');
  const rows = [...required, ...optional].map(
    ([typed, { member }]) =>
      [typed, `${member.help}${member.required === true ? ' (required)' : ''}`] as const,
  );
  const list = rows.length === 0 ? 'It takes no options.' : columns(rows);
  return `${operation.summary}\n\n${synopsis}\n\n${list}`;
}

/** How a value of this type is written. */
function valueForm(member: Member): string {
  switch (member.type) {
    case 'string':
      return '<text>';
    case 'integer':
      return '<number>';
    case 'boolean':
      return '';
    case 'document':
      return '<JSON or file://…>';
    case 'body':
      return '<file>';
    case 'strings':
      return '<text> …';
    case 'structure':
      return shorthandForm(member.members);
    case 'structures':
      return `${shorthandForm(member.members)} …`;
    case 'nested':
      return nestedForm(member.of, true);
    case 'blob':
      return '<base64 or fileb://…>';
  }
}

/** Shorthand of a nested value; braces stand around a structure that is within another value. */
function nestedForm(shape: Nested, outermost: boolean): string {
  if (typeof shape === 'string') return shape === 'string' ? '<text>' : 'true|false';
  if (shape.list !== undefined) {
    return outermost ? `${nestedForm(shape.list, true)} …` : `[${nestedForm(shape.list, false)},…]`;
  }
  const members =
    shape.map !== undefined
      ? `<name>=${nestedForm(shape.map, false)},…`
      : Object.entries(shape.structure)
          .map(([name, inside]) => `${name}=${nestedForm(inside, false)}`)
          .join(',');
  return outermost ? members : `{${members}}`;
}

function shorthandForm(members: readonly string[]): string {
  return members.map((name) => `${name}=<text>`).join(',');
}

/** Two columns, the left one as wide as its longest entry. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n');
}
