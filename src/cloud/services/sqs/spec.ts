import type { Draft } from 'immer';
import { entries, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import type { DocumentSpec } from '../../world-spec.ts';
import { QUEUE_POLICY, queueArn, queueUrl } from './queue.ts';

/** What an author says of SQS in an account. */
export interface SqsSpec {
  readonly queues?: Readonly<Record<string, QueueSpec>>;
}

export interface QueueSpec {
  readonly policy?: DocumentSpec;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Fills an account with its queues. */
export function readSqs(reader: SpecReader, at: SpecPath, account: Draft<Account>, spec: SqsSpec): void {
  for (const [name, queue] of entries(spec.queues)) {
    const path = [...at, 'queues', name];
    if (!/^[\w-]{1,80}$/.test(name) || name === '__proto__') {
      reader.problem(
        path,
        `${name} cannot be a queue's name: 1 to 80 letters, digits, hyphens and underscores.`,
      );
    } else {
      account.queues[name] = {
        name,
        arn: queueArn(account.id, name),
        url: queueUrl(account.id, name),
        created: reader.world.clock,
        policy:
          queue.policy === undefined
            ? null
            : reader.document([...path, 'policy'], queue.policy, QUEUE_POLICY),
        visibilityTimeout: 30,
        messages: [],
        tags: { ...queue.tags },
      };
    }
  }
}
