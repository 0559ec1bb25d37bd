import type { ConditionKeyFacts, ServiceData, ServiceFacts } from '../iam/index.ts';
import slice from './service-data.json' with { type: 'json' };

let read: ServiceData | null = null;
let bucketActions: ReadonlySet<string> | null = null;
let prefixes: ReadonlySet<string> | null = null;

/** What AWS publishes about the services that are simulated here, read when it is first asked for: it is long. */
export function serviceDataHere(): ServiceData {
  read ??= {
    prefixes: slice.prefixes.split(' '),
    globalKeys: globalKeysIn(slice.globalKeys),
    services: Object.fromEntries(
      Object.entries(slice.services).map(([prefix, text]) => [prefix, factsIn(text)]),
    ),
  };
  return read;
}

/** Whether actions of an AWS service begin with this prefix, such as `s3`. */
export function isServicePrefix(prefix: string): boolean {
  prefixes ??= new Set(slice.prefixes.split(' '));
  return prefixes.has(prefix);
}

/** Whether S3 has an action of this name, as in `s3:GetObject`, whatever its case. */
export function isS3Action(action: string): boolean {
  bucketActions ??= new Set(
    Object.keys(factsIn(slice.services.s3).actions).map((name) => name.toLowerCase()),
  );
  const [prefix, name = ''] = action.toLowerCase().split(':');
  return prefix === 's3' && bucketActions.has(name);
}

function globalKeysIn(text: string): readonly ConditionKeyFacts[] {
  return JSON.parse(text);
}

function factsIn(text: string): ServiceFacts {
  return JSON.parse(text);
}
