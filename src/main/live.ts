// The session that is live now. It starts while the window opens, and can be exchanged for the lab's; who listens stays
// subscribed. Calls wait for it; where it cannot be had, each of them answers with the reason.
import type { Session } from '../core/flows/session/api';
import type { AppState, Block } from '../shared/model';

/** Opens the session of a scenario of the lab, or of the real machine (null). */
export type OpenSession = (scenario: string | null) => Promise<Session>;
type Listener = (slices: Partial<AppState>, state: AppState) => void;

export class LiveSession {
  private current: Promise<Session>;
  private newest: AppState | null = null;
  private unsubscribe: () => void = () => undefined;
  private readonly listeners = new Set<Listener>();
  private readonly blockListeners = new Set<(block: Block) => void>();
  /** New blocks from before anyone listened. */
  private untold: Block[] = [];

  constructor(
    private readonly open: OpenSession,
    scenario: string | null,
  ) {
    this.current = this.start(scenario);
  }

  /** @throws what opening it threw */
  get(): Promise<Session> {
    return this.current;
  }

  /** Null until the first session is open. */
  get state(): AppState | null {
    return this.newest;
  }

  /** Called with all slices when a session opens, and with those that changed from then on. */
  onChange(listener: Listener): void {
    this.listeners.add(listener);
  }

  /** Called with each new block, of whatever session is live; the first listener also hears what came before it. */
  onBlock(listener: (block: Block) => void): void {
    this.blockListeners.add(listener);
    for (const block of this.untold.splice(0)) listener(block);
  }

  /** Ends the session and opens another in its place. */
  async exchange(scenario: string | null): Promise<void> {
    await this.close();
    this.current = this.start(scenario);
    await this.current;
  }

  /** Ends it; one that never opened has nothing to end. */
  async close(): Promise<void> {
    const session = await this.current.catch(() => null);
    this.unsubscribe();
    this.unsubscribe = () => undefined;
    await session?.close();
  }

  private start(scenario: string | null): Promise<Session> {
    const starting = this.open(scenario).then((session) => {
      const endState = session.subscribe((slices) => {
        this.tell(slices, session.state);
      });
      this.tell({ ...session.state }, session.state);
      const endBlocks = session.onBlock((block) => {
        if (this.blockListeners.size === 0) this.untold.push(block);
        for (const listener of this.blockListeners) listener(block);
      });
      this.unsubscribe = () => {
        endState();
        endBlocks();
      };
      return session;
    });
    // Each call that waits reports the failure; here it only must not count as unhandled.
    starting.catch((error: unknown) => {
      process.stderr.write(`gangway: the session did not open: ${String(error)}\n`);
    });
    return starting;
  }

  private tell(slices: Partial<AppState>, state: AppState): void {
    this.newest = state;
    for (const listener of this.listeners) listener(slices, state);
  }
}
