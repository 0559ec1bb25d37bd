import type { World } from '../cloud/world.ts';
import { openSession } from '../shell/index.ts';
import type { Session } from '../shell/session.ts';
import { doInSession, doStep } from './author-run.ts';
import type { CompiledScenario } from './content.ts';
import type { PathProblem } from './path-problem.ts';
import { startMoment } from './player-context.ts';
import type { ContentPath } from './problem.ts';

/** What an id may be made of, in a text or within an ARN. */
const TOKEN = /[A-Za-z0-9][\w-]{6,}\w/g;

/**
 * How the ids look that a world draws: a key or unique id; what begins with a kind and a hyphen, such as `p-` or `vpce-`;
 * a UUID; and the ends of a secret's ARN and of a role that Identity Center made.
 */
const ID =
  /^A[A-Z]{3}[A-Z2-7]{16,17}$|^(?:i|iip-assoc|vpce?|subnet|eni|[ahopr]|ou|car|d|ps|ssoins)-[0-9a-z-]{4,}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$|-(?=\w*[A-Z0-9])[A-Za-z0-9]{6}$|_[0-9a-f]{16}$/;

/**
 * Ids in a scenario's file that its world draws from the seed: with another seed they would be others, so whatever
 * names one holds by chance. `file` is the scenario as its author wrote it.
 */
export function drawnIds(scenario: CompiledScenario, file: unknown): readonly PathProblem[] {
  const { seed, ...world } = scenario.world;
  const chosen = new Set(textsIn(world, []).flatMap(({ path, text }) => tokensIn(`${path.at(-1)} ${text}`)));
  const written = textsIn(file, []).map(({ path, text }) => ({
    path,
    ids: tokensIn(text).filter((token) => ID.test(token) && !chosen.has(token)),
  }));
  // Most authors choose all that they name.
  if (written.every(({ ids }) => ids.length === 0)) return [];
  const made = idsMade(scenario);
  const others = idsMade({ ...scenario, world: { ...world, seed: `not ${seed}` } });
  return written.flatMap(({ path, ids }) => {
    const drawn = ids.find((id) => made.has(id) && !others.has(id));
    if (drawn === undefined) return [];
    return [{ path, text: drawn, what: `The id \`${drawn}\` is drawn by the world.`, mend: MEND }];
  });
}

function tokensIn(text: string): readonly string[] {
  return [...text.matchAll(TOKEN)].map(([token]) => token);
}

const MEND =
  'Choose it: most things of a world take an `id`, and a user `accessKeys: [AKIA…]`.\nFor what is made in play, a line has placeholders: see the README of the scenarios.';

/** Whatever may be an id in the worlds of the author's run, of each alternative and of each near miss. */
function idsMade(scenario: CompiledScenario): ReadonlySet<string> {
  const tokens = new Set<string>();
  const seen = new Set<object>();
  let session = openSession(startMoment(scenario));
  for (const step of scenario.steps) {
    const others = step.kind === 'task' ? [...step.alternatives, ...step.nearMisses] : [];
    for (const { run } of others) collect(doInSession(session, run), tokens, seen);
    session = doStep(session, step);
  }
  collect(session, tokens, seen);
  return tokens;
}

/** Moments share what did not change between them: it is looked at once. */
function collect({ moments, now }: Session, tokens: Set<string>, seen: Set<object>): void {
  for (const { world } of [...moments, now]) {
    // What was asked for is no evidence that it is there.
    const { trail: _trail, ...rest } = world satisfies World;
    collectFrom(rest, tokens, seen);
  }
}

function collectFrom(value: unknown, tokens: Set<string>, seen: Set<object>): void {
  if (typeof value === 'string') {
    for (const token of tokensIn(value)) tokens.add(token);
  }
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  // A policy names what its author wrote, whether it is there or not.
  if ('Statement' in value) return;
  for (const [key, inner] of Object.entries(value)) {
    collectFrom(key, tokens, seen);
    collectFrom(inner, tokens, seen);
  }
}

function textsIn(
  value: unknown,
  path: ContentPath,
): readonly { readonly path: ContentPath; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const list = Array.isArray(value);
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, list ? Number(key) : key]));
}
