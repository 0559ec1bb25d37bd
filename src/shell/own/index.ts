import { as } from './as.ts';
import { curl } from './curl.ts';
import { diff } from './diff.ts';
import { env, exportVariables, unsetVariables } from './environment.ts';
import { helpWith } from './help.ts';
import { imds } from './imds.ts';
import { load, log, save } from './log.ts';
import { mfa } from './mfa.ts';
import { push } from './push.ts';
import { type OwnCommand, saying } from './result.ts';
import { token } from './token.ts';
import { trail } from './trail.ts';
import { redo, reset, undo } from './undo.ts';
import { wait } from './wait.ts';
import { whoCan } from './who-can.ts';
import { whoami } from './whoami.ts';
import { why } from './why.ts';
import { cat, edit, ls } from './workspace.ts';

const clear: OwnCommand = {
  usage: 'clear',
  summary: 'Empty the screen of this prompt',
  run: ({ session }) => saying(session, '', 0, { kind: 'clear' }),
};

/** The prompt's own commands, in the order in which `help` shows them. */
export const OWN_COMMANDS: ReadonlyMap<string, OwnCommand> = new Map(
  Object.entries({
    ...{ as, whoami, why, 'who-can': whoCan, trail, diff, wait },
    ...{ undo, redo, reset, log, save, load },
    ...{ ls, cat, edit, env, imds, curl, mfa, token, push, clear },
    export: exportVariables,
    unset: unsetVariables,
    help: helpWith(() => OWN_COMMANDS),
  }),
);

/** An own command by name; null when there is none. */
export function ownCommand(name: string): OwnCommand | null {
  return OWN_COMMANDS.get(name) ?? null;
}
