import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, AccountId, Analyzer, World } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { analyzerOf, onAnalyzer } from './analyzers.ts';
import { type ExternalAccess, externalAccess } from './external-access.ts';
import { guardedResources } from './policies-of.ts';

const ANALYZER_ARN = { type: 'string', required: true, help: 'ARN of the analyzer' } as const;

/** What an analyzer finds at this moment. */
function findingsOf(world: World, home: Account, { type }: Analyzer): readonly ExternalAccess[] {
  const members = type === 'ORGANIZATION' ? Object.keys(world.organization?.members ?? {}) : [home.id];
  const zone: ReadonlySet<AccountId> = new Set(members);
  return members.flatMap((id) => {
    const account = own(world.accounts, id);
    return account ? guardedResources(account).flatMap((each) => externalAccess(world, each, zone)) : [];
  });
}

function described(
  world: World,
  analyzer: Analyzer,
  finding: ExternalAccess,
): { readonly [key: string]: Json } {
  return {
    id: finding.id,
    principal: finding.principal,
    action: finding.actions,
    resource: finding.resource.arn,
    isPublic: finding.isPublic,
    resourceType: finding.resource.type,
    condition: finding.condition,
    createdAt: isoTime(analyzer.created),
    analyzedAt: isoTime(world.clock),
    updatedAt: isoTime(analyzer.created),
    status: 'ACTIVE',
    resourceOwnerAccount: finding.resource.owner,
  };
}

const FILTERS = [
  'id',
  'resource',
  'resourceType',
  'resourceOwnerAccount',
  'isPublic',
  'status',
  'principal.AWS',
  'principal.Federated',
];

/** The value of a finding that a filter asks about. */
function valueFor(finding: { readonly [key: string]: Json }, name: string): string {
  const [member = '', inside] = name.split('.');
  const value = finding[member];
  return inside === undefined ? String(value) : String(Object(value)[inside] ?? '');
}

const listFindings = define({
  id: 'accessanalyzer:ListFindings',
  summary: 'list who outside the zone of trust gets at what',
  input: {
    analyzerArn: ANALYZER_ARN,
    filter: {
      type: 'nested',
      help: `only some, such as resourceType={eq=[AWS::IAM::Role]}; by ${FILTERS.join(', ')}`,
      of: { map: { structure: { eq: { list: 'string' }, neq: { list: 'string' } } } },
    },
  },
  needs: (input, caller) => [onAnalyzer(caller, 'ListFindings', input.analyzerArn)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = analyzerOf(home, input.analyzerArn);
    if ('error' in found) {
      return found;
    }
    const filters = Object.entries(input.filter ?? {});
    const wrong = filters.find(([name]) => !FILTERS.includes(name));
    if (wrong !== undefined) {
      return failed('ValidationException', `Invalid filter key: ${wrong[0]}`);
    }
    const findings = findingsOf(world, home, found.analyzer).map((each) =>
      described(world, found.analyzer, each),
    );
    return done(world, {
      findings: findings.filter((finding) =>
        filters.every(([name, { eq, neq }]) => {
          const value = valueFor(finding, name);
          return (eq === undefined || eq.includes(value)) && !(neq ?? []).includes(value);
        }),
      ),
    });
  },
});

const getFinding = define({
  id: 'accessanalyzer:GetFinding',
  summary: 'show a finding',
  input: { analyzerArn: ANALYZER_ARN, id: { type: 'string', required: true, help: 'id of the finding' } },
  needs: (input, caller) => [onAnalyzer(caller, 'GetFinding', input.analyzerArn)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = analyzerOf(home, input.analyzerArn);
    if ('error' in found) {
      return found;
    }
    const finding = findingsOf(world, home, found.analyzer).find(({ id }) => id === input.id);
    return finding
      ? done(world, { finding: described(world, found.analyzer, finding) })
      : failed('ResourceNotFoundException', `Finding ${input.id} does not exist.`);
  },
});

/** Findings are as fresh as the policies: one that is mended is gone at once, where AWS resolves it after a while. */
export const findingOperations = [listFindings, getFinding];
