import { columns } from '../aws/help.ts';
import { as } from './as.ts';
import { load, log, save } from './log.ts';
import { type OwnCommand, saying } from './result.ts';
import { trail } from './trail.ts';
import { redo, reset, undo } from './undo.ts';
import { wait } from './wait.ts';
import { whoami } from './whoami.ts';
import { why } from './why.ts';
import { cat, edit, ls } from './workspace.ts';

const help: OwnCommand = {
  usage: 'help [command]',
  summary: 'This list',
  run({ session, words }) {
    const [name] = words;
    const command = name === undefined ? null : ownCommand(name);
    return saying(session, command === null ? helpText() : `${command.usage}\n  ${command.summary}`);
  },
};

const clear: OwnCommand = {
  usage: 'clear',
  summary: 'Empty the screen of this prompt',
  run: ({ session }) => saying(session, '', 0, { kind: 'clear' }),
};

/** The prompt's own commands, in the order in which `help` shows them. */
export const OWN_COMMANDS: ReadonlyMap<string, OwnCommand> = new Map(
  Object.entries({
    as,
    whoami,
    why,
    trail,
    wait,
    undo,
    redo,
    reset,
    log,
    save,
    load,
    ls,
    cat,
    edit,
    clear,
    help,
  }),
);

/** An own command by name; null when there is none. */
export function ownCommand(name: string): OwnCommand | null {
  return OWN_COMMANDS.get(name) ?? null;
}

function helpText(): string {
  const rows = [...OWN_COMMANDS.values()].map(({ usage, summary }) => [usage, summary] as const);
  return `${columns([['aws <service> <operation>', 'As at work; `aws help` lists what is simulated'], ...rows])}
A value may come from a file of the workspace: --policy-document file://policy.json`;
}
