import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ApplicablePolicies,
  type AuthorizationInput,
  authorize,
  type Decision,
  isRefusal,
  type NamedPolicy,
  type PolicyKind,
  traceText,
  validatePolicy,
  wildcardMatch,
} from '../../src/iam/index.ts';
import { readJson } from '../../src/iam/json-text.ts';
import { input, policy } from './arbitrary.ts';

function decide(given: AuthorizationInput): Decision {
  const answer = authorize(given);
  if (isRefusal(answer)) throw new Error(`${answer.error.path}: ${answer.error.message}`);
  return answer;
}

const runs = { numRuns: 500 };

describe('policies', () => {
  it('allow no more when a Deny is added', () => {
    const parts = fc.constantFrom('identity', 'permissionsBoundary', 'session', 'resource', 'vpcEndpoint');
    fc.assert(
      fc.property(input, parts, (given, part) => {
        const before = decide(given);
        const after = decide({ ...given, policies: withDeny(given.policies ?? {}, part) });
        if (before.decision !== 'allowed') expect(after.decision).not.toBe('allowed');
      }),
      runs,
    );
  });

  it('decide the same in any order of policies, statements and listed values', () => {
    fc.assert(
      fc.property(input, (given) => {
        const before = decide(given);
        const after = decide({ ...given, policies: reversed(given.policies ?? {}) });
        expect([after.decision, after.decidedBy, after.alsoBlockedBy]).toEqual([
          before.decision,
          before.decidedBy,
          before.alsoBlockedBy,
        ]);
      }),
      runs,
    );
  });

  it('grant nothing as boundary, session policy or SCP', () => {
    fc.assert(
      fc.property(input, policy('identity'), (given, limit) => {
        const { permissionsBoundary, session, serviceControl, ...free } = given.policies ?? {};
        const before = decide({ ...given, policies: free });
        const limits: readonly ApplicablePolicies[] = [
          { permissionsBoundary: limit },
          { session: [limit] },
          { serviceControl: [{ target: 'root', policies: [limit] }] },
        ];
        for (const one of limits) {
          const after = decide({ ...given, policies: { ...free, ...one } });
          if (after.decision === 'allowed') expect(before.decision).toBe('allowed');
        }
      }),
      runs,
    );
  });
});

function withDeny(policies: ApplicablePolicies, part: string): ApplicablePolicies {
  const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*' };
  const named = (extra: object): NamedPolicy => ({
    name: 'deny',
    document: { Version: '2012-10-17', Statement: [{ ...deny, ...extra }] },
  });
  const added = (given: NamedPolicy | undefined, extra: object): NamedPolicy =>
    given === undefined ? named(extra) : withStatement(given, { ...deny, ...extra });
  switch (part) {
    case 'identity':
      return { ...policies, identity: [...(policies.identity ?? []), named({})] };
    case 'session':
      return { ...policies, session: [...(policies.session ?? []), named({})] };
    case 'permissionsBoundary':
      return { ...policies, permissionsBoundary: added(policies.permissionsBoundary, {}) };
    case 'resource':
      return { ...policies, resource: added(policies.resource, { Principal: '*' }) };
    default:
      return { ...policies, vpcEndpoint: added(policies.vpcEndpoint, { Principal: '*' }) };
  }
}

function withStatement(given: NamedPolicy, statement: object): NamedPolicy {
  const { document } = given;
  if (typeof document === 'string' || !Array.isArray(document.Statement)) return given;
  return { ...given, document: { ...document, Statement: [...document.Statement, statement] } };
}

/** The same policies with every list turned round, but for the levels of an organization. */
function reversed(policies: ApplicablePolicies): ApplicablePolicies {
  const turned: ApplicablePolicies = JSON.parse(JSON.stringify(policies), (_, value: unknown) =>
    Array.isArray(value) ? value.reverse() : value,
  );
  return turned.serviceControl === undefined
    ? turned
    : { ...turned, serviceControl: [...turned.serviceControl].reverse() };
}

describe('the trace', () => {
  it('never disagrees with the decision', () => {
    fc.assert(
      fc.property(input, (given) => {
        const decision = decide(given);
        const { layers } = decision.trace();
        const decided = layers.filter((layer) => layer.decided);
        expect(decided.map((layer) => layer.layer)).toEqual([decision.decidedBy]);
        const [decider] = decided;
        const denies = layers.some((layer) => layer.verdict === 'denies' && layer.layer !== 'root');
        expect(decision.decision === 'explicit-deny').toBe(denies);
        if (decision.decision === 'allowed') expect(decider?.verdict).toBe('allows');
        if (decision.decision === 'implicit-deny') expect(decider?.verdict).not.toBe('allows');
        const marked = layers
          .flatMap((layer) => layer.policies.flatMap((one) => one.statements))
          .filter((one) => one.decided);
        expect(marked.map((one) => [one.sid ?? one.index, one.matched])).toEqual(
          decision.statement === null ? [] : [[decision.statement, true]],
        );
        expect(traceText(decision.trace())).toContain('>');
        expect(decision.explanation).toMatch(decision.decision === 'allowed' ? /^Allowed/ : /^Denied/);
        expect(decision.message === null).toBe(decision.decision === 'allowed');
      }),
      runs,
    );
  });

  it('shows where each element stands in the document', () => {
    fc.assert(
      fc.property(input, (given) => {
        for (const layer of decide(given).trace().layers) {
          for (const { document, statements } of layer.policies) {
            for (const { elements } of statements) {
              for (const { path } of elements) expect(valueAt(document, path)).toBeDefined();
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => Object(value)[step], document);
}

describe('hostile input', () => {
  it('never makes authorize throw', () => {
    const anything = fc.jsonValue({ maxDepth: 6 });
    const nearly = fc.record({
      request: fc.oneof(
        anything,
        fc.constant({ principal: 'anonymous', action: 's3:GetObject', resource: '*' }),
      ),
      policies: fc.dictionary(fc.constantFrom('identity', 'resource', 'session', 'serviceControl'), anything),
    });
    fc.assert(
      fc.property(fc.oneof(anything, nearly), (given) => {
        const unchecked: unknown = given;
        const answer = authorize(unchecked as AuthorizationInput);
        expect(JSON.stringify(answer)).toContain('"id"');
      }),
      runs,
    );
  });

  it('never makes validatePolicy throw', () => {
    const elements = fc.constantFrom(
      'Version',
      'Statement',
      'Effect',
      'Action',
      'Resource',
      'Principal',
      'Condition',
      '__proto__',
      'constructor',
      'x',
    );
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>('Allow', 'Deny', '*', 's3:*', '2012-10-17', '${', '', null, true, 7),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(elements, tie('value'), { maxKeys: 5 }),
      ),
    })).value;
    const kinds = fc.constantFrom<PolicyKind>(
      'identity',
      'resource',
      'trust',
      'permissions-boundary',
      'session',
      'service-control',
      'resource-control',
      'vpc-endpoint',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          tree.map((value) => JSON.stringify(value)),
          fc.string(),
        ),
        kinds,
        (text, kind) => {
          for (const finding of validatePolicy(text, kind)) expect(finding.line).toBeGreaterThan(0);
        },
      ),
      runs,
    );
  });

  it('is matched in at most pattern × value steps', () => {
    const value = 'a'.repeat(20_000);
    const started = performance.now();
    for (const pattern of [`${'a*'.repeat(500)}b`, `${'*a?'.repeat(500)}b`, `${'?'.repeat(500)}*b`]) {
      expect(wildcardMatch(pattern, value)).toBe(false);
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

it('reads hostile values in linear time', () => {
  const long = 200_000;
  const request = {
    principal: 'arn:aws:iam::111122223333:user/u',
    action: 's3:GetObject',
    resource: `arn:aws:s3:::b/${'a'.repeat(long)}`,
    context: {
      's3:max-keys': `${'1'.repeat(long)}x`,
      'aws:SourceIp': ':'.repeat(long),
      'aws:CurrentTime': '1'.repeat(long),
    },
  };
  const statement = {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: [`arn:aws:s3:::b/${'${'.repeat(long)}`, `arn:aws:s3:::b/${"${a, '".repeat(long)}`, '*'],
    Condition: {
      NumericNotEquals: { 's3:max-keys': '1' },
      NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
      DateNotEquals: { 'aws:CurrentTime': '2026-01-01' },
    },
  };
  const started = performance.now();
  const document = { Version: '2012-10-17', Statement: statement };
  expect(decide({ request, policies: { identity: [{ name: 'p', document }] } }).decision).toBe('allowed');
  validatePolicy(document, 'identity');
  expect(performance.now() - started).toBeLessThan(3000);
});

describe('wildcards', () => {
  /** The obvious way: try every length for a star. */
  function slowMatch(pattern: readonly string[], value: readonly string[]): boolean {
    const [first, ...rest] = pattern;
    if (first === undefined) return value.length === 0;
    if (first === '*') {
      for (let taken = 0; taken <= value.length; taken++)
        if (slowMatch(rest, value.slice(taken))) return true;
      return false;
    }
    return value.length > 0 && (first === '?' || first === value[0]) && slowMatch(rest, value.slice(1));
  }

  it('match like a slow, obvious matcher', () => {
    const pattern = fc.array(fc.constantFrom('a', 'b', '*', '?', '😀'), { maxLength: 7 });
    const value = fc.array(fc.constantFrom('a', 'b', '😀'), { maxLength: 7 });
    fc.assert(
      fc.property(pattern, value, (p, v) => {
        expect(wildcardMatch(p.join(''), v.join(''))).toBe(slowMatch(p, v));
      }),
      { numRuns: 3000 },
    );
  });

  it('find the same statement among many as by going through them all', () => {
    const part = fc
      .array(fc.constantFrom('a', 'b', '/', '*', '?', ':'), { maxLength: 5 })
      .map((all) => all.join(''));
    const pattern = fc.tuple(
      fc.constantFrom('arn:aws:s3:::', 'arn:aws:*:::', 'arn:aws:s3:*', 'arn:aws:s3:*:*:'),
      part,
    );
    const key = fc
      .array(fc.constantFrom('a', 'b', '/', ':'), { minLength: 1, maxLength: 5 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 15, maxLength: 30 }), key, (patterns, name) => {
        const all = patterns
          .map((one) => one.join(''))
          .map((one) => (one.split(':').length < 6 && !one.endsWith('*') ? `${one}*` : one));
        const statements = all.map((resource) => ({
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: resource,
        }));
        const request = {
          principal: 'arn:aws:iam::111122223333:user/u',
          action: 's3:GetObject',
          resource: `arn:aws:s3:::${name}`,
        };
        const decision = decide({
          request,
          policies: {
            identity: [{ name: 'many', document: { Version: '2012-10-17', Statement: statements } }],
          },
        });
        const first = all.findIndex((resource) => wildcardMatch(resource, request.resource));
        expect(decision.statement).toBe(first < 0 ? null : first);
      }),
      { numRuns: 300 },
    );
  });
});

it('reads as JSON what JSON.parse reads', () => {
  const pieces = fc.array(
    fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-', 'null', ' ', '\n', '"\\u00"', '1e5', '01'),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        pieces.map((all) => all.join('')),
      ),
      (text) => {
        let sound = true;
        try {
          JSON.parse(text);
        } catch {
          sound = false;
        }
        expect('message' in readJson(text)).toBe(!sound);
      },
    ),
    { numRuns: 1000 },
  );
});
