import { jsonObject } from '../../cloud/json-object.ts';
import type { AuthorLine, TaskStep } from '../content.ts';
import type { PathProblem } from '../path-problem.ts';
import type { ContentPath } from '../problem.ts';
import { textInJson } from '../yaml-place.ts';

type Document = Readonly<Record<string, unknown>>;

/** A policy that a solution puts somewhere. */
export interface SolutionPolicy {
  readonly document: Document;
  /** The text it stands in as JSON, and where that is in the scenario's file. */
  readonly json: string;
  readonly path: ContentPath;
  /** The solution with another document in its place. */
  readonly solutionWith: (document: Document) => readonly AuthorLine[];
}

/** Where a part of a policy stands, by its path in the document. */
export function placeIn(
  { json, path }: SolutionPolicy,
  part: ContentPath,
): Pick<PathProblem, 'path' | 'text'> {
  // A file's own text is followed by the path; of a command, only the piece of text can be looked for.
  if (path.at(-1) !== 'run') return { path: [...path, ...part] };
  const text = textInJson(json, part);
  return text === null ? { path } : { path, text };
}

/**
 * Every policy of a task's solution: in files it writes, in the JSON of its commands, and in files of the workspace
 * that its commands read. `path` is the task's.
 */
export function policiesOf(
  { solution }: TaskStep,
  files: Readonly<Record<string, string>>,
  path: ContentPath,
): readonly SolutionPolicy[] {
  const written = new Set(solution.flatMap((line) => (line.kind === 'file' ? [line.name] : [])));
  const own = policiesInLines(solution, [...path, 'solution']);
  const read = solution.flatMap((line) =>
    line.kind === 'line' ? [...line.run.matchAll(/file:\/\/([\w.-]+)/g)].map(([, name = '']) => name) : [],
  );
  const inWorkspace = [...new Set(read)]
    .filter((name) => !written.has(name) && Object.hasOwn(files, name))
    .flatMap((name) =>
      inFile({ kind: 'file', name, content: files[name] ?? '' }, ['files', name], (put) => [
        put,
        ...solution,
      ]),
    );
  return [...own, ...inWorkspace];
}

/** Every policy that lines of an author hold: in files they write and in the JSON of commands. `path` is the lines'. */
export function policiesInLines(lines: readonly AuthorLine[], path: ContentPath): readonly SolutionPolicy[] {
  return lines.flatMap((line, index) => {
    const at: ContentPath = [...path, index];
    const solutionWith = (put: AuthorLine): readonly AuthorLine[] => lines.toSpliced(index, 1, put);
    return line.kind === 'file'
      ? inFile(line, [...at, 'write', 'content'], solutionWith)
      : inCommands(line, [...at, 'run'], solutionWith);
  });
}

type FileLine = Extract<AuthorLine, { kind: 'file' }>;
type CommandLine = Extract<AuthorLine, { kind: 'line' }>;

function inFile(
  line: FileLine,
  path: ContentPath,
  solutionWith: (put: AuthorLine) => readonly AuthorLine[],
): readonly SolutionPolicy[] {
  const document = policyIn(line.content);
  if (document === null) return [];
  return [
    {
      document,
      json: line.content,
      path,
      solutionWith: (put) => solutionWith({ ...line, content: JSON.stringify(put) }),
    },
  ];
}

function inCommands(
  line: CommandLine,
  path: ContentPath,
  solutionWith: (put: AuthorLine) => readonly AuthorLine[],
): readonly SolutionPolicy[] {
  return [...line.run.matchAll(/'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"/g)].flatMap(
    ({ 0: quoted, 1: plain, 2: escaped, index }) => {
      const json = plain ?? (escaped ?? '').replaceAll(/\\(["\\$`])/g, '$1');
      const inside = attributesIn(json);
      const text = inside === null ? json : inside.policy;
      const document = policyIn(text);
      if (document === null) return [];
      const around = [line.run.slice(0, index), line.run.slice(index + quoted.length)] as const;
      return [
        {
          document,
          json: text,
          path,
          solutionWith: (put) => {
            const written = JSON.stringify(put);
            const argument =
              inside === null ? written : JSON.stringify({ ...inside.attributes, Policy: written });
            return solutionWith({ ...line, run: around.join(`'${argument.replaceAll("'", "'\\''")}'`) });
          },
        },
      ];
    },
  );
}

/** Attributes of a queue or topic with a policy among them, as JSON: the policy is a text in it. */
function attributesIn(text: string): { readonly attributes: Document; readonly policy: string } | null {
  const attributes = jsonIn(text);
  const policy = attributes?.Policy;
  return attributes === null || typeof policy !== 'string' ? null : { attributes, policy };
}

function policyIn(text: string): Document | null {
  const value = jsonIn(text);
  return value !== null && 'Statement' in value ? value : null;
}

function jsonIn(text: string): Document | null {
  return text.includes('Statement') ? jsonObject(text) : null;
}
