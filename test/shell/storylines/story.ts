import { expect, it } from 'vitest';
import { buildWorld, type Examination, findActor } from '../../../src/cloud/index.ts';
import type { DocumentSpec, WorldSpec } from '../../../src/cloud/world-spec.ts';
import type { Layer } from '../../../src/iam/decision.ts';
import {
  eventInspection,
  openSession,
  restore,
  runLine,
  save,
  type Turn,
  writeFile,
} from '../../../src/shell/index.ts';

/** The world of a storyline; clock and seed have defaults. */
export type StoryWorld = Omit<WorldSpec, 'clock' | 'seed'>;

/** What a storyline is told with. */
export interface Teller {
  /** Somebody sits down and types a line; what came back is asserted next. */
  readonly at: (who: string, line: string) => Came;
  /** A file is written with an editor. Policies may be written as objects. */
  readonly file: (name: string, content: DocumentSpec) => void;
}

/** Text that must stand in what came back; several may. */
type Texts = readonly (string | RegExp)[];

/**
 * A test that plays one storyline at the prompt. In the end its log, played again from the start, must lead to the
 * same world.
 */
export function storyline(title: string, world: StoryWorld, tell: (teller: Teller) => void): void {
  it(title, () => {
    const built = buildWorld({ clock: '2026-03-02T09:00:00Z', seed: title, ...world });
    if ('problems' in built) throw new Error(JSON.stringify(built.problems, null, 2));
    const [account = ''] = Object.keys(built.world.accounts);
    const start = { world: built.world, actor: { kind: 'root', account } as const, files: {} };
    let session = openSession(start);
    tell({
      at(who, line) {
        const actor = findActor(session.now.world, who);
        if (actor === undefined) throw new Error(`Nobody is called ${who}, who should type: ${line}`);
        const turn = runLine(session, line, actor);
        session = turn.session;
        return new Came(`${who}: ${line}`, turn);
      },
      file(name, content) {
        const text = typeof content === 'string' ? content : JSON.stringify(content);
        session = writeFile(session, name, text);
      },
    });
    expect(restore(save(session), start).now).toEqual(session.now);
  });
}

/** What came back on a line. */
export class Came {
  readonly #title: string;
  readonly #turn: Turn;

  constructor(title: string, turn: Turn) {
    this.#title = title;
    this.#turn = turn;
  }

  get output(): string {
    return this.#turn.output.trim();
  }

  /** It worked. */
  works(...texts: Texts): this {
    expect(this.#turn.exit, this.#said).toBe(0);
    return this.#shows(texts);
  }

  /** It ended with this exit code, before AWS was asked or after. */
  shows(exit: number, ...texts: Texts): this {
    expect(this.#turn.exit, this.#said).toBe(exit);
    return this.#shows(texts);
  }

  /** It printed nothing like this. */
  hides(text: string): this {
    expect(this.output, this.#title).not.toContain(text);
    return this;
  }

  /** What it printed, such as an ARN asked for with `--query … --output text`. */
  text(): string {
    return this.works().output;
  }

  /** What it printed, read as JSON. */
  json(): Record<string, unknown> {
    return JSON.parse(this.text());
  }

  /** Nobody allowed it: this layer, which had to, is silent. */
  implicitlyDenied(by: Layer, ...texts: Texts): this {
    return this.#denied('implicit-deny', by, texts);
  }

  /** A statement in this layer says no. */
  explicitlyDenied(by: Layer, ...texts: Texts): this {
    return this.#denied('explicit-deny', by, texts);
  }

  /** Who asked was allowed to, or nobody was asked, and AWS answered with this error. */
  fails(code: string, ...texts: Texts): this {
    expect(this.#answer, this.#said).toBe('failed');
    return this.#shows([`(${code})`, ...texts]);
  }

  /** AWS did not accept the credentials: no policy was looked at. */
  rejected(code: string, ...texts: Texts): this {
    expect(this.#answer, this.#said).toBe('rejected');
    expect(this.#inspected.kind).toBe('rejected');
    return this.#shows([code, ...texts]);
  }

  /** There were no credentials, so nothing was sent. */
  neverSent(): this {
    expect(this.#answer, this.#said).toBe('not-sent');
    expect(this.#turn.exit).toBe(253);
    return this.#shows(['Unable to locate credentials']);
  }

  /** The prompt itself said no: an exit code of its own. */
  refused(...texts: Texts): this {
    expect(this.#turn.exit, this.#said).not.toBe(0);
    expect(this.#turn.attempts).toEqual([]);
    return this.#shows(texts);
  }

  /** The layer that granted the last permission that was checked. */
  grantedBy(layer: Layer): this {
    const inspected = this.works().#inspected;
    const granted = inspected.kind === 'examined' ? inspected.checks.at(-1)?.decision : undefined;
    expect(granted, this.#said).toMatchObject({ decision: 'allowed', decidedBy: layer });
    return this;
  }

  #denied(decision: string, by: Layer, texts: Texts): this {
    expect(this.#answer, this.#said).toBe('denied');
    const inspected = this.#inspected;
    const denied =
      inspected.kind === 'examined'
        ? inspected.checks.find((check) => check.decision.decision !== 'allowed')?.decision
        : undefined;
    expect(denied, this.#said).toMatchObject({ decision, decidedBy: by });
    return this.#shows(texts);
  }

  #shows(texts: Texts): this {
    for (const text of texts) {
      if (typeof text === 'string') expect(this.output, this.#title).toContain(text);
      else expect(this.output, this.#title).toMatch(text);
    }
    return this;
  }

  get #said(): string {
    return `${this.#title}\n${this.#turn.output}\n`;
  }

  get #answer(): string | undefined {
    return this.#turn.attempts.at(-1)?.answer.kind;
  }

  get #inspected(): Examination {
    const answer = this.#turn.attempts.at(-1)?.answer;
    const event = answer !== undefined && 'event' in answer ? answer.event : 0;
    const inspected = eventInspection(this.#turn.session, event);
    if (inspected === undefined) throw new Error(`No event of the trail came of this line. ${this.#said}`);
    return inspected;
  }
}

/** A policy document of these statements. */
export function policy(...statements: readonly Record<string, unknown>[]) {
  return { Version: '2012-10-17', Statement: statements };
}

export function allow(Action: string | readonly string[], Resource: string | readonly string[] = '*') {
  return { Effect: 'Allow', Action, Resource };
}

export function deny(Action: string | readonly string[], Resource: string | readonly string[] = '*') {
  return { Effect: 'Deny', Action, Resource };
}

/** A trust policy: who may assume a role. */
export function trusts(Principal: unknown, rest: Record<string, unknown> = {}) {
  return policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...rest });
}

export const EC2 = { Service: 'ec2.amazonaws.com' };
export const LAMBDA = { Service: 'lambda.amazonaws.com' };
