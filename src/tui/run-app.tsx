import { render } from 'ink';
import type { FolderAsk, LastTurn } from '../course/view.ts';
import type { ServiceData } from '../iam/index.ts';
import { App } from './app.tsx';
import {
  type AppEffect,
  type AppState,
  type AppStep,
  homeState,
  press,
  screenContexts,
  stepped,
} from './app-state.ts';
import { FrameSink } from './frame-sink.ts';
import { IdleWork } from './idle-work.ts';
import { createKeyDecoder } from './key-decoder.ts';
import type { PlayerState } from './player-state.ts';
import type { AppOptions, OpenedLesson, Play } from './ports.ts';
import { Terminal } from './terminal.ts';
import { themeFor } from './theme.ts';

type PlayerModule = typeof import('./player-module.ts');

// Milliseconds after which an Escape is a key of its own and not the beginning of a sequence.
const escapeDelay = 40;

// Milliseconds for which a request stands before each layer.
const travelStep = 90;

// Milliseconds after the last key until what is edited is looked over.
const checkDelay = 40;

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
  private readonly theme;
  private readonly decoder = createKeyDecoder();
  private readonly done: (code: number) => void;
  private readonly failed: (error: unknown) => void;
  private state: AppState;
  private player: PlayerModule | null = null;
  private ink: ReturnType<typeof render> | null = null;
  private escapeTimer: NodeJS.Timeout | undefined;
  private stopWatching: (() => void) | null = null;
  private kept: Promise<void> = Promise.resolve();
  private isOver = false;
  private checkTimer: NodeJS.Timeout | undefined;
  private travelTimer: NodeJS.Timeout | undefined;
  private readonly hasMotion: boolean;
  private services: ServiceData | 'not asked' | 'asked' = 'not asked';
  private readonly idle = new IdleWork();
  private readonly search = new IdleWork();

  constructor(options: AppOptions, done: (code: number) => void, failed: (error: unknown) => void) {
    this.options = options;
    this.done = done;
    this.failed = failed;
    this.theme = themeFor(options.env);
    this.hasMotion = !isSet(options.env.WALKTHROUGH_REDUCED_MOTION) && !isSet(options.env.NO_MOTION);
    this.terminal = new Terminal(options, options.process, {
      input: (text) => this.input(text),
      resized: (columns, rows) => this.resized(columns, rows),
      entered: () => this.sink.resume(),
      left: () => this.sink.pause(),
      ended: (code) => void this.end(code),
    });
    const size = this.terminal.size();
    this.sink = new FrameSink(size, (data) => this.terminal.write(data));
    this.state = homeState(size, options.course.lessons(), options.course.next(), options.notice);
  }

  begin(): void {
    const { start } = this.options;
    this.terminal.open();
    this.stopWatching = this.options.watch?.(() => void this.reload()) ?? null;
    switch (start.kind) {
      case 'home':
        this.draw();
        break;
      case 'lesson':
        void this.openLesson(start.lesson, 'where-left');
        break;
      case 'sandbox':
        void this.openSandbox(start.lesson);
    }
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
    if (keys.length > 0) {
      this.idle.keyPressed();
      this.search.keyPressed();
    }
    this.skipTravel();
    const before = playerShown(this.state);
    for (const key of keys) {
      if (this.isOver) return;
      this.apply(press(this.state, key, this.player));
    }
    if (this.isOver) return;
    this.travel(before);
    this.draw();
  }

  private apply({ state, effects }: AppStep): void {
    this.state = this.equipped(state);
    for (const effect of effects) this.carryOut(effect);
  }

  private carryOut(effect: AppEffect): void {
    switch (effect.kind) {
      case 'open':
        void this.openLesson(effect.lesson, effect.from);
        break;
      case 'open-sandbox':
        void this.openSandbox(effect.lesson);
        break;
      case 'keep':
        this.keep();
        break;
      case 'left':
        void this.left();
        break;
      case 'edit':
        void this.edit(effect.name, effect.content);
        break;
      case 'folder':
        void this.folder(effect.ask, effect.turn);
        break;
      case 'redraw':
        this.sink.resume();
        break;
      case 'suspend':
        this.terminal.suspend();
        break;
      case 'quit':
        void this.end(0);
        break;
    }
  }

  private openLesson(lesson: string, from: 'where-left' | 'anew'): Promise<void> {
    return this.open(this.titleOf(lesson), () => this.options.course.open(lesson, from));
  }

  private openSandbox(lesson: string | null): Promise<void> {
    const title = lesson === null ? 'An empty account' : this.titleOf(lesson);
    return this.open(title, () => this.options.course.sandbox(lesson));
  }

  private titleOf(lesson: string): string {
    return this.state.cards.find((card) => card.id === lesson)?.title ?? lesson;
  }

  private async open(title: string, load: () => Promise<OpenedLesson>): Promise<void> {
    this.change({ ...this.state, screen: { kind: 'opening', title } });
    try {
      const [player, opened] = await Promise.all([this.player ?? import('./player-module.ts'), load()]);
      this.player = player;
      if ('problem' in opened) {
        this.change({ ...this.state, screen: { kind: 'home' }, notice: opened.problem });
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
    this.search.begin(
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

  /** Opens the lesson that is being played again, where it is; what is wrong with it is said below it. */
  private async reload(): Promise<void> {
    const { screen } = this.state;
    if (screen.kind !== 'player') return;
    try {
      await this.kept;
      const opened = await this.options.course.open(screen.player.play.lesson, 'where-left');
      if (this.isOver || this.state.screen.kind !== 'player' || this.player === null) return;
      if ('problem' in opened) return this.change({ ...this.state, notice: opened.problem });
      const player = this.player.openLesson(opened.play, this.state.size);
      this.change({ ...this.state, screen: { kind: 'player', player }, notice: 'Read again.' });
    } catch (error) {
      this.crash(error);
    }
  }

  private async left(): Promise<void> {
    await this.kept;
    const cards = this.options.course.lessons();
    const lesson = this.state.parked?.play.lesson;
    const at = cards.findIndex((card) => card.id === lesson);
    const selected = at < 0 ? this.state.selected : at;
    this.change({ ...this.state, cards, selected, next: this.options.course.next() });
  }

  private async edit(name: string, content: string): Promise<void> {
    try {
      const edited = await this.terminal.lend(() => this.options.edit({ name, content }));
      if ('problem' in edited) this.change({ ...this.state, notice: edited.problem });
      else this.saved(name, edited.content);
    } catch (error) {
      this.crash(error);
    }
  }

  private saved(name: string, content: string): void {
    const { screen } = this.state;
    if (screen.kind !== 'player' || this.player === null) return;
    const event = { type: 'file.saved', name, content } as const;
    this.apply(stepped(this.state, this.player.send(screen.player, event, this.state.size)));
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

  /** The editor is given what it checks with as soon as both are there. */
  private equipped(state: AppState): AppState {
    const { player, services } = this;
    if (state.screen.kind !== 'player' || player === null || typeof services === 'string') return state;
    const next = player.withServices(state.screen.player, services);
    return next === state.screen.player ? state : { ...state, screen: { kind: 'player', player: next } };
  }

  private draw(): void {
    const { state, player } = this;
    const shown = playerShown(state);
    this.sink.placeCursor(shown === null || player === null ? null : player.cursorOf(shown, state.size));
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
    this.compare();
    this.check();
  }

  /** Looks over what is edited, after the frame. */
  private check(): void {
    const { player } = this;
    const shown = playerShown(this.state);
    if (player === null || shown === null || !player.isUnchecked(shown)) return;
    if (this.services === 'not asked') void this.loadServices();
    clearTimeout(this.checkTimer);
    this.checkTimer = setTimeout(() => this.changePlayer(player.checked), checkDelay);
  }

  /** A key that shows another decision sends its request through the layers; no key ever waits for that. */
  private travel(before: PlayerState | null): void {
    const { player, state } = this;
    if (!this.hasMotion || player === null || state.screen.kind !== 'player') return;
    const shown = player.setOut(before, state.screen.player);
    if (shown === state.screen.player) return;
    this.state = { ...state, screen: { kind: 'player', player: shown } };
    this.travelTimer = setInterval(() => {
      this.changePlayer(player.travelOn);
      const now = playerShown(this.state);
      if (now === null || now.lit === null) clearInterval(this.travelTimer);
    }, travelStep);
  }

  private skipTravel(): void {
    clearInterval(this.travelTimer);
    const { player, state } = this;
    if (player === null || state.screen.kind !== 'player' || state.screen.player.lit === null) return;
    this.state = { ...state, screen: { kind: 'player', player: player.arrive(state.screen.player) } };
  }

  private async loadServices(): Promise<void> {
    this.services = 'asked';
    try {
      const services = await this.options.services();
      if (services !== null) this.services = services;
      this.changePlayer((state) => state);
    } catch (error) {
      this.crash(error);
    }
  }

  private changePlayer(change: (state: PlayerState) => PlayerState): void {
    const { screen } = this.state;
    if (this.isOver || screen.kind !== 'player') return;
    this.change({ ...this.state, screen: { kind: 'player', player: change(screen.player) } });
  }

  /** Finds out what a change opened and closed, after the frame and while nobody types. */
  private compare(): void {
    const { player, state } = this;
    const changes = state.screen.kind === 'player' ? state.screen.player.changes : null;
    if (player === null || changes === null || changes.found !== null) return;
    this.idle.begin(
      changes,
      function* (this: AppRun) {
        const found = yield* player.compareWorlds(changes.before, changes.after);
        return () => {
          this.changePlayer((shown) => player.foundOut(shown, changes, found));
        };
      }.bind(this),
    );
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
    this.stopWatching?.();
    clearTimeout(this.checkTimer);
    clearInterval(this.travelTimer);
    this.idle.stop();
    this.search.stop();
    this.terminal.close();
    this.ink?.unmount();
    await this.kept;
    this.done(code);
  }

  private crash(error: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.escapeTimer);
    this.stopWatching?.();
    clearTimeout(this.checkTimer);
    clearInterval(this.travelTimer);
    this.idle.stop();
    this.search.stop();
    this.terminal.close();
    this.failed(error);
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !/^(0|false|no|)$/.test(value);
}

function playerShown({ screen, overlay }: AppState): PlayerState | null {
  return screen.kind === 'player' && overlay.kind === 'none' ? screen.player : null;
}
