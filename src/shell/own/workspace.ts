import { columns } from '../aws/help.ts';
import { PLACES } from '../edit/places.ts';
import { type Files, fileName, readFile, writeProblem } from '../files.ts';
import { nearest } from '../nearest.ts';
import { type OwnCommand, saying } from './result.ts';

/** `ls`: the files of the workspace. */
export const ls: OwnCommand = {
  usage: 'ls',
  summary: 'List the files of the workspace',
  run({ session }) {
    const names = Object.keys({ ...session.logs, ...session.now.files }).sort();
    return saying(session, names.length === 0 ? 'The workspace has no files yet.' : names.join('\n'));
  },
};

/** `cat <file>`: what is in a file. */
export const cat: OwnCommand = {
  usage: 'cat <file>',
  summary: 'Show a file of the workspace',
  run({ session, words }) {
    const [name, more] = words;
    if (name === undefined || more !== undefined) {
      return saying(session, "Which file? For example 'cat policy.json'. `ls` lists the files.", 1);
    }
    const files = { ...session.logs, ...session.now.files };
    const content = readFile(files, name);
    return content === undefined
      ? saying(session, `cat: ${name}: No such file or directory${nearFile(name, files)}`, 1)
      : saying(session, content);
  },
};

/** `edit <file>`: opens a file, or a new one, in an editor. A policy of the world is opened by `editPlan`. */
export const edit: OwnCommand = {
  usage: 'edit <file or policy>',
  summary: 'Write a file of the workspace, or a policy of the account, in an editor',
  details: editDetails(),
  run({ session, words }) {
    const [path, more] = words;
    if (path === undefined || more !== undefined) {
      return saying(
        session,
        "Which file or policy? For example 'edit policy.json', a new name makes a new file. `help edit` says more.",
        1,
      );
    }
    const name = fileName(path);
    const problem = writeProblem(name);
    return problem === null
      ? saying(session, '', 0, { kind: 'edit-file', name })
      : saying(session, problem, 1);
  },
};

function editDetails(): string {
  const places = Object.entries(PLACES).map(
    ([place, { spelling, what }]) => [`${place}/${spelling}`, what] as const,
  );
  return `A file of the workspace comes first. Policies are opened by name or ARN, such as
'edit bucket/logs':
${columns(places)}
Saving sends the AWS command that puts the policy back, as who you are.`;
}

function nearFile(name: string, files: Files): string {
  const near = nearest(fileName(name), Object.keys(files));
  return near.length === 0 ? '' : `\nMaybe you meant: ${near.join(', ')}`;
}
