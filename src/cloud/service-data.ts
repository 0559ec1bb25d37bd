import type { ConditionKeyFacts, ServiceData, ServiceFacts } from '../iam/index.ts';
import slice from './service-data.json' with { type: 'json' };

let read: ServiceData | null = null;

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

function globalKeysIn(text: string): readonly ConditionKeyFacts[] {
  return JSON.parse(text);
}

function factsIn(text: string): ServiceFacts {
  return JSON.parse(text);
}
