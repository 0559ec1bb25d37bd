import { answerRowEnd } from '../shell/index.ts';

/**
 * Splits what an author wrote into commands, as a shell would: a command ends with its line, unless the line ends
 * in a backslash or a quote is still open. Rows `> answer` below a command answer what it asks and belong to it. Blank
 * lines and comments are left out.
 */
export function splitCommands(run: string): readonly string[] {
  const commands: string[] = [];
  let command = '';
  let quote: string | null = null;
  const finish = (): void => {
    if (command.trim() !== '' && !command.trim().startsWith('#')) commands.push(command.trim());
    command = '';
  };
  for (let at = 0; at < run.length; at++) {
    const char = run.charAt(at);
    const answerEnd = quote === null && char === '\n' ? answerRowEnd(run, at + 1) : null;
    if (answerEnd !== null && command.trim() !== '') {
      command = `${command.trimEnd()}\n${run.slice(at + 1, answerEnd).trim()}`;
      at = answerEnd - 1;
    } else if (quote === null && char === '\n') {
      finish();
    } else if (quote === null && char === '\\' && /^\\\r?\n/.test(run.slice(at, at + 3))) {
      at = run.indexOf('\n', at);
      command = `${command.trimEnd()} `;
      while (run.charAt(at + 1) === ' ') at += 1;
    } else if (char === '\\' && quote !== "'") {
      command += run.slice(at, at + 2);
      at += 1;
    } else {
      if (quote === null && (char === "'" || char === '"')) quote = char;
      else if (char === quote) quote = null;
      command += char;
    }
  }
  finish();
  return commands;
}
