import type { InputOf, Member, Nested, Shape } from './operation.ts';
import { own } from './own.ts';

/** True when an input has every required member, no unknown one, and the right types. */
export function hasShape(shape: Shape, input: Readonly<Record<string, unknown>>): input is InputOf<Shape> {
  return problems(shape, input).length === 0;
}

/**
 * What is wrong with an input, as the AWS CLI says it. The CLI checks required members and types before it
 * looks for credentials.
 */
export function parameterProblem(shape: Shape, input: Readonly<Record<string, unknown>>): string {
  return ['Parameter validation failed:', ...problems(shape, input)].join('\n');
}

function problems(shape: Shape, input: Readonly<Record<string, unknown>>): readonly string[] {
  return [
    ...Object.entries(shape)
      .filter(([, { local }]) => local !== true)
      .flatMap(([name, member]) => memberProblem(name, member, input[name])),
    ...Object.keys(input)
      .filter((name) => !Object.hasOwn(shape, name))
      .map((name) => `Unknown parameter in input: "${name}"`),
  ];
}

function memberProblem(name: string, member: Member, value: unknown): readonly string[] {
  if (value === undefined) {
    return member.required ? [`Missing required parameter in input: "${name}"`] : [];
  }
  if (!hasType(member, value)) {
    return [`Invalid type for parameter ${name}: it must be ${wording(member)}`];
  }
  if (name === 'Bucket' && !BUCKET_NAME.test(String(value))) {
    return [`Invalid bucket name "${value}": Bucket name must match the regex "${BUCKET_NAME.source}"`];
  }
  const least = member.least ?? (member.required ? 1 : 0);
  if (typeof value === 'string' && value.length < least) {
    return [`Invalid length for parameter ${name}, value: ${value.length}, valid min length: ${least}`];
  }
  return typeof value === 'number' && member.least !== undefined && value < member.least
    ? [`Invalid range for parameter ${name}, value: ${value}, valid min value: ${member.least}`]
    : [];
}

/** What the AWS CLI itself insists on in a bucket's name; S3's own rules are stricter. */
const BUCKET_NAME = /^[a-zA-Z0-9.\-_]{1,255}$/;

function hasType(member: Member, value: unknown): boolean {
  switch (member.type) {
    case 'integer':
      return Number.isSafeInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'strings':
      return Array.isArray(value) && value.every((each) => typeof each === 'string');
    case 'structure':
      return isStructure(member.members, value);
    case 'structures':
      return Array.isArray(value) && value.every((each) => isStructure(member.members, each));
    case 'nested':
      return isNested(member.of, value);
    default:
      return typeof value === 'string';
  }
}

function isStructure(members: readonly string[], value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([key, each]) => members.includes(key) && typeof each === 'string')
  );
}

function isNested(shape: Nested, value: unknown): boolean {
  if (typeof shape === 'string') {
    return shape === 'integer' ? Number.isSafeInteger(value) : typeof value === shape;
  }
  if (shape.list !== undefined) {
    return Array.isArray(value) && value.every((each) => isNested(shape.list, each));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  return Object.entries(value).every(([key, each]) => {
    const inside = shape.map ?? own(shape.structure, key);
    return inside !== undefined && isNested(inside, each);
  });
}

function wording(member: Member): string {
  switch (member.type) {
    case 'integer':
      return 'a whole number';
    case 'boolean':
      return 'true or false';
    case 'strings':
      return 'a list of texts';
    case 'structure':
      return `a structure with ${member.members.join(', ')}`;
    case 'structures':
      return `a list of structures with ${member.members.join(', ')}`;
    case 'nested':
      return nestedWording(member.of);
    default:
      return 'text';
  }
}

const LEAF = { string: 'text', integer: 'a whole number', boolean: 'true or false' } as const;

function nestedWording(shape: Nested): string {
  if (typeof shape === 'string') {
    return LEAF[shape];
  }
  if (shape.list !== undefined) {
    return `a list: each ${nestedWording(shape.list)}`;
  }
  return shape.map !== undefined
    ? 'a structure with any names'
    : `a structure with ${Object.keys(shape.structure).join(', ')}`;
}

/** True when the name `__proto__` stands somewhere in an input: the one name our records cannot hold. */
export function holdsProto(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).some(([key, each]) => holdsProto(key) || holdsProto(each));
  }
  return value === '__proto__';
}
