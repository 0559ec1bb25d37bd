import { columns, operationCount } from '../aws/help.ts';
import { awsHelp, COMMANDS, operationsCalled } from '../aws/index.ts';
import { nearest } from '../nearest.ts';
import { S3_COMMANDS } from '../s3/index.ts';
import type { Session } from '../session.ts';
import { type OwnCommand, type OwnResult, saying } from './result.ts';

type OwnCommands = ReadonlyMap<string, OwnCommand>;

/** `help [command]`: the commands of this prompt, or one of them, or one of `aws`. */
export function helpWith(ownCommands: () => OwnCommands): OwnCommand {
  return {
    usage: 'help [command]',
    summary: 'This list; or what one command does, such as `help why` or `help create-user`',
    run({ session, words }) {
      const own = ownCommands();
      const [name, ...rest] = words[0] === 'aws' && words.length > 1 ? words.slice(1) : words;
      if (name === undefined) return saying(session, helpText(own));
      if (name === 'aws') return ofAws(session, []);
      const command = own.get(name);
      if (command !== undefined) return saying(session, ofOwn(command));
      if (COMMANDS.has(name) || ['s3', 'configure', 'sso'].includes(name))
        return ofAws(session, [name, ...rest]);
      const called = operationsCalled(name);
      const [only] = called;
      if (only !== undefined && called.length === 1) return ofAws(session, only);
      return unknown(
        session,
        name,
        called.length > 0 ? called.map((each) => each.join(' ')) : near(own, name),
      );
    },
  };
}

function ofOwn({ usage, summary, details }: OwnCommand): string {
  const more = details === undefined ? '' : `\n\n${details}`;
  return `${usage}\n  ${summary}${more}`;
}

/** What `aws … help` prints. */
function ofAws(session: Session, words: readonly string[]): OwnResult {
  const { output, exit } = awsHelp(words, session.now);
  return saying(session, output, exit);
}

function near(own: OwnCommands, name: string): readonly string[] {
  const operations = [...COMMANDS.values()].flatMap((commands) => [...commands.keys()]);
  return nearest(name, [
    ...own.keys(),
    'aws',
    'configure',
    'sso',
    ...COMMANDS.keys(),
    ...S3_COMMANDS,
    ...operations,
  ]);
}

function unknown(session: Session, name: string, meant: readonly string[]): OwnResult {
  const advice =
    meant.length === 0 ? '' : `\nMaybe you meant:\n${meant.map((each) => `  help ${each}`).join('\n')}`;
  return saying(
    session,
    `help: there is no command called ${name}.${advice}\nType 'help' to see what there is.`,
    1,
  );
}

function helpText(own: OwnCommands): string {
  const rows = [...own.values()].map(({ usage, summary }) => [usage, summary] as const);
  const aws = `As at work: ${operationCount(COMMANDS)} operations, which \`aws help\` lists`;
  return `${columns([['aws <service> <operation>', aws], ...rows])}
A value may come from a file: --policy-document file://policy.json`;
}
