// What the steps of a session share: the world, the state, what runs now and can be stopped, and what was found so far.
import type { World } from '../world';
import { blockContext } from '../blockContext';
import type { FoundGos } from '../findGo';
import { blockedFailure, explainVanished } from '../explainVanished';
import { shownFailure } from '../shownFailure';
import type { BlockWatch, StoryContext } from '../watchBlocks';
import { asFailure } from '../../failureError';
import { mayBeInEffect } from '../../journal/replay';
import type { Block, Catalogued, Failure } from '../../../shared/model';
import type { VerifiedRelease } from '../../verify/verifiedRelease';
import type { Chosen } from './saved';
import type { Store } from './store';

export type Slot = 'find' | 'list' | 'download' | 'verify' | 'exclusions' | 'install';

/** Slots whose work touches Go's files: a block of Go stops them. */
const touching: readonly Slot[] = ['download', 'verify', 'install'];

interface Running {
  readonly abort: AbortController;
  readonly began: Date;
  /** Set where a block of Go stopped it. */
  block: Block | null;
  readonly ended: Promise<void>;
}

export class Engine {
  listed: Catalogued | null = null;
  /** The newest list that says which lines are supported: the one above, or an older one until it is here. */
  support: Pick<Catalogued, 'releases' | 'fetchedAt'> | null = null;
  /** Null until this process has searched. */
  found: FoundGos | null = null;
  chosen: Chosen | null = null;
  verified: VerifiedRelease | null = null;
  folders: string[] = [];
  /** Absolute folders of the Gos that were found, by id. */
  roots: ReadonlyMap<string, string> = new Map();
  /** The folder that is being unpacked, as Windows shows it. */
  unpacking: string | null = null;
  /** SHA-256 of what came over the network and is not in the history yet. */
  readonly fetched = new Set<string>();
  /** The interrupted run that the next install goes on with. */
  resumes: string | null = null;
  /** The Go whose settings the planned exclusions change. */
  planAsks: string | null = null;
  watch: BlockWatch | null = null;
  /** Set by the session: the first of our exclusions has ended. */
  onEnd: () => void = () => undefined;
  /** Set by the session: something new was blocked. */
  onBlock: (block: Block) => void = () => undefined;
  private cancelWake: () => void = () => undefined;
  private stories: StoryContext | null = null;
  private readonly running = new Map<Slot, Running>();
  /** Work that begins when what runs in its slot has let go: the newest alone. */
  private readonly waiting = new Map<Slot, symbol>();

  constructor(
    readonly world: World,
    readonly store: Store,
  ) {}

  /**
   * Runs the work of a slot; what ran there before is stopped first. A failure goes to the wizard; stopped work fails
   * silently, since whoever stopped it has said so.
   * @returns true where the work came to its end
   */
  async work(slot: Slot, job: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const turn = Symbol(slot);
    const stopping = this.stop(slot);
    this.waiting.set(slot, turn);
    await stopping;
    // Stopped, or overtaken by newer work, while it waited for the one before: two must never run side by side.
    if (this.waiting.get(slot) !== turn) return false;
    this.waiting.delete(slot);
    const abort = new AbortController();
    let settle: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const entry: Running = { abort, began: this.world.clock.now(), block: null, ended };
    this.running.set(slot, entry);
    try {
      await job(abort.signal);
      return true;
    } catch (error) {
      const failure = await this.explain(entry, error, touching.includes(slot));
      if (failure !== null) this.fail(failure);
      return false;
    } finally {
      if (this.running.get(slot) === entry) this.running.delete(slot);
      settle();
    }
  }

  /** The wizard stops with it. A damaged journal has a place of its own: it stays until the person has decided. */
  fail(failure: Failure): void {
    const shown = shownFailure(this.world, failure);
    this.store.wizard({ kind: 'failed', failure: shown });
    if (failure.code !== 'journal.broken') return;
    this.store.change('history', { broken: shown });
    this.store.wizard({ kind: 'failureDismissed' });
  }

  /** Stops the work of a slot, and waits until it has let go. */
  async stop(slot: Slot): Promise<void> {
    this.waiting.delete(slot);
    const entry = this.running.get(slot);
    if (entry === undefined) return;
    entry.abort.abort();
    await entry.ended;
  }

  async stopAll(): Promise<void> {
    const slots = new Set([...this.running.keys(), ...this.waiting.keys()]);
    await Promise.all([...slots].map((slot) => this.stop(slot)));
  }

  isRunning(slot: Slot): boolean {
    return this.running.has(slot) || this.waiting.has(slot);
  }

  /** A block of Go while Go's files are being touched: the work stops with it as the reason. */
  stopForBlock(block: Block): void {
    for (const slot of touching) {
      const entry = this.running.get(slot);
      if (entry === undefined || entry.abort.signal.aborted) continue;
      entry.block = block;
      entry.abort.abort();
    }
  }

  /** For telling blocks; made once, and anew after the machine's Gos changed. */
  async story(anew = false): Promise<StoryContext> {
    if (this.stories === null || anew) {
      this.stories = await blockContext(this.world, {
        releases: this.listed?.releases ?? null,
        listedAt: this.listed?.fetchedAt ?? null,
        unpacking: () => this.unpacking,
      });
    }
    return this.stories;
  }

  /** After something was taken back anywhere: the wizard does not go on showing it as done. */
  noteRollback(): void {
    const { wizard } = this.store.state;
    const isInEffect = (run: string | null): boolean =>
      this.world.journal
        .runs()
        .some((known) => known.run === run && known.actions.some(mayBeInEffect));
    const { done, exclusions } = wizard;
    if (done.status === 'upgraded' && done.run !== null && !isInEffect(done.run)) {
      this.store.wizard({ kind: 'undone' });
    } else if (exclusions.status === 'applied' && !isInEffect(exclusions.run)) {
      this.store.wizard({ kind: 'exclusionsUndone' });
    }
  }

  /** Calls `onEnd` when the first of our exclusions ends. Nothing polls. */
  wakeAt(moment: string | null): void {
    this.cancelWake();
    this.cancelWake = () => undefined;
    if (moment === null) return;
    // The task that ends it runs at that moment; a second later it has.
    this.cancelWake = this.world.clock.wake(new Date(Date.parse(moment) + 1_000), () => {
      this.onEnd();
    });
  }

  closeWake(): void {
    this.cancelWake();
  }

  private async explain(
    entry: Running,
    error: unknown,
    isTouching: boolean,
  ): Promise<Failure | null> {
    if (entry.block !== null) return blockedFailure(entry.block, asFailure(error));
    if (entry.abort.signal.aborted) return null;
    if (!isTouching) return asFailure(error);
    return explainVanished(this.world, error, entry.began, () => this.story());
  }
}
