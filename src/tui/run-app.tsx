import { render } from 'ink';
import type { EditAsk } from '../course/edit-ask.ts';
import type { FolderAsk, LastTurn } from '../course/view.ts';
import { App } from './app.tsx';
import {
  type AppEffect,
  type AppState,
  type AppStep,
  contentsNow,
  homeState,
  press,
  screenContexts,
  stepped,
} from './app-state.ts';
import { FrameSink } from './frame-sink.ts';
import { createKeyDecoder } from './key-decoder.ts';
import { LessonWatch } from './lesson-watch.ts';
import { type Opening, open, openingOf, openingTitle } from './opening.ts';
import type { PlayerEffect, PlayerState } from './player-state.ts';
import { PlayerWork } from './player-work.ts';
import type { AppOptions, Play } from './ports.ts';
import { Terminal } from './terminal.ts';
import { backgroundIn, backgroundOf, backgroundQuery, hasColour, type Theme, themeFor } from './theme.ts';

/** What draws and steps a player; loaded with the first lesson. */
export type PlayerModule = typeof import('./player-module.ts');

// Milliseconds after which an Escape is a key of its own and not the beginning of a sequence.
const escapeDelay = 40;

/** Runs the terminal UI until the learner quits. Resolves with the exit code; the terminal is as it was before. */
export function runApp(options: AppOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    new AppRun(options, resolve, reject).begin();
  });
}

/** One run: the state, and the hands that carry out what the reducers ask for. */
class AppRun {
  private readonly options: AppOptions;
  private readonly terminal: Terminal;
  private readonly sink: FrameSink;
  private theme: Theme;
  private readonly decoder = createKeyDecoder();
  private readonly done: (code: number) => void;
  private readonly failed: (error: unknown) => void;
  private state: AppState;
  private player: PlayerModule | null = null;
  private ink: ReturnType<typeof render> | null = null;
  private escapeTimer: NodeJS.Timeout | undefined;
  private watching: LessonWatch | null = null;
  private readonly work: PlayerWork;
  private kept: Promise<void> = Promise.resolve();
  private isOver = false;

  constructor(options: AppOptions, done: (code: number) => void, failed: (error: unknown) => void) {
    this.options = options;
    this.done = done;
    this.failed = failed;
    this.theme = themeFor(options.env, backgroundOf(options.env) ?? 'dark');
    const hasMotion = !isSet(options.env.WALKTHROUGH_REDUCED_MOTION) && !isSet(options.env.NO_MOTION);
    this.work = new PlayerWork(
      {
        shown: () => playerShown(this.state),
        change: (change) => this.changePlayer(change),
        services: options.services,
        crash: (error) => this.crash(error),
      },
      hasMotion,
    );
    this.terminal = new Terminal(options, options.process, {
      input: (text) => this.input(text),
      resized: (columns, rows) => this.resized(columns, rows),
      entered: () => this.sink.resume(),
      left: () => this.sink.pause(),
      ended: (code) => void this.end(code),
    });
    const size = this.terminal.size();
    this.sink = new FrameSink(size, (data) => this.terminal.write(data));
    this.state = homeState(size, options.course, options.start, options.notice);
  }

  begin(): void {
    const { start } = this.options;
    this.terminal.open();
    this.askBackground();
    this.watching = this.watch();
    const what = openingOf(start);
    if (what === null) this.draw();
    else void this.open(what);
  }

  /** Where nothing says whether the background is light, the terminal is asked. It may never answer. */
  private askBackground(): void {
    const { env } = this.options;
    if (hasColour(env) && env.TERM !== 'linux' && backgroundOf(env) === null) {
      this.terminal.ask(backgroundQuery);
    }
  }

  private answered(text: string): void {
    const background = backgroundIn(text);
    if (background !== null) this.theme = themeFor(this.options.env, background);
  }

  private input(text: string): void {
    clearTimeout(this.escapeTimer);
    this.keys(this.decoder.feed(text));
    if (this.decoder.pending()) {
      this.escapeTimer = setTimeout(() => this.keys(this.decoder.flush()), escapeDelay);
    }
  }

  /** All keys that came together make one change of the screen. */
  private keys(keys: ReturnType<ReturnType<typeof createKeyDecoder>['feed']>): void {
    if (keys.length > 0) this.work.keyPressed();
    this.replacePlayer((player, state) => this.work.arrive(player, state));
    const before = playerShown(this.state);
    for (const key of keys) {
      if (this.isOver) return;
      if (key.name === 'background') this.answered(key.text);
      else this.apply(press(this.state, key, this.player));
    }
    if (this.isOver) return;
    this.replacePlayer((player, state) => this.work.setOut(player, before, state));
    this.draw();
  }

  private apply({ state, effects }: AppStep): void {
    this.state = this.equipped(state);
    for (const effect of effects) this.carryOut(effect);
  }

  private carryOut(effect: AppEffect): void {
    switch (effect.kind) {
      case 'open':
        void this.open(effect.what);
        break;
      case 'keep':
        this.keep();
        break;
      case 'left':
        void this.left();
        break;
      case 'edit':
        void this.edit(effect);
        break;
      case 'folder':
        void this.folder(effect.ask, effect.turn);
        break;
      case 'redraw':
        this.sink.resume();
        break;
      case 'suspend':
        void this.terminal.suspend();
        break;
      case 'quit':
        void this.end(0);
        break;
    }
  }

  private async open(what: Opening): Promise<void> {
    const { course } = this.options;
    this.change({
      ...this.state,
      screen: { kind: 'opening', title: openingTitle(what, this.state.cards) },
    });
    try {
      const [player, opened] = await Promise.all([
        this.player ?? import('./player-module.ts'),
        open(course, what),
      ]);
      this.player = player;
      if ('problem' in opened) {
        const home = { ...this.state, ...contentsNow(course), screen: { kind: 'home' } } as const;
        this.change({ ...home, notice: opened.problem });
      } else {
        const screen = { kind: 'player', player: player.openLesson(opened.play, this.state.size) } as const;
        this.change({ ...this.state, screen, notice: opened.notice });
      }
    } catch (error) {
      this.crash(error);
    }
  }

  /** Writes happen one after the other, so that the last one to be kept is the last one made. */
  private keep(): void {
    const { screen } = this.state;
    if (screen.kind !== 'player') return;
    const { play } = screen.player;
    this.kept = this.kept
      .then(() => this.options.course.keep(play))
      .then((problem) => {
        if (problem !== null) this.change({ ...this.state, notice: problem });
        this.advise(play);
      })
      .catch((error: unknown) => this.crash(error));
  }

  /** Searches while nobody types, and only for a play that nobody has gone on from. */
  private advise(play: Play): void {
    const player = (): PlayerState | null =>
      this.state.screen.kind === 'player' && this.state.screen.player.play === play
        ? this.state.screen.player
        : null;
    if (player() === null || this.isOver) return;
    this.work.search(
      play,
      function* (this: AppRun) {
        const event = yield* this.options.course.advise(play);
        return () => {
          const state = player();
          if (event === null || state === null || this.player === null || this.isOver) return;
          this.apply(stepped(this.state, this.player.send(state, event, this.state.size)));
          this.draw();
        };
      }.bind(this),
    );
  }

  /** A lesson whose files were saved is shown as it is now; what is wrong with it is said below it. */
  private watch(): LessonWatch {
    return new LessonWatch(this.options.watch, {
      played: () => (this.state.screen.kind === 'player' ? this.state.screen.player.play : null),
      reopen: async ({ lesson }) => {
        await this.kept;
        return this.options.course.open(lesson, 'where-left');
      },
      reopened: (opened) => {
        if ('problem' in opened) return this.change({ ...this.state, notice: opened.problem });
        this.replacePlayer((player) => player.openLesson(opened.play, this.state.size));
        this.change({ ...this.state, notice: 'Read again.' });
      },
      crash: (error) => this.crash(error),
    });
  }

  private async left(): Promise<void> {
    await this.kept;
    const contents = contentsNow(this.options.course);
    const lesson = this.state.parked?.play.lesson;
    const at = contents.cards.findIndex((card) => card.id === lesson);
    const selected = at < 0 ? this.state.selected : at;
    this.change({ ...this.state, ...contents, selected });
  }

  private async edit({ ask, name, content }: Extract<PlayerEffect, { kind: 'edit' }>): Promise<void> {
    try {
      const edited = await this.terminal.lend(() => this.options.edit({ name, content }));
      if ('problem' in edited) this.change({ ...this.state, notice: edited.problem });
      else this.saved(ask, edited.content);
    } catch (error) {
      this.crash(error);
    }
  }

  private saved(ask: EditAsk, content: string): void {
    const { screen } = this.state;
    if (screen.kind !== 'player' || this.player === null) return;
    this.apply(stepped(this.state, this.player.saveEdited(screen.player, ask, content, this.state.size)));
    this.draw();
  }

  private async folder(ask: FolderAsk, turn: LastTurn): Promise<void> {
    const { player } = this;
    if (player === null) return;
    try {
      const answer = await player.askFolder(this.options.folder, ask);
      const { screen, size } = this.state;
      if (this.isOver || screen.kind !== 'player') return;
      this.apply(stepped(this.state, player.folderAnswered(screen.player, turn, answer, size)));
      this.draw();
    } catch (error) {
      this.crash(error);
    }
  }

  private resized(columns: number, rows: number): void {
    this.sink.resize(columns, rows);
    const size = { columns, rows };
    const { screen, size: before } = this.state;
    const isPlaying = screen.kind === 'player' && this.player !== null;
    const player = isPlaying ? this.player?.resize(screen.player, before, size) : undefined;
    this.change({ ...this.state, size, screen: player === undefined ? screen : { kind: 'player', player } });
  }

  private change(state: AppState): void {
    this.state = this.equipped(state);
    if (!this.isOver) this.draw();
  }

  private equipped(state: AppState): AppState {
    if (state.screen.kind !== 'player' || this.player === null) return state;
    const player = this.work.equipped(this.player, state.screen.player);
    return player === state.screen.player ? state : { ...state, screen: { kind: 'player', player } };
  }

  private draw(): void {
    const { state, player } = this;
    const shown = playerShown(state);
    this.sink.placeCursor(shown === null || player === null ? null : player.cursorOf(shown, state));
    const app = (
      <App
        state={state}
        contexts={screenContexts(state, player)}
        theme={this.theme}
        player={player?.Player ?? null}
      />
    );
    if (this.ink === null) this.ink = this.start(app);
    else this.ink.rerender(app);
    if (player !== null && state.screen.kind === 'player') this.work.drawn(player, state.screen.player);
  }

  /** Puts another player in the present one's place, without a frame. */
  private replacePlayer(replace: (player: PlayerModule, state: PlayerState) => PlayerState): void {
    const { state, player } = this;
    if (player === null || state.screen.kind !== 'player') return;
    const next = replace(player, state.screen.player);
    if (next !== state.screen.player) this.state = { ...state, screen: { kind: 'player', player: next } };
  }

  private changePlayer(change: (state: PlayerState) => PlayerState): void {
    const { screen } = this.state;
    if (this.isOver || screen.kind !== 'player') return;
    this.change({ ...this.state, screen: { kind: 'player', player: change(screen.player) } });
  }

  /**
   * With `debug` Ink writes every frame whole and at once, also where `CI` is set; the sink makes it small. Of a
   * stream Ink only uses `write`, `columns` and `rows`. Keys do not go through Ink, so it leaves the input alone.
   */
  private start(app: React.ReactNode): ReturnType<typeof render> {
    const instance = render(app, {
      stdout: this.sink as unknown as NodeJS.WriteStream,
      stdin: this.options.stdin,
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
      isScreenReaderEnabled: false,
    });
    instance.waitUntilExit().catch((error: unknown) => this.crash(error));
    return instance;
  }

  private async end(code: number): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.escapeTimer);
    this.watching?.stop();
    this.work.stop();
    await this.terminal.close();
    this.ink?.unmount();
    await this.kept;
    this.done(code);
  }

  private crash(error: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.escapeTimer);
    this.watching?.stop();
    this.work.stop();
    void this.terminal.close().then(() => this.failed(error));
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !/^(0|false|no|)$/.test(value);
}

function playerShown({ screen, overlay }: AppState): PlayerState | null {
  return screen.kind === 'player' && overlay.kind === 'none' ? screen.player : null;
}
