import { isObject } from '../iam/problem.ts';
import type { CompiledScenario } from './content.ts';
import type { PathProblem } from './path-problem.ts';
import type { ContentPath } from './problem.ts';

/** Kinds of things of an account that are there to be named by something. */
const KINDS = [
  'users',
  'groups',
  'roles',
  'policies',
  'instanceProfiles',
  'instances',
  'vpcs',
  'buckets',
  'kmsKeys',
  'queues',
  'topics',
  'secrets',
  'functions',
  'workloads',
] as const;

/** The same of Identity Center. */
const CENTER_KINDS = ['users', 'groups', 'permissionSets'] as const;

const NAME = /[\w.@+=-]+/g;
const PLAIN = /^[\w.@+=-]+$/;

/** Parts of the world that nothing else in the file names: what a learner would read for nothing. */
export function unusedParts(scenario: CompiledScenario): readonly PathProblem[] {
  const counts = new Map<string, number>();
  const { id: _id, title: _title, summary: _summary, version: _version, ...told } = scenario;
  const text = JSON.stringify(told).replaceAll(/\\+[nrt"]/g, ' ');
  for (const [name] of text.matchAll(NAME)) {
    // A name may end a sentence.
    const plain = name.replace(/\.+$/, '');
    counts.set(plain, (counts.get(plain) ?? 0) + 1);
  }
  const isNamed = (name: unknown): boolean => {
    if (typeof name !== 'string') return false;
    // `shop/mail` is no word of its own: it stands in `secret:shop/mail-*` as well.
    const count = PLAIN.test(name) ? counts.get(name) : text.split(name).length - 1;
    return (count ?? 0) > 1;
  };
  const { accounts, identityCenter } = scenario.world;
  const things = [
    ...Object.entries(accounts).flatMap(([account, records]) =>
      // What a line lists is seen without being named.
      KINDS.filter((kind) => !isListed(kind, text)).flatMap((kind) =>
        thingsIn(records[kind], ['world', 'accounts', account, kind]),
      ),
    ),
    ...CENTER_KINDS.filter((kind) => !isListed(kind, text)).flatMap((kind) =>
      thingsIn(identityCenter?.[kind], ['world', 'identityCenter', kind]),
    ),
  ];
  return things
    .filter(({ name, id }) => !isNamed(name) && !isNamed(id))
    .map(({ name, path }) => ({
      path,
      what: `Nothing in the scenario names \`${name}\`.`,
      mend: 'Delete it, or give it a part.',
    }));
}

interface Thing {
  readonly name: string;
  /** By which it may be named as well; undefined when its author chose none. */
  readonly id: unknown;
  readonly path: ContentPath;
}

function thingsIn(
  records: Readonly<Record<string, unknown>> | undefined,
  path: ContentPath,
): readonly Thing[] {
  return Object.entries(records ?? {}).map(([name, record]) => ({
    name,
    id: isObject(record) ? record.id : undefined,
    path: [...path, name],
  }));
}

function isListed(kind: string, text: string): boolean {
  const hyphened = kind.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const asked = kind === 'kmsKeys' ? 'list-(keys|aliases)' : `(list|describe)-${hyphened}`;
  return new RegExp(kind === 'buckets' ? `${asked}|aws s3 ls(?! s3:)` : asked).test(text);
}
