import type { AppOptions, OpenedLesson, Play } from './ports.ts';

/** What is played, for who watches its files. */
export interface PlayHolder {
  /** Null while nothing is played. */
  played(): Play | null;
  /** Opens it once more where it is, when everything done in it is kept. */
  reopen(play: Play): Promise<OpenedLesson>;
  /** Takes what was opened in the present one's place. */
  reopened(opened: OpenedLesson): void;
  crash(error: unknown): void;
}

/** Opens the lesson that is being played again, where it is, each time `watch` says that its files were saved. */
export class LessonWatch {
  private readonly end: (() => void) | null;
  private isOver = false;

  constructor(watch: AppOptions['watch'], holder: PlayHolder) {
    this.end = watch?.(() => void this.saved(holder)) ?? null;
  }

  /** Watches no more; what is being opened is dropped. */
  stop(): void {
    this.isOver = true;
    this.end?.();
  }

  private async saved(holder: PlayHolder): Promise<void> {
    const play = holder.played();
    if (play === null) return;
    try {
      const opened = await holder.reopen(play);
      if (!this.isOver && holder.played() !== null) holder.reopened(opened);
    } catch (error) {
      holder.crash(error);
    }
  }
}
