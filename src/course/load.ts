import { buildWorld } from '../cloud/index.ts';
import type { SpecProblem } from '../cloud/world-spec.ts';
import { strayClaims } from './claim-references.ts';
import { claimsIn } from './claims.ts';
import type { CompiledLesson, CompiledScenario } from './content.ts';
import { characterName, findControlCharacter } from './control-characters.ts';
import { extendWorld, type Siblings } from './extend-world.ts';
import { fingerprint } from './hash.ts';
import { splitFrontMatter, splitPages } from './lesson-pages.ts';
import type { PathProblem } from './path-problem.ts';
import { documentProblems } from './policy-documents.ts';
import type { ContentProblem } from './problem.ts';
import { referenceProblems } from './references.ts';
import { compileScenario } from './scenario-file.ts';
import { lessonSchema, scenarioSchema, worldFileSchema } from './schema.ts';
import { schemaProblems } from './schema-problems.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** What is wrong with a file, in the order of its lines. */
export interface Faulty {
  readonly problems: readonly ContentProblem[];
}

/** A scenario and its source, with which later problems find their line. Only the scenario is kept. */
export interface ReadScenario {
  readonly scenario: CompiledScenario;
  readonly source: YamlSource;
}

/**
 * Reads a scenario file that came from anybody. It is data: nothing in it runs, and the only other file it may name
 * is one of its own folder, whose world it extends. `siblings` has those; without, there are none.
 */
export function readScenario(
  file: string,
  text: string,
  siblings: Siblings = () => null,
): ReadScenario | Faulty {
  const yaml = readYaml(file, withoutMark(text));
  if ('problems' in yaml) return yaml;
  const extended = extendWorld(yaml.source, (name) => {
    const found = siblings(name);
    return found === null ? null : withoutMark(found);
  });
  if ('problems' in extended) return extended;
  const { source, texts } = extended;
  const parsed = scenarioSchema.safeParse(source.value);
  if (!parsed.success) return inOrder(schemaProblems(source, parsed.error));
  const scenario = compileScenario(parsed.data, fingerprint([text, ...texts].join('\n')));
  const documents = documentProblems(scenario.world);
  if (documents.length > 0) return inOrder(documents.map((problem) => locate(source, problem)));
  const built = buildWorld(scenario.world);
  if ('problems' in built) {
    return inOrder(built.problems.map((problem) => locate(source, inWorld(problem))));
  }
  const problems = [...referenceProblems(scenario, built.world), ...strayClaims(source.value)];
  if (problems.length > 0) return inOrder(problems.map((problem) => locate(source, problem)));
  return { scenario, source };
}

/** Reads a lesson file that came from anybody: front matter, then pages of Markdown. */
export function readLesson(file: string, text: string): { readonly lesson: CompiledLesson } | Faulty {
  const clean = withoutMark(text);
  const control = findControlCharacter(clean);
  if (control >= 0) {
    const before = clean.slice(0, control).split('\n');
    return fault(file, before.length, (before.at(-1) ?? '').length + 1, {
      what: `There is a control character (${characterName(clean, control)}).`,
      mend: 'Delete it: terminals act on such characters.',
    });
  }
  const cut = splitFrontMatter(clean);
  if (cut === null) {
    return fault(file, 1, 1, {
      what: 'A lesson begins with its front matter.',
      mend: 'First line `---`, then `format: 1`, `id: …` and so on, then a line `---`.\nNotes that are no lesson go into a README.md, or into a file that ends in .txt.',
    });
  }
  const yaml = readYaml(file, cut.frontMatter, cut.frontMatterLine - 1);
  if ('problems' in yaml) return yaml;
  const parsed = lessonSchema.safeParse(yaml.source.value);
  if (!parsed.success) return inOrder(schemaProblems(yaml.source, parsed.error));
  const { id, title, order, minutes, summary, scenario, challenge, 'read-next': readNext } = parsed.data;
  const pages = splitPages(cut.body, title);
  if (pages.length === 0) {
    const line = clean.slice(0, clean.length - cut.body.length).split('\n').length;
    return fault(file, line, 1, {
      what: 'There are no pages.',
      mend: 'Write at least one below the front matter.',
    });
  }
  const [claim] = claimsIn(cut.body);
  if (claim !== undefined) {
    const before = clean.slice(0, clean.indexOf(claim.address, clean.length - cut.body.length)).split('\n');
    return fault(file, before.length, (before.at(-1) ?? '').length + 1, {
      what: 'A claim here cannot be held against a request.',
      mend: 'Move it to a step of the scenario, or write plain words.',
    });
  }
  const version = fingerprint(text);
  return {
    lesson: {
      id,
      title,
      order,
      minutes,
      summary,
      scenario,
      challenge: challenge ?? null,
      readNext: readNext ?? null,
      pages,
      version,
    },
  };
}

/** A problem at its line and column. */
export function locate(source: YamlSource, { path, what, mend, text }: PathProblem): ContentProblem {
  const place = text === undefined ? source.locate(path) : source.locateText(path, text);
  return { file: source.file, ...place, what, mend };
}

/** Problems in the order of a file's lines. */
export function inOrder(problems: readonly ContentProblem[]): Faulty {
  return { problems: [...problems].sort((a, b) => a.line - b.line || a.column - b.column) };
}

function fault(
  file: string,
  line: number,
  column: number,
  said: { readonly what: string; readonly mend: string },
): Faulty {
  return { problems: [{ file, line, column, ...said }] };
}

/** Reads a file that is no scenario, but a world that scenarios extend; what is in the world is read with them. */
export function readWorldFile(file: string, text: string): Faulty {
  const yaml = readYaml(file, withoutMark(text));
  if ('problems' in yaml) return yaml;
  const parsed = worldFileSchema.safeParse(yaml.source.value);
  return parsed.success ? { problems: [] } : inOrder(schemaProblems(yaml.source, parsed.error));
}

/** Some editors put a byte order mark in front. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** A policy's principal that is not in the world, as the world's message has it. */
const STRANGER = /arn:aws:iam::(\d{12}):(user|role)\/(?:[\w+=,.@-]+\/)*([\w+=,.@-]*[\w+=,@-])/;

/** A fault of the world by its place in the file; a principal who is not there, by its own. */
function inWorld({ path, message }: SpecProblem): PathProblem {
  const [arn, account, kind, name] = (/principal/i.test(message) && STRANGER.exec(message)) || [];
  const what = arn === undefined ? message : `There is no ${kind} ${name} in ${account}.`;
  return {
    path: ['world', ...path],
    what,
    mend: adviceFor(what),
    ...(arn === undefined ? {} : { text: arn }),
  };
}

/** What to do about a fault of the world that its message leaves open. */
function adviceFor(message: string): string {
  const isOpen = message.startsWith('There is no ') && !message.includes('Did you mean');
  return isOpen ? 'Declare it in the world, or mend the name.' : '';
}
