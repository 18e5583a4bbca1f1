// The app's session: one state, calls in, changes out. It comes back where the last one was, whatever ended it, and runs
// nothing by itself but looking.
import { cleanOld } from '../cleanOld';
import { asFailure } from '../../failureError';
import { brokenJournal } from '../../journal/journal';
import { initialWizard, type AppState, type Block } from '../../../shared/model';
import { reduceWizard } from '../../../shared/rules/wizard';
import type { Session, SessionOptions } from './api';
import type { SessionCall } from './calls';
import { list } from './chooseStep';
import { Engine } from './engine';
import { search } from './findStep';
import { appOf, FirstStatus, firstState } from './firstState';
import { addKey, readKeys, sessionHandlers } from './handlers';
import { showInterrupted } from './interruptedStep';
import {
  noBlocks,
  noExclusions,
  readHistory,
  readList,
  statusOf,
  unreadDefender,
  watchLog,
} from './pages';
import type { SavedSession } from './saved';
import { Store } from './store';
import type { Argument, Result } from '../../../shared/contract';

export type { Session, SessionOptions } from './api';

/** Resolves when the state is there; searching, the list and the pages follow by themselves. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const session = new LiveSession(options);
  await session.open(options.scenario);
  return session;
}

class LiveSession implements Session {
  private engine: Engine | null = null;
  private closed = false;
  private saving: Promise<unknown> = Promise.resolve();
  private following: Promise<unknown> = Promise.resolve();
  private readonly store: Store;
  private readonly blockListeners = new Set<(block: Block) => void>();
  /** Found before anyone listened. */
  private untold: Block[] = [];
  private readonly handlers = sessionHandlers({
    engine: () => this.live(),
    reopen: (scenario) => this.reopen(scenario),
  });

  constructor(private readonly options: SessionOptions) {
    this.store = new Store(firstState(options), () => {
      this.save();
    });
  }

  get state(): AppState {
    return this.store.state;
  }

  get journalFile(): string {
    return this.live().world.journal.file;
  }

  subscribe(listener: (slices: Partial<AppState>) => void): () => void {
    return this.store.subscribe(listener);
  }

  onBlock(listener: (block: Block) => void): () => void {
    this.blockListeners.add(listener);
    const waiting = this.untold;
    this.untold = [];
    for (const block of waiting) listener(block);
    return () => {
      this.blockListeners.delete(listener);
    };
  }

  async handle<N extends SessionCall>(name: N, argument: Argument<N>): Promise<Result<N>> {
    const handler = this.handlers[name] as (argument: Argument<N>) => Promise<unknown>;
    return (await handler(argument)) as Result<N>;
  }

  async addKeyFile(path: string, confirm: string | null): Promise<Result<'app.addKey'>> {
    const engine = this.live();
    return addKey(engine, await engine.world.readText(path), confirm);
  }

  async addFindFolder(path: string): Promise<void> {
    const engine = this.live();
    engine.folders = [...new Set([...engine.folders, path])].slice(-16);
    await search(engine);
    const chosen = [...engine.roots].find(([, root]) => root === path)?.[0];
    if (chosen !== undefined) await this.handle('find.select', chosen);
    this.save();
  }

  async chooseSourceFolder(path: string): Promise<void> {
    await this.handle('choose.source', { kind: 'folder', path });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.end();
  }

  async open(scenario: string | null): Promise<void> {
    const world = await this.options.open(scenario);
    const engine = new Engine(world, this.store);
    this.engine = engine;
    engine.onBlock = (block) => {
      if (this.blockListeners.size === 0) this.untold.push(block);
      for (const listener of this.blockListeners) listener(block);
    };
    engine.onEnd = () => {
      this.follow(async () => {
        await readList(engine, false);
        await readHistory(engine);
        engine.noteRollback();
      });
    };
    const now = world.clock.now();
    // Asked for at once, and waited for by nobody: Windows takes seconds to answer at times.
    const first = new FirstStatus(statusOf(world), unreadDefender(now));
    const [saved, settings] = await Promise.all([world.wizardFile.read(), world.settings.read()]);
    const isSame = saved !== null && saved.scenario === world.scenario;
    if (isSame) {
      engine.chosen = saved.chosen;
      engine.folders = saved.folders;
    }
    const fresh = {
      ...initialWizard,
      choose: {
        ...initialWizard.choose,
        source: world.mode === 'lab' ? world.defaultSource : settings.source,
        arch: world.machine.arch,
      },
    };
    this.store.set({
      app: appOf(this.options, world),
      settings,
      defender: first.shown,
      wizard: isSame ? reduceWizard(saved.wizard, { kind: 'resumed' }) : fresh,
      exclusions: noExclusions,
      blocks: noBlocks(now),
      history: {
        entries: [],
        lastRollback: null,
        broken: brokenJournal(world.journal)?.failure ?? null,
      },
    });
    this.follow(() => this.lookAround(engine, first));
  }

  /** What a start looks at, while the window is usable already. */
  private async lookAround(engine: Engine, first: FirstStatus): Promise<void> {
    // First, since it stands in the wizard's place; the rest can wait for the first screen.
    await showInterrupted(engine);
    await this.options.shown;
    // Beside each other: Windows' log can take seconds to read, and Go is found without it.
    const looks = await Promise.allSettled([
      this.showStatus(engine, first),
      watchLog(engine),
      this.lookInOrder(engine),
    ]);
    for (const look of looks) if (look.status === 'rejected') throw look.reason;
  }

  private async lookInOrder(engine: Engine): Promise<void> {
    const { world } = engine;
    const { installRoot } = world.machine;
    const steps: readonly (() => Promise<unknown>)[] = [
      () => readKeys(engine),
      () => readHistory(engine),
      () => readList(engine, false),
      () =>
        Promise.all([
          this.state.wizard.find.status === 'done' ? nothing : search(engine),
          // At the first step a list of an earlier day says nothing of what is supported now.
          this.state.wizard.choose.status === 'idle' || this.state.wizard.step === 'find'
            ? list(engine)
            : nothing,
        ]),
      () => {
        // What is open or damaged is decided on first.
        if (this.state.wizard.interrupted !== null || world.journal.broken !== null) return nothing;
        const { keepOldDays } = this.state.settings;
        return world.exclusively(() => cleanOld(world, { installRoot, keepDays: keepOldDays }));
      },
    ];
    for (const step of steps) {
      // Closed meanwhile, or another scenario: the adapters are about to go.
      if (this.engine !== engine) return;
      await step();
    }
  }

  private async showStatus(engine: Engine, first: FirstStatus): Promise<void> {
    const defender = await first.asked;
    // Somebody may have asked again meanwhile, and had an answer.
    if (this.engine === engine && this.state.defender === first.unread) {
      this.store.set({ defender });
    }
  }

  /** Work that nobody waits for: its failure is the wizard's, unless the session is closing. */
  private follow(work: () => Promise<void>): void {
    const next = this.following.then(work).catch((error: unknown) => {
      if (this.engine === null) return;
      const failure = asFailure(error);
      if (failure.code === 'cancelled' || failure.code === 'state.locked') return;
      this.engine.fail(failure);
    });
    this.following = next;
  }

  private async reopen(scenario: string): Promise<void> {
    await this.end();
    await this.open(scenario);
  }

  private async end(): Promise<void> {
    const { engine } = this;
    this.engine = null;
    if (engine === null) return;
    await engine.stopAll();
    engine.closeWake();
    await this.following;
    await engine.stopAll();
    this.saveOf(engine);
    await this.saving;
    await engine.watch?.close();
    await engine.world.close();
  }

  private live(): Engine {
    if (this.engine === null) throw new Error('the session is closed');
    return this.engine;
  }

  private save(): void {
    if (this.engine !== null) this.saveOf(this.engine);
  }

  /** One write at a time, each of the newest state. */
  private saveOf(engine: Engine): void {
    const saved = (): SavedSession => ({
      schema: 1,
      scenario: engine.world.scenario,
      wizard: this.store.state.wizard,
      chosen: engine.chosen,
      folders: engine.folders,
    });
    this.saving = this.saving
      .then(() => engine.world.wizardFile.write(saved()))
      .catch((error: unknown) => {
        // Without it the next start begins at the first step; the journal is another file.
        this.store.change('blocks', { failure: asFailure(error) });
      });
  }
}

const nothing = Promise.resolve();
