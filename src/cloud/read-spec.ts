import type { PolicyDocument } from '../iam/request.ts';
import { nearest } from '../iam/spelling.ts';
import { type DocumentUse, documentProblem } from './documents.ts';
import { awsManagedPolicies } from './managed-policies.ts';
import { own } from './own.ts';
import type { Account, World } from './world.ts';
import type { DocumentSpec, SpecProblem } from './world-spec.ts';

export type SpecPath = SpecProblem['path'];

/** Problems found so far. Reading goes on after one, so that an author sees them all at once. */
export class Problems {
  readonly list: SpecProblem[] = [];

  add(path: SpecPath, message: string): void {
    this.list.push({ path, message });
  }
}

/** What is meant by a reference that leads nowhere, and which names there are. */
export function noSuchThing(kind: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== null) {
    return `There is no ${kind} ${name}. Did you mean ${meant}?`;
  }
  const names = known.length === 0 ? 'There are none' : `There is: ${known.join(', ')}`;
  return `There is no ${kind} ${name}. ${names}.`;
}

/** True when a reference leads somewhere; otherwise a problem that says what may have been meant. */
export function refersTo(
  problems: Problems,
  path: SpecPath,
  kind: string,
  name: string,
  record: Readonly<Record<string, unknown>>,
): boolean {
  const found = Object.hasOwn(record, name);
  if (!found) {
    problems.add(path, noSuchThing(kind, name, Object.keys(record)));
  }
  return found;
}

/** ARN of a managed policy called by name or ARN, the account's own first; null after a problem. */
export function managedPolicyArn(
  problems: Problems,
  path: SpecPath,
  account: Account,
  name: string,
): string | null {
  const known = [...Object.values(account.policies), ...Object.values(awsManagedPolicies)];
  const found =
    own(account.policies, name) ?? own(awsManagedPolicies, name) ?? known.find((each) => each.name === name);
  if (found === undefined) {
    problems.add(
      path,
      noSuchThing(
        'managed policy',
        name,
        known.map((each) => each.name),
      ),
    );
  }
  return found?.arn ?? null;
}

const NOTHING: PolicyDocument = { Version: '2012-10-17', Statement: [] };

/** A document as YAML or JSON gave it, or parsed from text. After a problem, one that grants nothing. */
export function readDocumentSpec(problems: Problems, path: SpecPath, spec: DocumentSpec): PolicyDocument {
  if (typeof spec !== 'string') {
    return spec;
  }
  try {
    const value: unknown = JSON.parse(spec);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ...value };
    }
    problems.add(path, 'A policy is a JSON object with Version and Statement.');
  } catch (error) {
    problems.add(path, `This policy is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return NOTHING;
}

/** Adds what AWS would have against a document, once everything it may name is in the world. */
export function checkDocument(
  problems: Problems,
  path: SpecPath,
  world: World,
  document: PolicyDocument,
  use: DocumentUse,
): void {
  const error = documentProblem(world, document, use)?.error;
  if (error) {
    problems.add(path, [error.message, error.advice].filter(Boolean).join(' '));
  }
}
