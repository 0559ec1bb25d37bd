import type { CompiledScenario } from './content.ts';
import type { PathProblem } from './path-problem.ts';

/** Kinds of things that are there to be named by something. */
const KINDS = [
  'users',
  'groups',
  'roles',
  'policies',
  'instances',
  'buckets',
  'queues',
  'topics',
  'secrets',
  'functions',
  'workloads',
] as const;

/** Parts of the world that nothing else in the file names: what a learner would read for nothing. */
export function unusedParts(scenario: CompiledScenario): readonly PathProblem[] {
  const counts = new Map<string, number>();
  const { id: _id, title: _title, summary: _summary, version: _version, ...told } = scenario;
  const text = JSON.stringify(told).replaceAll(/\\+[nrt"]/g, ' ');
  for (const [name] of text.matchAll(/[\w.@+=-]+/g)) {
    // A name may end a sentence.
    const plain = name.replace(/\.+$/, '');
    counts.set(plain, (counts.get(plain) ?? 0) + 1);
  }
  // What a line lists is seen without being named.
  const listed = (kind: string): boolean =>
    new RegExp(`(list|describe)-${kind}${kind === 'buckets' ? '|aws s3 ls(?! s3:)' : ''}`).test(text);
  return Object.entries(scenario.world.accounts).flatMap(([account, records]) =>
    KINDS.filter((kind) => !listed(kind)).flatMap((kind) =>
      Object.keys(records[kind] ?? {}).flatMap((name): readonly PathProblem[] =>
        (counts.get(name) ?? 0) > 1 || !/^[\w.@+=-]+$/.test(name)
          ? []
          : [
              {
                path: ['world', 'accounts', account, kind, name],
                what: `Nothing in the scenario names \`${name}\`.`,
                mend: 'Delete it, or give it a part.',
              },
            ],
      ),
    ),
  );
}
