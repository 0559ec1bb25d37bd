import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { drop, put } from '../../change.ts';
import type { ApiError, Json, PermissionNeeded } from '../../operation.ts';
import { listed } from '../../own.ts';
import type { Account, Analyzer } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { ANALYZER_TYPES } from './records.ts';

const NAME = { type: 'string', required: true, help: 'name of the analyzer' } as const;

export function analyzerArn(account: string, name: string): string {
  return `arn:aws:access-analyzer:${REGION}:${account}:analyzer/${name}`;
}

/** Permission for an action on an analyzer, by its ARN. */
export function onAnalyzer(caller: Caller, action: string, arn: string): PermissionNeeded {
  const resource = /^arn:aws:access-analyzer:[^:]*:\d{12}:analyzer\/./.test(arn) ? arn : '*';
  return { action: `access-analyzer:${action}`, resource, resourceAccount: caller.account };
}

/** An analyzer of the account by its ARN, or the error. */
export function analyzerOf(
  account: Account,
  arn: string,
): { readonly analyzer: Analyzer } | { readonly error: ApiError } {
  const analyzer = Object.values(account.analyzers).find((each) => each.arn === arn);
  return analyzer ? { analyzer } : notFound(arn);
}

function notFound(what: string): { readonly error: ApiError } {
  return failed(
    'ResourceNotFoundException',
    `Analyzer with the specified ARN or name does not exist: ${what}`,
  );
}

function described(analyzer: Analyzer): Json {
  return {
    arn: analyzer.arn,
    name: analyzer.name,
    type: analyzer.type,
    createdAt: isoTime(analyzer.created),
    tags: {},
    status: 'ACTIVE',
  };
}

const createAnalyzer = define({
  id: 'accessanalyzer:CreateAnalyzer',
  summary: 'make an analyzer, which looks for access from outside',
  input: {
    analyzerName: NAME,
    type: { type: 'string', required: true, help: `zone of trust: ${ANALYZER_TYPES.join(' or ')}` },
  },
  needs: (input, caller) => [
    onAnalyzer(caller, 'CreateAnalyzer', analyzerArn(caller.account, input.analyzerName)),
  ],
  notSimulated: ({ type }) =>
    /^(ACCOUNT|ORGANIZATION)_(UNUSED|INTERNAL)_ACCESS$/.test(type)
      ? `Analyzers of type ${type} are not simulated here. Use ${ANALYZER_TYPES.join(' or ')}.`
      : null,
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const { analyzerName: name } = input;
    const type = ANALYZER_TYPES.find((each) => each === input.type);
    if (type === undefined) {
      return failed('ValidationException', `Invalid analyzer type: ${input.type}`);
    }
    if (!/^[A-Za-z][\w.-]{0,254}$/.test(name)) {
      return failed('ValidationException', `Invalid analyzer name: ${name}`);
    }
    if (type === 'ORGANIZATION' && world.organization?.managementAccount !== home.id) {
      return failed(
        'ValidationException',
        'The account is not the management account or a delegated administrator of an organization.',
      );
    }
    if (Object.hasOwn(home.analyzers, name)) {
      return failed('ConflictException', `Analyzer ${name} already exists.`);
    }
    if (Object.values(home.analyzers).some((each) => each.type === type)) {
      return failed('ServiceQuotaExceededException', `The quota for analyzers of type ${type} is 1.`);
    }
    const analyzer: Analyzer = { name, arn: analyzerArn(home.id, name), type, created: world.clock };
    return done(put(world, home.id, 'analyzers', name, analyzer), { arn: analyzer.arn });
  },
});

const listAnalyzers = define({
  id: 'accessanalyzer:ListAnalyzers',
  summary: 'list the analyzers',
  input: { type: { type: 'string', help: 'only of this type' } },
  needs: (_, caller) => [
    { action: 'access-analyzer:ListAnalyzers', resource: '*', resourceAccount: caller.account },
  ],
  effect: (input, caller, world) =>
    done(world, {
      analyzers: listed(homeOf(world, caller).analyzers)
        .filter(({ type }) => input.type === undefined || type === input.type)
        .map(described),
    }),
});

const getAnalyzer = define({
  id: 'accessanalyzer:GetAnalyzer',
  summary: 'show an analyzer',
  input: { analyzerName: NAME },
  needs: (input, caller) => [
    onAnalyzer(caller, 'GetAnalyzer', analyzerArn(caller.account, input.analyzerName)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = analyzerOf(home, analyzerArn(home.id, input.analyzerName));
    return 'error' in found ? found : done(world, { analyzer: described(found.analyzer) });
  },
});

const deleteAnalyzer = define({
  id: 'accessanalyzer:DeleteAnalyzer',
  summary: 'delete an analyzer with its findings',
  input: { analyzerName: NAME },
  needs: (input, caller) => [
    onAnalyzer(caller, 'DeleteAnalyzer', analyzerArn(caller.account, input.analyzerName)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = analyzerOf(home, analyzerArn(home.id, input.analyzerName));
    return 'error' in found ? found : done(drop(world, home.id, 'analyzers', found.analyzer.name));
  },
});

/** Source: IAM Access Analyzer API Reference. */
export const analyzerOperations = [createAnalyzer, listAnalyzers, getAnalyzer, deleteAnalyzer];
