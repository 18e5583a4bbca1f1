// The pages beside the wizard: exclusions, blocks, history and Defender's state, read anew when something changed.
import { rollback, type RollbackTarget } from '../rollback';
import { findInterrupted, undoInterrupted } from '../recover';
import { applyDeps, rollbackDeps } from '../rollbackDeps';
import { readExclusions } from '../readExclusions';
import { watchBlocks } from '../watchBlocks';
import { asFailure, FailureError } from '../../failureError';
import { historyOf } from '../../journal/history';
import { brokenJournal } from '../../journal/journal';
import { message, type AppState, type DefenderStatus, type Message } from '../../../shared/model';
import type { World } from '../world';
import type { Engine } from './engine';

/** Days that "look further back" adds up to, one after the other. */
const looks = [90, 365] as const;

export async function refreshPages(engine: Engine): Promise<void> {
  await Promise.all([readHistory(engine), readDefender(engine), readList(engine, false)]);
}

export async function readDefender({ world, store }: Engine): Promise<void> {
  store.set({ defender: await statusOf(world) });
}

export async function statusOf(world: World): Promise<DefenderStatus> {
  if (world.protection.kind === 'present') return world.protection.defender.status();
  return unknownStatus(world.protection.reason, world.clock.now());
}

export async function readHistory({ world, store }: Engine): Promise<void> {
  await world.journal.refresh();
  const broken = brokenJournal(world.journal)?.failure ?? null;
  store.change('history', {
    entries: [...historyOf(world.journal.runs())],
    // The one that is shown stays: only its moment is another.
    broken: broken === null ? null : (store.state.history.broken ?? broken),
  });
}

/** @param byPrompt asks an administrator, where Windows hides the list */
export async function readList(engine: Engine, byPrompt: boolean): Promise<void> {
  const { store, world } = engine;
  if (world.protection.kind === 'missing') {
    store.change('exclusions', { status: 'ready', visibility: 'unavailable', why: null });
    return;
  }
  store.change('exclusions', { status: 'reading' });
  try {
    const seen = await readExclusions(applyDeps(world), byPrompt);
    store.change('exclusions', {
      status: 'ready',
      visibility: seen.visibility,
      why: seen.why,
      items: [...seen.items],
      ours: seen.ours,
      firstEnds: seen.firstEnds,
      readAt: seen.readAt,
      shownByPrompt: seen.shownByPrompt,
      failure: seen.failure,
    });
    engine.wakeAt(seen.firstEnds);
  } catch (error) {
    store.change('exclusions', { status: 'ready', failure: asFailure(error) });
  }
}

/** From the exclusions page, the history, or the tray: each says there what came of it. */
export async function takeBack(
  engine: Engine,
  target: RollbackTarget,
  shownOn: 'exclusions' | 'history',
): Promise<void> {
  const { store, world } = engine;
  store.change('exclusions', { status: 'rollingBack', failure: null });
  const { report, failure } = await world
    .exclusively(() => rollBackOrResume(world, target))
    .catch((error: unknown) => ({ report: null, failure: asFailure(error) }));
  store.change(shownOn, { lastRollback: report });
  await refreshPages(engine);
  store.change('exclusions', { failure });
  engine.noteRollback();
  // Of failures the history page has a place for this one alone; with others the call answers.
  if (failure === null || shownOn !== 'history' || failure.code === 'journal.broken') return;
  throw FailureError.of(failure);
}

/** A rollback that was cut off can only be gone on with. */
async function rollBackOrResume(
  world: World,
  target: RollbackTarget,
): Promise<Pick<Awaited<ReturnType<typeof rollback>>, 'report' | 'failure'>> {
  const deps = rollbackDeps(world);
  if (target.kind === 'run') {
    const open = await findInterrupted(world.journal);
    if (open.some(({ run }) => run === target.run)) return undoInterrupted(deps, target.run);
  }
  return rollback(deps, target);
}

/** Reads Windows' log and follows it from then on. Never rejects: a failure is the page's. */
export async function watchLog(engine: Engine): Promise<void> {
  const { store } = engine;
  store.change('blocks', { status: 'reading', failure: null });
  try {
    await startWatch(engine);
  } catch (error) {
    store.change('blocks', { failure: asFailure(error) });
  }
  store.change('blocks', { status: 'ready' });
}

async function startWatch(engine: Engine): Promise<void> {
  const { store, world } = engine;
  if (world.protection.kind === 'missing') return;
  const first = await engine.story();
  let story = first;
  engine.watch = await watchBlocks(
    {
      // What is known of files grows while the watch runs.
      get places() {
        return story.places;
      },
      identify: async (path, at) => {
        story = await engine.story();
        return story.identify(path, at);
      },
      events: world.protection.events,
      clock: world.clock,
      memory: world.watchMemory,
    },
    {
      onChange: ({ blocks, since }) => {
        const items = blocks.slice(0, 500);
        store.change('blocks', {
          items,
          since,
          unseen: items.filter((block) => !block.seen).length,
        });
      },
      onNew: (block) => {
        engine.onBlock(block);
        if (block.concernsGo) engine.stopForBlock(block);
      },
    },
  );
  // More of the files became known while the log was read: what was told by then does not say it yet.
  if ((await engine.story()) !== first) await engine.watch.retell();
}

/** Further into the past; where the log could not be read before, it is tried again. */
export async function lookBack(engine: Engine): Promise<void> {
  if (engine.watch === null) {
    if (engine.store.state.blocks.status === 'ready') await watchLog(engine);
    return;
  }
  const since = Date.parse(engine.store.state.blocks.since);
  const days = (engine.world.clock.now().getTime() - since) / 86_400_000;
  await engine.watch.lookBack(looks.find((look) => look > days + 1) ?? 365);
}

export function noBlocks(since: Date): AppState['blocks'] {
  return {
    status: 'reading',
    items: [],
    unseen: 0,
    since: since.toISOString(),
    openId: null,
    failure: null,
  };
}

export const noExclusions: AppState['exclusions'] = {
  status: 'idle',
  visibility: 'unavailable',
  why: null,
  items: [],
  ours: 0,
  firstEnds: null,
  readAt: null,
  shownByPrompt: false,
  lastRollback: null,
  failure: null,
};

export function unreadDefender(at: Date): DefenderStatus {
  return unknownStatus(message('upgrade.defender.reading'), at);
}

function unknownStatus(sentence: Message, at: Date): DefenderStatus {
  return {
    kind: 'unknown',
    realTimeProtection: null,
    tamperProtection: null,
    managed: false,
    otherAntivirus: null,
    smartAppControl: 'unknown',
    contextualExclusions: false,
    sentence,
    findings: [],
    readAt: at.toISOString(),
  };
}
