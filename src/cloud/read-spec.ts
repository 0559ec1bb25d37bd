import type { Draft } from 'immer';
import { isObject } from '../iam/problem.ts';
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

/**
 * What the readers of services share: the world being filled, and the problems found. Documents are checked last,
 * since they may name what comes later.
 */
export class SpecReader {
  readonly world: Draft<World>;
  readonly #problems: Problems;
  readonly #checks: (() => void)[] = [];
  readonly #ids = new Set<string>();

  constructor(problems: Problems, world: Draft<World>) {
    this.#problems = problems;
    this.world = world;
  }

  problem(path: SpecPath, message: string): void {
    this.#problems.add(path, message);
  }

  /** Calls it once everything is in the world. */
  later(check: () => void): void {
    this.#checks.push(check);
  }

  /** Makes the checks that had to wait. */
  finish(): void {
    for (const check of this.#checks) {
      check();
    }
  }

  /** True when a reference leads somewhere; otherwise a problem that says what may have been meant. */
  refersTo(path: SpecPath, kind: string, name: string, record: Readonly<Record<string, unknown>>): boolean {
    const found = Object.hasOwn(record, name);
    if (!found) {
      this.problem(path, noSuchThing(kind, name, Object.keys(record)));
    }
    return found;
  }

  /** ARN of a managed policy called by name or ARN, the account's own first; null after a problem. */
  managedPolicyArn(path: SpecPath, account: Account, name: string): string | null {
    const known = [...Object.values(account.policies), ...Object.values(awsManagedPolicies)];
    const found =
      own(account.policies, name) ??
      own(awsManagedPolicies, name) ??
      known.find((each) => each.name === name);
    if (found === undefined) {
      const names = known.map((each) => each.name);
      this.problem(path, noSuchThing('managed policy', name, names));
    }
    return found?.arn ?? null;
  }

  /**
   * The id that an author gives, or else the drawn one. One is drawn either way, so that choosing an id leaves all
   * others as they were. `path` is the thing's.
   */
  chosenId(path: SpecPath, given: string | undefined, drawn: string, ...field: SpecPath): string {
    const id = given ?? drawn;
    if (this.#ids.has(id)) {
      this.problem(
        [...path, ...(field.length > 0 ? field : ['id'])],
        `${id} is the id of something else already. Each is there once.`,
      );
    }
    this.#ids.add(id);
    return id;
  }

  /** A document as YAML or JSON gave it, or parsed from text. After a problem, one that grants nothing. */
  document(path: SpecPath, spec: DocumentSpec, use: DocumentUse): PolicyDocument {
    const document = typeof spec === 'string' ? this.#parsed(path, spec) : spec;
    this.later(() => {
      const error = documentProblem(this.world, document, use)?.error;
      if (error) {
        const { message, advice } = error;
        this.problem(path, advice === undefined ? message : `${message.replace(/\.?$/, '.')} ${advice}`);
      }
    });
    return document;
  }

  #parsed(path: SpecPath, text: string): PolicyDocument {
    try {
      const value: unknown = JSON.parse(text);
      if (isObject(value)) {
        return { ...value };
      }
      this.problem(path, 'A policy is a JSON object with Version and Statement.');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.problem(path, `This policy is not JSON: ${reason}`);
    }
    return { Version: '2012-10-17', Statement: [] };
  }
}

/** Names told at most of those there are. */
const MOST_NAMED = 12;

/** What is meant by a reference that leads nowhere, and which names there are. */
export function noSuchThing(kind: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== null) {
    return `There is no ${kind} ${name}. Did you mean ${meant}?`;
  }
  const more = known.length > MOST_NAMED ? ` and ${known.length - MOST_NAMED} more` : '';
  const named = known.slice(0, MOST_NAMED).join(', ');
  const names = known.length === 0 ? 'There are none' : `There is: ${named}${more}`;
  return `There is no ${kind} ${name}. ${names}.`;
}

/** Entries of a part that may have been left out. */
export function entries<T>(
  record: Readonly<Record<string, T>> | undefined,
): readonly (readonly [string, T])[] {
  return Object.entries(record ?? {});
}
