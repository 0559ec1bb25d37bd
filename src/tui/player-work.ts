import type { ServiceData } from '../iam/index.ts';
import { IdleWork } from './idle-work.ts';
import type { PlayerState } from './player-state.ts';
import type { Play } from './ports.ts';
import type { PlayerModule } from './run-app.tsx';

// Milliseconds for which a request stands before each layer.
const TRAVEL_STEP = 90;

// Milliseconds after the last key until what is edited is looked over.
const CHECK_DELAY = 40;

/** The player on the screen, for the work that is done on it. */
export interface PlayerHolder {
  /** The player that can be seen; null while another screen or the help is shown. */
  shown(): PlayerState | null;
  /** Puts a changed player in the present one's place; does nothing when there is none. */
  change(change: (state: PlayerState) => PlayerState): void;
  services(): Promise<ServiceData | null>;
  crash(error: unknown): void;
}

/** What is done on a player without a key: after the frame, a little at a time, and never in a key's way. */
export class PlayerWork {
  private readonly holder: PlayerHolder;
  private readonly hasMotion: boolean;
  private readonly comparing = new IdleWork();
  private readonly searching = new IdleWork();
  private services: ServiceData | 'not asked' | 'asked' = 'not asked';
  private checkTimer: NodeJS.Timeout | undefined;
  private travelTimer: NodeJS.Timeout | undefined;

  constructor(holder: PlayerHolder, hasMotion: boolean) {
    this.holder = holder;
    this.hasMotion = hasMotion;
  }

  /** A key came: what is being searched waits until it is quiet again. */
  keyPressed(): void {
    this.comparing.keyPressed();
    this.searching.keyPressed();
  }

  /** Searches for something to say of a play, while nobody types; it ends by calling what the search gives. */
  search(play: Play, work: () => Generator<void, () => void>): void {
    this.searching.begin(play, work);
  }

  /** A frame was drawn: what is still open in it is worked on. */
  drawn(player: PlayerModule, state: PlayerState): void {
    this.compare(player, state);
    this.check(player);
  }

  /** The editor is given what it checks with as soon as both are there. */
  equipped(player: PlayerModule, state: PlayerState): PlayerState {
    return typeof this.services === 'string' ? state : player.withServices(state, this.services);
  }

  /** A key that shows another decision sends its request through the layers; no key ever waits for that. */
  setOut(player: PlayerModule, before: PlayerState | null, state: PlayerState): PlayerState {
    if (!this.hasMotion) return state;
    const travelling = player.setOut(before, state);
    if (travelling === state) return state;
    this.travelTimer = setInterval(() => {
      this.holder.change(player.travelOn);
      const now = this.holder.shown();
      if (now === null || now.lit === null) clearInterval(this.travelTimer);
    }, TRAVEL_STEP);
    return travelling;
  }

  /** A request on its way arrives at once. */
  arrive(player: PlayerModule, state: PlayerState): PlayerState {
    clearInterval(this.travelTimer);
    return player.arrive(state);
  }

  /** Forgets everything that was begun. */
  stop(): void {
    clearTimeout(this.checkTimer);
    clearInterval(this.travelTimer);
    this.comparing.stop();
    this.searching.stop();
  }

  /** Finds out what a change opened and closed, and then what a typed line asks of it, while nobody types. */
  private compare(player: PlayerModule, state: PlayerState): void {
    const { holder } = this;
    const { changes } = state;
    const waiting = player.waitingLine(state);
    if (changes !== null && changes.found === null) {
      this.comparing.begin(changes, function* () {
        const found = yield* player.compareWorlds(changes.before, changes.after);
        return () => holder.change((shown) => player.foundOut(shown, changes, found));
      });
    } else if (waiting !== undefined) {
      this.comparing.begin(waiting, function* () {
        const output = yield* player.answerOf(waiting);
        return () => holder.change((shown) => player.answered(shown, waiting, output));
      });
    }
  }

  /** Looks over what is edited. */
  private check(player: PlayerModule): void {
    const shown = this.holder.shown();
    if (shown === null || !player.isUnchecked(shown)) return;
    if (this.services === 'not asked') void this.loadServices();
    clearTimeout(this.checkTimer);
    this.checkTimer = setTimeout(() => this.holder.change(player.checked), CHECK_DELAY);
  }

  private async loadServices(): Promise<void> {
    this.services = 'asked';
    try {
      const services = await this.holder.services();
      if (services !== null) this.services = services;
      this.holder.change((state) => state);
    } catch (error) {
      this.holder.crash(error);
    }
  }
}
