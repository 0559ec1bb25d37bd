/** What AWS publishes about its services, made at build time. https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html */
export interface ServiceData {
  /** By service prefix, such as `s3`. */
  readonly services: Readonly<Record<string, ServiceFacts>>;
  /** Every service prefix AWS has, also of services whose facts are not here. */
  readonly prefixes: readonly string[];
  /** Condition keys that every service knows. */
  readonly globalKeys: readonly ConditionKeyFacts[];
}

/** One service's actions, resource types and condition keys. */
export interface ServiceFacts {
  /** By name; the numbers are positions in `resources` and `keys`. */
  readonly actions: Readonly<Record<string, ActionFacts>>;
  readonly resources: readonly ResourceTypeFacts[];
  readonly keys: readonly ConditionKeyFacts[];
}

/** What an action takes. */
export interface ActionFacts {
  readonly resources: readonly number[];
  readonly keys: readonly number[];
}

/** A resource type and the form of its ARN, such as `arn:${Partition}:s3:::${BucketName}`. */
export interface ResourceTypeFacts {
  readonly type: string;
  readonly arn: string;
}

/** A condition key, perhaps with a part to fill in (`aws:RequestTag/${TagKey}`), and the type of its value. */
export interface ConditionKeyFacts {
  readonly key: string;
  readonly type: string;
}

/** A service's facts; null when they are not in the data. */
export function serviceFacts(data: ServiceData, prefix: string): ServiceFacts | null {
  return Object.hasOwn(data.services, prefix) ? (data.services[prefix] ?? null) : null;
}

/** True when a key as written is the one that the facts describe, whatever is filled in. */
export function isKey(facts: ConditionKeyFacts, key: string): boolean {
  const open = /[<$]/.exec(facts.key)?.index;
  if (open === undefined) return facts.key.toLowerCase() === key.toLowerCase();
  const prefix = facts.key.slice(0, open).toLowerCase();
  return key.length > prefix.length && key.toLowerCase().startsWith(prefix);
}
