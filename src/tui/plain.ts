import { createInterface } from 'node:readline';
import { atOnce } from '../cloud/in-parts.ts';
import { splitCommands } from '../course/commands.ts';
import { type EditAsk, editedName, savedEvent, textToEdit } from '../course/edit-ask.ts';
import { NO_WHY } from '../course/no-why.ts';
import type { FolderAsk, LastTurn, PlayerEvent, StepView } from '../course/view.ts';
import { type Asking, decisionText, eventInspection, withAnswer } from '../shell/index.ts';
import { openQuoteWords } from './ask.ts';
import { askFolder } from './ask-folder.ts';
import { leftOpen } from './line-editor.ts';
import { glossaryText } from './look-up.ts';
import { type Opening, open, openingOf } from './opening.ts';
import {
  accountText,
  askText,
  goalsText,
  helpText,
  lessonsText,
  passageText,
  placeText,
  wordsOf,
} from './plain-text.ts';
import { type DueForReview, dueText, type OpenedLesson, type PlainOptions, type Play } from './ports.ts';
import { safe } from './styled-text.ts';
import { NOTHING_EARLIER } from './turn-pages.ts';

/** Runs the course as a dialogue of plain text, to its end or the end of the input. Resolves with the exit code. */
export async function runPlain(options: PlainOptions): Promise<number> {
  const reader = createInterface({ input: options.stdin, terminal: false });
  const dialogue = new Dialogue(options, reader[Symbol.asyncIterator]());
  const stopWatching = options.watch?.(() => dialogue.filesSaved());
  try {
    return await dialogue.run();
  } finally {
    stopWatching?.();
    reader.close();
  }
}

/** What came: a line, that there will be none any more, or that the files of what is played were saved. */
type Reply =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'over' }
  | { readonly kind: 'saved' };

/** What the learner did: something in the lesson, or left it for the list or for another one. */
type Done =
  | { readonly kind: 'played'; readonly play: Play }
  | { readonly kind: 'left' }
  | { readonly kind: 'opened'; readonly opened: OpenedLesson };

class Dialogue {
  private readonly options: PlainOptions;
  private readonly lines: AsyncIterator<string>;
  /** The line that is waited for; what is saved meanwhile does not lose it. */
  private line: Promise<IteratorResult<string>> | null = null;
  private areFilesSaved = false;
  private wake: () => void = () => undefined;
  private isOver = false;

  constructor(options: PlainOptions, lines: AsyncIterator<string>) {
    this.options = options;
    this.lines = lines;
  }

  async run(): Promise<number> {
    const { notice, start, course } = this.options;
    if (notice !== null) this.say(notice);
    const first = openingOf(start);
    if (first !== null) return this.play(await open(course, first));
    this.say('walkthrough: learn who may do what in AWS, by playing. It is a simulation: nothing can break.');
    for (;;) {
      const chosen = await this.chooseLesson();
      if (chosen === null) return 0;
      await this.play(await open(course, chosen));
      if (this.isOver) return 0;
    }
  }

  /** What is played is read again as soon as no line is being answered. */
  filesSaved(): void {
    this.areFilesSaved = true;
    this.wake();
  }

  private async chooseLesson(): Promise<Opening | null> {
    const { course } = this.options;
    const cards = course.lessons();
    const words = wordsOf(cards);
    this.say(lessonsText(cards, course.due()));
    for (;;) {
      this.say(
        'Type a number, or press Enter for the next lesson. A number and “anew” starts over, and “quiz” asks its questions; “sandbox” is free play in its world. help says what else can be typed; quit leaves.',
      );
      const reply = await this.read();
      if (reply.kind === 'over') return null;
      if (reply.kind === 'saved') continue;
      const { text } = reply;
      if (text === 'review' && course.due().count > 0) return { kind: 'review' };
      const [, name = '', how] = /^(.*?)(?:\s+(anew|quiz|sandbox))?$/.exec(text) ?? [];
      const next = cards.findIndex(({ id }) => id === course.next());
      const at = name === '' ? next : words.indexOf(name.replaceAll(/\s+/g, ' '));
      const lesson = cards[at]?.id ?? cards.find(({ id }) => id === name)?.id;
      if (lesson !== undefined) return howToOpen(lesson, how);
      this.say(listWordText(text, course.due()) ?? 'There is no such lesson.');
    }
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
      this.tell(play, told);
      told = play.view;
      const done = await this.answer(play);
      if (done.kind === 'left') return 0;
      if (done.kind === 'opened') return this.play(done.opened);
      play = done.play;
    }
  }

  /** What is new since the last time: the whole of a new step, else what was added. */
  private tell(play: Play, told: StepView | null): void {
    const { view } = play;
    const isNew = told === null || told.step.id !== view.step.id || told.part !== view.part;
    if (isNew) this.say(placeText(view));
    for (const passage of view.passages.slice(isNew ? 0 : told.passages.length))
      this.say(passageText(passage));
    const goals = goalsText(view.goals);
    if (view.goals.length > 0 && (isNew || goals !== goalsText(told.goals))) this.say(goals);
    this.say(askText(view.ask, view));
  }

  /** Reads until the learner has done something. */
  private async answer(play: Play): Promise<Done> {
    const { course } = this.options;
    for (;;) {
      const reply = await this.read();
      if (reply.kind === 'over') {
        this.isOver = true;
        return { kind: 'left' };
      }
      if (reply.kind === 'saved') {
        const opened = await course.open(play.lesson, 'where-left');
        if (!('problem' in opened)) return { kind: 'opened', opened: { ...opened, notice: 'Read again.' } };
        this.say(opened.problem);
        this.say(askText(play.view.ask, play.view));
        continue;
      }
      const { text } = reply;
      if (text === 'next' && play.view.ask.kind === 'end' && play.following !== null) {
        return { kind: 'opened', opened: await course.open(play.following, 'where-left') };
      }
      const told = wordText(play, text);
      const event = told === null ? eventFor(play.view, text) : null;
      if (event === 'leave') return { kind: 'left' };
      if (event !== null) return { kind: 'played', play: await this.send(play, event) };
      if (text === 'again') this.tell(play, null);
      else {
        if (told !== null) this.say(told);
        this.say(askText(play.view.ask, play.view));
      }
    }
  }

  private async send(play: Play, event: PlayerEvent): Promise<Play> {
    const next = play.send(event);
    if (next.last === null || next.last === play.last) return this.kept(next);
    const { asks, edit, folder } = next.last;
    if (asks !== null) return this.question(play, asks);
    if (folder !== null) return this.folder(next, next.last, folder);
    this.sayTurn(next.last);
    return edit === null ? this.kept(next) : this.edit(next, edit);
  }

  /** What a line asks, until it is answered; nothing is done when the input ends before. */
  private async question(play: Play, asks: Asking): Promise<Play> {
    const { line, said, before, question, advice, problem } = asks;
    // How to answer is said once, with the first question.
    const rows = problem === null ? [said === '' ? advice : '', before] : [problem];
    this.say([...rows.filter((row) => row !== ''), question.trimEnd()].join('\n'));
    const row = await this.row();
    return row === null ? play : this.send(play, { type: 'line.entered', line: withAnswer(line, row) });
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

  private async edit(play: Play, ask: EditAsk): Promise<Play> {
    const name = editedName(ask);
    const content = textToEdit(ask, play.view.session);
    const edited = await this.options.edit({ name, content });
    if ('problem' in edited) {
      this.say(edited.problem);
      return this.kept(play);
    }
    const event = savedEvent(ask, edited.content);
    if (event === null) this.say(`${name} is as it was: nothing was sent.`);
    if (event?.type === 'line.entered') return this.send(play, event);
    if (event !== null) this.say(`${name} is saved.`);
    return this.kept(event === null ? play : play.send(event));
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
      this.line ??= this.lines.next();
      if (text === '' && (await this.isSavedBefore(this.line))) return { kind: 'saved' };
      const row = await this.row();
      if (row === null) return { kind: 'over' };
      text += row;
      const open = text.startsWith('aws ') ? leftOpen(text) : null;
      if (open === null) break;
      // Said once: several rows may arrive together.
      if (open !== '\\' && !text.includes('\n')) this.say(`${openQuoteWords(open)}.`);
      text += '\n';
    }
    // One command by now; a row that ended in a backslash is joined with the next.
    const trimmed = (text.startsWith('aws ') ? (splitCommands(text)[0] ?? '') : text).trim();
    return trimmed === 'quit' || trimmed === 'exit' ? { kind: 'over' } : { kind: 'line', text: trimmed };
  }

  /** The next row of the input; null when there is none any more. */
  private async row(): Promise<string | null> {
    this.line ??= this.lines.next();
    const next = await this.line;
    this.line = null;
    return next.done === true ? null : next.value;
  }

  /** True when files were saved before this line came. */
  private async isSavedBefore(line: Promise<unknown>): Promise<boolean> {
    if (!this.areFilesSaved) {
      await Promise.race([
        line,
        new Promise<void>((resolve) => {
          this.wake = resolve;
        }),
      ]);
    }
    const isSaved = this.areFilesSaved;
    this.areFilesSaved = false;
    return isSaved;
  }

  /** Writes a block and an empty line. Nothing in it can be a control sequence. */
  private say(text: string): void {
    const clean = text.split('\n').map(safe).join('\n');
    this.options.stdout.write(`${clean}\n\n`);
  }
}

function howToOpen(lesson: string, how: string | undefined): Opening {
  if (how === 'quiz' || how === 'sandbox') return { kind: how, lesson };
  return { kind: 'lesson', lesson, from: how === 'anew' ? 'anew' : 'where-left' };
}

/** What words that name no lesson answer among the lessons; null for every other line. */
function listWordText(text: string, due: DueForReview): string | null {
  const asked = askedOfGlossary(text);
  if (asked !== null) return glossaryText(asked, null);
  if (text === 'help') return helpText;
  return text === 'review' ? dueText(due) : null;
}

/** What a line means to the present ask; null when it is no answer to it. */
function eventFor({ ask }: StepView, text: string): PlayerEvent | 'leave' | null {
  if (text === 'back') return { type: 'earlier.asked' };
  switch (ask.kind) {
    case 'continue':
    case 'reread':
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

/** What is looked up by `glossary WORD`, or an empty text by `glossary`; null for every other line. */
function askedOfGlossary(text: string): string | null {
  return /^glossary(?:\s+(.*))?$/.exec(text)?.[1] ?? (text === 'glossary' ? '' : null);
}

/** What the words of the dialogue itself answer; null for every other line. */
function wordText(play: Play, text: string): string | null {
  const asked = askedOfGlossary(text);
  if (asked !== null) return glossaryText(asked, play.view);
  switch (text) {
    case 'help':
      return helpText;
    case 'look':
      return accountText(play.view);
    case 'back':
      return play.view.hasEarlier ? null : NOTHING_EARLIER;
    case 'why':
      return play.view.ask.kind === 'task' ? null : whyText(play);
    default:
      return null;
  }
}
