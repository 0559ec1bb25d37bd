import type { Account } from '../cloud/world.ts';
import type { PolicyDocument } from '../iam/index.ts';
import { type Line, span } from './styled-text.ts';
import { type Branch, head, section, tree } from './tree.ts';

/** What an account has of the services beside IAM, EC2 instances and S3: nothing for those it does not use. */
export function serviceLines(
  account: Account,
  policy: (document: PolicyDocument | null) => Branch,
  width: number,
): Line[] {
  const { kmsKeys, kmsAliases, secrets, queues, topics, functions, clusters, trustAnchors, workloads } =
    account;
  const keys = Object.values(kmsKeys).filter((key) => key.manager === 'CUSTOMER');
  const aliasOf = (id: string) => Object.entries(kmsAliases).find(([, key]) => key === id)?.[0] ?? id;
  const sections: Line[][] = [
    section(
      'KMS keys',
      keys.map((key) => tree(head(aliasOf(key.id), false, stateOf(key.state.name)), [policy(key.policy)])),
      width,
    ),
    section(
      'Secrets',
      Object.values(secrets).map((secret) =>
        tree(head(secret.name, false, secret.deletion === null ? [] : [span('  to be deleted', 'warn')]), [
          policy(secret.policy),
          ...(secret.key === null ? [] : [[span('encrypted with ', 'faint'), span(secret.key)]]),
        ]),
      ),
      width,
    ),
    section(
      'Queues',
      Object.values(queues).map((queue) => tree(head(queue.name, false), [policy(queue.policy)])),
      width,
    ),
    section(
      'Topics',
      Object.values(topics).map((topic) =>
        tree(head(topic.name, false), [
          policy(topic.policy),
          ...Object.values(topic.subscriptions).map(
            (each): Branch => [span('──▶ ', 'border'), span(each.endpoint)],
          ),
        ]),
      ),
      width,
    ),
    section(
      'Lambda functions',
      Object.values(functions).map((each) =>
        tree(head(each.name, false), [
          [span('runs as role ', 'faint'), span(each.role.slice(each.role.lastIndexOf('/') + 1), 'strong')],
          policy(each.policy),
        ]),
      ),
      width,
    ),
    section(
      'Clusters',
      Object.values(clusters).map((cluster) => [head(cluster.name, false)]),
      width,
    ),
    section(
      'Trust anchors',
      Object.values(trustAnchors).map((anchor) =>
        tree(head(anchor.name, false), [[span('certificates of ', 'faint'), span(anchor.authority)]]),
      ),
      width,
    ),
    section(
      'Outside AWS',
      Object.values(workloads).map((each) =>
        tree(head(each.name, false), [[span('proves itself by ', 'faint'), span(each.issuer)]]),
      ),
      width,
    ),
  ];
  return sections.flat();
}

function stateOf(name: string): Branch {
  return name === 'Enabled' ? [] : [span(`  ${name}`, 'warn')];
}
