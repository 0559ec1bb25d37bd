import { expect } from 'vitest';
import { allow, policy, type StoryWorld, storyline, trusts } from './story.ts';

const ME = 'arn:aws:iam::111122223333';
const WORLD: StoryWorld = {
  accounts: {
    '111122223333': {
      name: 'shop',
      users: { ada: { policies: ['AdministratorAccess'] }, bea: {}, old: {} },
      roles: {
        Report: {
          trust: trusts({ AWS: `${ME}:user/bea` }),
          inline: { wide: policy(allow(['s3:*', 'sqs:*', 'iam:*', 'sts:*'])) },
        },
        Partner: { trust: trusts({ AWS: 'arn:aws:iam::999988887777:root' }) },
      },
      buckets: {
        figures: { objects: { 'june.csv': '1' } },
        shared: {
          policy: policy({
            ...allow('s3:GetObject', 'arn:aws:s3:::shared/*'),
            Principal: { AWS: '999988887777' },
          }),
        },
        logs: {},
      },
      trails: { main: { bucket: 'logs', dataEvents: ['figures'] } },
      queues: { jobs: {} },
    },
    '999988887777': { name: 'partner' },
  },
};
const GET = 'aws s3api get-object --bucket figures --key june.csv june.csv';
const ASSUME = `aws sts assume-role --role-arn ${ME}:role/Report --role-session-name bea`;

storyline('Shrink a wide policy to what the trail shows is used', WORLD, ({ at, file }) => {
  at('bea', ASSUME).works();
  at('Report/bea', GET).works();
  at('Report/bea', 'aws s3 ls s3://figures').works();
  at('Report/bea', 'aws sqs list-queues').works();

  // What it used, by service, and by event.
  const job = at(
    'ada',
    `aws iam generate-service-last-accessed-details --arn ${ME}:role/Report --query JobId --output text`,
  ).text();
  const services = "'ServicesLastAccessed[?TotalAuthenticatedEntities>`0`].ServiceNamespace'";
  at('ada', `aws iam get-service-last-accessed-details --job-id ${job} --query ${services} --output text`)
    .works('s3', 'sqs')
    .hides('iam');
  at(
    'ada',
    'aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=bea --query Events[].EventName --output text',
  )
    .works('ListQueues')
    .hides('GetObject');
  at('ada', 'trail').works('s3:GetObject');

  // The smaller policy, tried before it is put.
  const small = policy(
    allow('s3:GetObject', 'arn:aws:s3:::figures/*'),
    allow('s3:ListBucket', 'arn:aws:s3:::figures'),
    allow('sqs:ListQueues'),
  );
  file('small.json', small);
  at(
    'ada',
    'aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://small.json',
  ).works('"findings": []');
  at(
    'ada',
    'aws accessanalyzer check-access-not-granted --policy-type IDENTITY_POLICY --policy-document file://small.json --access actions=iam:CreateUser',
  ).works('"result": "PASS"');
  const ask = (action: string, resource: string) =>
    at(
      'ada',
      `aws iam simulate-custom-policy --policy-input-list file://small.json --action-names ${action} --resource-arns ${resource} --query EvaluationResults[].EvalDecision --output text`,
    );
  ask('s3:GetObject', 'arn:aws:s3:::figures/june.csv').works('allowed');
  ask('s3:DeleteObject', 'arn:aws:s3:::figures/june.csv').works('implicitDeny');
  at(
    'ada',
    'aws iam put-role-policy --role-name Report --policy-name wide --policy-document file://small.json',
  ).works();

  at('Report/bea', GET).works();
  at('Report/bea', 'aws sqs list-queues').works();
  at('Report/bea', 'aws iam create-user --user-name x').implicitlyDenied('identity');
  at('Report/bea', 'aws s3api delete-object --bucket figures --key june.csv').implicitlyDenied('identity');
  at('ada', 'diff').works('Report');
  at(
    'ada',
    `aws iam simulate-principal-policy --policy-source-arn ${ME}:role/Report --action-names iam:CreateUser --query EvaluationResults[].EvalDecision --output text`,
  ).works('implicitDeny');
});

storyline('Find what reaches outside, and what nobody uses', WORLD, ({ at, file }) => {
  const analyzer = at(
    'ada',
    'aws accessanalyzer create-analyzer --analyzer-name outside --type ACCOUNT --query arn --output text',
  ).text();
  const findings = `aws accessanalyzer list-findings --analyzer-arn ${analyzer} --query findings[].resource --output text`;
  at('ada', findings).works('arn:aws:s3:::shared', `${ME}:role/Partner`).hides('figures');
  at('ada', 'aws s3api delete-bucket-policy --bucket shared').works();
  at(
    'ada',
    `aws accessanalyzer list-findings --analyzer-arn ${analyzer} --filter '{"status":{"eq":["ACTIVE"]}}' --query findings[].resource --output text`,
  )
    .works('role/Partner')
    .hides('shared');

  at('ada', 'wait 100d').works();
  at('ada', 'aws iam generate-credential-report').works();
  const report = at('ada', 'aws iam get-credential-report --query Content --output text').text();
  const rows = Buffer.from(report, 'base64').toString().split('\n');
  const used = rows[0]?.split(',').indexOf('access_key_1_last_used_date') ?? -1;
  const lastUsed = (user: string) => rows.find((row) => row.startsWith(`${user},`))?.split(',')[used];
  expect(lastUsed('old')).toBe('N/A');
  expect(lastUsed('ada')).toMatch(/^2026-03-02T/);

  file('wild.json', policy({ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }));
  at(
    'ada',
    'aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://wild.json --query findings[].issueCode --output text',
  ).works('PASS_ROLE_WITH_STAR_IN_RESOURCE');
});
