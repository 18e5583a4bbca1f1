// Pushes of the app's state to the window: numbered, never before the page said that it is ready, at most one in 50 ms.
// Slices that change again before they are sent are sent once, with their newest value. No timer runs while idle.
import type { AppState } from '../../shared/model';
import type { Snapshot, StatePush } from '../../shared/contract';

/** Milliseconds between two pushes: 20 a second look smooth and cost little. */
const pushEveryMs = 50;

export class Pushes {
  private revision = 0;
  private isReady = false;
  private pending: Partial<AppState> = {};
  private lastSent = -Infinity;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly send: (push: StatePush) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  publish(slices: Partial<AppState>): void {
    this.pending = { ...this.pending, ...slices };
    this.schedule();
  }

  /** Later pushes have a higher number than the snapshot's; the page drops what is not newer. */
  snapshot(state: AppState): Snapshot {
    return { revision: this.revision, state };
  }

  /** The page listens from now on: what waited is sent. */
  ready(): void {
    this.isReady = true;
    this.schedule();
  }

  /** The page is gone or loads anew: nothing is kept, since the next one starts with a snapshot. */
  reset(): void {
    this.isReady = false;
    this.pending = {};
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private schedule(): void {
    if (!this.isReady || this.timer !== null || Object.keys(this.pending).length === 0) return;
    const wait = Math.max(0, this.lastSent + pushEveryMs - this.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.flush();
    }, wait);
  }

  private flush(): void {
    const slices = this.pending;
    this.pending = {};
    this.revision += 1;
    this.lastSent = this.now();
    this.send({ revision: this.revision, slices });
  }
}
