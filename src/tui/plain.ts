import { createInterface } from 'node:readline';
import { atOnce } from '../cloud/in-parts.ts';
import { splitCommands } from '../course/commands.ts';
import { NO_WHY } from '../course/no-why.ts';
import type { FolderAsk, LastTurn, PlayerEvent, StepView } from '../course/view.ts';
import { decisionText, eventInspection } from '../shell/index.ts';
import { askFolder } from './ask-folder.ts';
import { isUnfinished } from './line-editor.ts';
import {
  accountText,
  askText,
  goalsText,
  helpText,
  lessonsText,
  passageText,
  placeText,
} from './plain-text.ts';
import type { OpenedLesson, PlainOptions, Play } from './ports.ts';
import { safe } from './styled-text.ts';

/** Runs the course as a dialogue of plain text, to its end or the end of the input. Resolves with the exit code. */
export async function runPlain(options: PlainOptions): Promise<number> {
  const reader = createInterface({ input: options.stdin, terminal: false });
  const dialogue = new Dialogue(options, reader[Symbol.asyncIterator]());
  try {
    return await dialogue.run();
  } finally {
    reader.close();
  }
}

/** What the learner answered: a line, or that there will be none any more. */
type Reply = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'over' };

class Dialogue {
  private readonly options: PlainOptions;
  private readonly lines: AsyncIterator<string>;

  constructor(options: PlainOptions, lines: AsyncIterator<string>) {
    this.options = options;
    this.lines = lines;
  }

  async run(): Promise<number> {
    const { notice, start, course } = this.options;
    if (notice !== null) this.say(notice);
    if (start.kind === 'lesson') return this.lesson(start.lesson, 'where-left');
    if (start.kind === 'sandbox') return this.play(await course.sandbox(start.lesson));
    this.say('walkthrough: learn who may do what in AWS, by playing. It is a simulation: nothing can break.');
    for (;;) {
      const chosen = await this.chooseLesson();
      if (chosen === null) return 0;
      const code =
        chosen.how === 'sandbox'
          ? await this.play(await course.sandbox(chosen.id))
          : await this.lesson(chosen.id, chosen.how);
      if (code !== 0 || this.isOver) return code;
    }
  }

  private isOver = false;

  private async chooseLesson(): Promise<{ id: string; how: How } | null> {
    const { course } = this.options;
    const cards = course.lessons();
    this.say(lessonsText(cards));
    for (;;) {
      this.say(
        'Type a number, or press Enter for the next lesson. A number and “anew” starts over; a number and “sandbox” is free play in its world. quit leaves.',
      );
      const reply = await this.read();
      if (reply.kind === 'over') return null;
      const [first = '', second] = reply.text.split(/\s+/);
      const id = first === '' ? course.next() : cards[Number(first) - 1]?.id;
      if (id !== undefined && id !== null) return { id, how: howOf(second) };
      this.say(first === 'help' ? helpText : 'There is no such lesson.');
    }
  }

  private async lesson(id: string, from: 'where-left' | 'anew'): Promise<number> {
    return this.play(await this.options.course.open(id, from));
  }

  private async play(opened: OpenedLesson): Promise<number> {
    if ('problem' in opened) {
      this.say(opened.problem);
      return 1;
    }
    if (opened.notice !== null) this.say(opened.notice);
    this.say(opened.play.view.lesson.title);
    let play = opened.play;
    let told: StepView | null = null;
    for (;;) {
      this.tell(play.view, told);
      told = play.view;
      const next = await this.answer(play);
      if (next === null) return 0;
      play = next;
    }
  }

  /** What is new since the last time: the whole of a new step, else what was added. */
  private tell(view: StepView, told: StepView | null): void {
    const isNew = told === null || told.step.id !== view.step.id || told.part !== view.part;
    if (isNew) this.say(placeText(view));
    for (const passage of view.passages.slice(isNew ? 0 : told.passages.length))
      this.say(passageText(passage));
    const goals = goalsText(view.goals);
    if (view.goals.length > 0 && (isNew || goals !== goalsText(told.goals))) this.say(goals);
    this.say(askText(view.ask, view));
  }

  /** Reads until the learner has done something; null when the lesson is left. */
  private async answer(play: Play): Promise<Play | null> {
    for (;;) {
      const reply = await this.read();
      if (reply.kind === 'over') {
        this.isOver = true;
        return null;
      }
      const { text } = reply;
      const told = wordText(play, text);
      const event = told === null ? eventFor(play.view, text) : null;
      if (event === 'leave') return null;
      if (event !== null) return this.send(play, event);
      if (text === 'again') this.tell(play.view, null);
      else {
        if (told !== null) this.say(told);
        this.say(askText(play.view.ask, play.view));
      }
    }
  }

  private async send(play: Play, event: PlayerEvent): Promise<Play> {
    const next = play.send(event);
    if (next.last === null || next.last === play.last) return this.kept(next);
    const { editFile, folder } = next.last;
    if (folder !== null) return this.folder(next, next.last, folder);
    this.sayTurn(next.last);
    return editFile === null ? this.kept(next) : this.edit(next, editFile);
  }

  /** A line that reads or writes a file of the learner's folder; what came of that is said with the line. */
  private async folder(play: Play, last: LastTurn, ask: FolderAsk): Promise<Play> {
    const answer = await askFolder(this.options.folder, ask);
    switch (answer.kind) {
      case 'found':
        return this.send(play, { type: 'log.found', name: answer.name, content: answer.content });
      case 'missing':
        this.sayTurn(last);
        break;
      case 'said':
        this.sayTurn(last, ask.kind === 'read' ? answer.text : `${last.output}\n${answer.text}`);
    }
    return this.kept(play);
  }

  private async edit(play: Play, name: string): Promise<Play> {
    const content = play.view.session?.now.files[name] ?? '';
    const edited = await this.options.edit({ name, content });
    if ('problem' in edited) {
      this.say(edited.problem);
      return this.kept(play);
    }
    this.say(`${name} is saved.`);
    return this.kept(play.send({ type: 'file.saved', name, content: edited.content }));
  }

  private async kept(play: Play): Promise<Play> {
    const problem = await this.options.course.keep(play);
    if (problem !== null) this.say(problem);
    const advice = atOnce(this.options.course.advise(play));
    return advice === null ? play : play.send(advice);
  }

  private sayTurn(last: LastTurn, output = last.output): void {
    const below = output === '' ? '' : `\n${output}`;
    this.say(`${last.as}$ ${last.line}${below}`);
  }

  /** One answer. A command whose quote is open takes further lines, as in a shell. */
  private async read(): Promise<Reply> {
    let text = '';
    for (;;) {
      const next = await this.lines.next();
      if (next.done === true) return { kind: 'over' };
      text += next.value;
      if (!text.startsWith('aws ') || !isUnfinished(text)) break;
      text += '\n';
    }
    // One command by now; a row that ended in a backslash is joined with the next.
    const trimmed = (text.startsWith('aws ') ? (splitCommands(text)[0] ?? '') : text).trim();
    return trimmed === 'quit' || trimmed === 'exit' ? { kind: 'over' } : { kind: 'line', text: trimmed };
  }

  /** Writes a block and an empty line. Nothing in it can be a control sequence. */
  private say(text: string): void {
    const clean = text.split('\n').map(safe).join('\n');
    this.options.stdout.write(`${clean}\n\n`);
  }
}

type How = 'where-left' | 'anew' | 'sandbox';

function howOf(word: string | undefined): How {
  return word === 'anew' || word === 'sandbox' ? word : 'where-left';
}

/** What a line means to the present ask; null when it is no answer to it. */
function eventFor({ ask }: StepView, text: string): PlayerEvent | 'leave' | null {
  switch (ask.kind) {
    case 'continue':
    case 'run':
      return text === '' ? { type: 'continued' } : null;
    case 'end':
      return 'leave';
    case 'choose': {
      const index = Number(text) - 1;
      return text !== '' && index >= 0 && index < ask.options.length ? { type: 'chosen', index } : null;
    }
    case 'task':
      if (text === '') return null;
      return text === 'hint' ? { type: 'hint.asked' } : { type: 'line.entered', line: text };
  }
}

function whyText({ view }: Play): string {
  if (view.hidesWhy) return NO_WHY;
  const event = view.session?.now.world.trail.at(-1)?.number;
  const examination =
    view.session === null || event === undefined ? undefined : eventInspection(view.session, event);
  return examination === undefined ? 'No request has reached AWS yet.' : decisionText(examination);
}

/** What the words of the dialogue itself answer; null for every other line. */
function wordText(play: Play, text: string): string | null {
  switch (text) {
    case 'help':
      return helpText;
    case 'look':
      return accountText(play.view);
    case 'why':
      return play.view.ask.kind === 'task' ? null : whyText(play);
    default:
      return null;
  }
}
