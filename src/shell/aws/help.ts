import type { Member, Nested, Operation } from '../../cloud/operation.ts';
import { commandOf } from '../names.ts';
import type { Moment } from '../session.ts';
import { optionsOf, takesOutfile } from './arguments.ts';
import { neededActions } from './needed-permissions.ts';
import { paginationOptions } from './output/pagination.ts';

/** Characters a line of help has at most, so that 80 columns with a border show it whole. */
const LINE = 76;

type CommandTable = ReadonlyMap<string, ReadonlyMap<string, Operation>>;

/**
 * `aws help`: every operation that is simulated, by service, with their number. `tools` are commands of the AWS CLI
 * itself.
 */
export function helpForAws(table: CommandTable, tools: Readonly<Record<string, readonly string[]>>): string {
  const services = new Map<string, readonly string[]>(
    [...table].map(([service, commands]) => [service, [...commands.keys()]]),
  );
  for (const [name, commands] of Object.entries(tools)) services.set(name, commands);
  const lists = [...services]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, commands]) => `${service} (${commands.length})\n${namesInRows(commands)}`);
  return `Simulated here, in the grammar of the AWS CLI version 2: ${operationCount(table)} operations, and
the commands s3, configure and sso of the command line itself.

${lists.join('\n')}

aws <service> help              lists its operations and what they do
aws <service> <operation> help  lists its options, and permissions it needs
A value may come from a file: --policy-document file://policy.json
Every operation takes --output json|table|text, --query <JMESPath> and
--profile <name>; 'aws configure help' says how to set up a profile.`;
}

/** How many operations are simulated. */
export function operationCount(table: CommandTable): number {
  return [...table.values()].reduce((sum, commands) => sum + commands.size, 0);
}

/** `aws iam help`: the operations of a service. */
export function helpForService(
  service: string,
  commands: ReadonlyMap<string, Operation>,
  waiters: readonly string[],
): string {
  const rows = [...commands].map(([command, operation]) => [command, operation.summary] as const);
  const wait =
    waiters.length === 0
      ? ''
      : `\n\naws ${service} wait <name>, to ask until something is so:\n${namesInRows(waiters)}`;
  return `aws ${service} <operation>, where the operation is one of these ${rows.length}:\n\n${columns(rows)}${wait}`;
}

/** `aws iam create-user help`: what it does, its options, and the permissions it needs at this moment. */
export function helpForOperation(operation: Operation, moment: Moment): string {
  const { service, command } = commandOf(operation.id);
  const options = [...optionsOf(operation)];
  const required = options.filter(([, { member }]) => member.required === true);
  const optional = options.filter(([, { member }]) => member.required !== true);
  const synopsis = [
    `aws ${service} ${command}`,
    ...required.map(([typed, { member }]) => optionForm(typed, member)),
    ...optional.map(([typed, { member }]) => `[${optionForm(typed, member)}]`),
    ...paginationOptions(operation).map((typed) => `[${typed} <value>]`),
    ...(takesOutfile(operation) ? ['<outfile>'] : []),
  ].join('\n    ');
  const rows = [...required, ...optional].map(
    ([typed, { member }]) =>
      [typed, `${member.help}${member.required === true ? ' (required)' : ''}`] as const,
  );
  const list = rows.length === 0 ? 'It takes no options of its own.' : columns(rows);
  const actions = neededActions(operation, moment);
  const needs = actions.length === 0 ? 'none: it is always allowed' : actions.join(', ');
  return `${operation.summary}\n\n${synopsis}\n\n${list}\n\nPermissions it needs: ${needs}`;
}

/** How an option and its value are written. */
function optionForm(typed: string, member: Member): string {
  return `${typed} ${valueForm(typed, member)}`;
}

function valueForm(typed: string, member: Member): string {
  switch (member.type) {
    case 'boolean':
      return `| ${typed.replace('--', '--no-')}`;
    case 'string':
      return member.choices?.join('|') ?? '<text>';
    case 'integer':
      return '<number>';
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
      return member.onlyFile === undefined ? '<base64 or fileb://…>' : '<fileb://…>';
  }
}

const LEAF_FORMS = { string: '<text>', integer: '<number>', boolean: 'true|false' } as const;

/** Shorthand of a nested value; braces stand around a structure that is within another value. */
function nestedForm(shape: Nested, outermost: boolean): string {
  if (typeof shape === 'string') return LEAF_FORMS[shape];
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

/** Names one after the other, in lines of 76 characters at most. */
export function namesInRows(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + name.length + 3 <= LINE)
      lines[lines.length - 1] = `${line}, ${name}`;
    else lines.push(`  ${name}`);
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line)).join('\n');
}

/** The left column's widest entry that keeps its text beside it; a longer one has it below. */
const LEFT = 20;

/** Two columns in lines of 76 characters; what is long on the left stands on a line of its own. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([left]) => left.length).filter((length) => length <= LEFT));
  const margin = ' '.repeat(width + 4);
  return rows
    .flatMap(([left, right]) => {
      const [first = '', ...more] = folded(right, LINE - margin.length);
      const below = more.map((line) => margin + line);
      return left.length <= width
        ? [`  ${left.padEnd(width)}  ${first}`.trimEnd(), ...below]
        : [...folded(left, LINE - 2).map((line) => `  ${line}`), `${margin}${first}`.trimEnd(), ...below];
    })
    .join('\n');
}

/** A text in lines of so many characters, broken at spaces. */
function folded(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
