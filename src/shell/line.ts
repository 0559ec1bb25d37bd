import type { Actor } from '../cloud/actor.ts';
import type { InParts } from '../cloud/in-parts.ts';
import { readAnswered, withAnswer } from './answered-line.ts';
import { COMMANDS } from './aws/index.ts';
import { UNABLE } from './aws/usage.ts';
import { type Conversation, converse, questionText } from './conversation.ts';
import type { Files } from './files.ts';
import { record } from './history.ts';
import { withMachine } from './machine.ts';
import { nearest } from './nearest.ts';
import { OWN_COMMANDS, ownCommand } from './own/index.ts';
import { loadText } from './own/log.ts';
import { type OwnResult, saying } from './own/result.ts';
import type { Ending } from './plan.ts';
import { printable } from './printable.ts';
import type { Session, ShellEffect, Turn } from './session.ts';
import { splitWords } from './words.ts';

/** A shell's exit code for a line it cannot read. */
const SYNTAX = 2;
/** A shell's exit code for a command it does not have. */
const NOT_FOUND = 127;

/**
 * Runs one line at the prompt. `actor` runs this one line as somebody else and leaves the session's own actor
 * where they are. Never throws: what cannot be run says why, and changes nothing.
 */
export function runLine(session: Session, line: string, actor: Actor = session.now.actor): Turn {
  const { command: typed, answers } = readAnswered(line);
  const split = splitWords(typed);
  if (split.kind === 'problem') return turn(saying(session, split.message, SYNTAX));
  const [command, ...words] = split.words;
  if (command === undefined) return turn(saying(session, ''));
  const conversation = converse(split.words, session.now, actor, answers);
  if (conversation?.kind === 'asking') return stillAsking(session, typed, answers, conversation);
  const unasked = answers[conversation?.said.length ?? 0];
  if (unasked !== undefined) {
    return turn(saying(session, `Nothing asks for the answer '> ${unasked}'. Nothing was done.`, SYNTAX));
  }
  if (conversation !== null) return afterAws(session, line, actor, conversation);
  const own = ownCommand(command);
  return turn(
    own === null
      ? saying(session, unknownCommand(split.words), NOT_FOUND)
      : own.run({ session, actor, line, words }),
  );
}

/**
 * Runs a line that takes longer than a key should, a part at a time: it comes to what `runLine` gives. Null for a line
 * that is answered at once.
 */
export function lineInParts(session: Session, line: string): InParts<Turn> | null {
  const split = splitWords(line);
  const [command = '', ...words] = split.kind === 'problem' ? [] : split.words;
  const work = ownCommand(command)?.runInParts?.({ session, actor: session.now.actor, line, words });
  return work === undefined || work.next().done === true ? null : turnInParts(work);
}

function* turnInParts(work: InParts<OwnResult>): InParts<Turn> {
  return turn(yield* work);
}

/** Goes where a log file leads that was found outside the workspace. A file that cannot be played changes nothing. */
export function loadFile(session: Session, name: string, text: string): Turn {
  return turn(loadText(session, name, text));
}

function afterAws(
  session: Session,
  line: string,
  actor: Actor,
  { world, exchanges, said, ending }: Extract<Conversation, { kind: 'ended' }>,
): Turn {
  const { now } = session;
  const { machine, presigned } = ending;
  const files = filesAfter(now.files, ending);
  const changed = { ...now, world, files, ...(presigned === undefined ? {} : { presigned }) };
  const after = machine === undefined ? changed : withMachine(changed, actor, machine);
  const nothingDone =
    exchanges.length === 0 && machine === undefined && presigned === undefined && world === now.world;
  return {
    ...turn(saying(session, [...said, ending.output].join('\n'), ending.exit, effectOf(ending))),
    session: nothingDone ? session : record(session, { kind: 'line', actor, line }, after),
    attempts: exchanges.map(({ attempt }) => attempt),
  };
}

/** A line that has no answer to a question. Whoever has one runs it again with it; until then nothing was done. */
function stillAsking(
  session: Session,
  typed: string,
  answers: readonly string[],
  { said, question, refused }: Extract<Conversation, { kind: 'asking' }>,
): Turn {
  const why = refused?.problem ?? 'The line ends here, without an answer. Nothing was done.';
  const output = [...said, questionText(question, refused?.answer ?? ''), why].join('\n');
  return {
    ...turn(saying(session, output, UNABLE)),
    asks: {
      line: answers.slice(0, said.length).reduce(withAnswer, typed),
      said: printable(said.join('\n')),
      before: printable(question.before ?? ''),
      question: printable(question.question),
      advice: question.advice ?? '',
      isHidden: question.isHidden ?? false,
      choices: question.choices ?? [],
      problem: refused === null ? null : printable(refused.problem),
    },
  };
}

function effectOf({ policy }: Ending): ShellEffect {
  return policy === undefined ? { kind: 'none' } : { kind: 'edit-policy', policy };
}

function filesAfter(files: Files, { written = {}, removed = [] }: Ending): Files {
  if (Object.keys(written).length + removed.length === 0) return files;
  const kept = Object.entries({ ...files, ...written }).filter(([name]) => !removed.includes(name));
  return Object.fromEntries(kept);
}

function turn(result: OwnResult): Turn {
  return { ...result, output: printable(result.output).replace(/\n+$/, ''), attempts: [], asks: null };
}

function unknownCommand(words: readonly string[]): string {
  const [command = ''] = words;
  const meant = meantInstead(words);
  const advice = meant.length === 0 ? '' : `\nMaybe you meant: ${meant.join(', ')}`;
  return `${command}: there is no such command at this prompt.${advice}\nType 'help' to see what there is.`;
}

const EDITORS = ['vi', 'vim', 'nano', 'emacs', 'code'];

/** What a line with an unknown first word was probably meant to be. */
function meantInstead([command = '', ...rest]: readonly string[]): readonly string[] {
  const line = rest.join(' ').slice(0, 60);
  if (command === '$') return [line];
  if (/^AWS_\w+=/.test(command)) return [`export ${command} ${line}`.trim()];
  if (COMMANDS.has(command) || command === 's3') return [`aws ${command} ${line}`.trim()];
  if (EDITORS.includes(command)) return [`edit ${line}`.trim()];
  return nearest(command, [...OWN_COMMANDS.keys(), 'aws']);
}
