import type { Draft } from 'immer';
import { newUuid } from '../../identifiers.ts';
import { entries, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import type { DocumentSpec } from '../../world-spec.ts';
import { queueArn } from '../sqs/queue.ts';
import { defaultTopicPolicy, TOPIC_POLICY, topicArn } from './topic.ts';

/** What an author says of SNS in an account. */
export interface SnsSpec {
  readonly topics?: Readonly<Record<string, TopicSpec>>;
}

export interface TopicSpec {
  readonly policy?: DocumentSpec;
  /** Queues of the account that get what is published. */
  readonly queues?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** Fills an account with its topics and their subscriptions. */
export function readSns(reader: SpecReader, at: SpecPath, account: Draft<Account>, spec: SnsSpec): void {
  for (const [name, topic] of entries(spec.topics)) {
    const path = [...at, 'topics', name];
    if (!/^[\w-]{1,256}$/.test(name) || name === '__proto__') {
      reader.problem(
        path,
        `${name} cannot be a topic's name: letters, digits, hyphens and underscores only.`,
      );
      continue;
    }
    const arn = topicArn(account.id, name);
    const subscriptions = (topic.queues ?? [])
      .filter((queue, index) => reader.refersTo([...path, 'queues', index], 'queue', queue, account.queues))
      .map((queue) => ({
        arn: `${arn}:${newUuid(reader.world)}`,
        endpoint: queueArn(account.id, queue),
        owner: account.id,
      }));
    account.topics[name] = {
      name,
      arn,
      policy:
        topic.policy === undefined
          ? defaultTopicPolicy(account.id, name)
          : reader.document([...path, 'policy'], topic.policy, TOPIC_POLICY),
      subscriptions: Object.fromEntries(subscriptions.map((each) => [each.arn, each])),
      tags: { ...topic.tags },
    };
  }
}
