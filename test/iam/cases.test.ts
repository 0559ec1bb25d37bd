import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AuthorizationInput, authorize, isRefusal } from '../../src/iam/index.ts';

/** One rule of AWS, with the page it comes from, and what it means for one request. */
interface Case extends AuthorizationInput {
  readonly description: string;
  readonly source: string;
  readonly error?: { readonly kind: string; readonly path: string };
}

const EXPECTED = [
  'decision',
  'decidedBy',
  'policy',
  'statement',
  'alsoBlockedBy',
  'missingContext',
  'message',
];
const folder = join(import.meta.dirname, 'cases');

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const cases: readonly (Case & Record<string, unknown>)[] = JSON.parse(
    readFileSync(join(folder, file), 'utf8'),
  );
  describe(file, () => {
    it.each(cases)('$description', ({ request, policies, facts, ...rest }) => {
      const answer = authorize({
        request,
        ...(policies === undefined ? {} : { policies }),
        ...(facts === undefined ? {} : { facts }),
      });
      if (rest.error !== undefined) {
        expect(isRefusal(answer) ? answer.error : answer).toMatchObject(rest.error);
        return;
      }
      const wanted = Object.entries(rest).filter(([name]) => EXPECTED.includes(name));
      const found: unknown = isRefusal(answer) ? answer : JSON.parse(JSON.stringify(answer));
      expect(found).toMatchObject(Object.fromEntries(wanted));
      expect(rest.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    });
  });
}

it('has cases for every rule', () => {
  const count = readdirSync(folder).reduce(
    (sum, file) => sum + JSON.parse(readFileSync(join(folder, file), 'utf8')).length,
    0,
  );
  expect(count).toBeGreaterThanOrEqual(300);
});
