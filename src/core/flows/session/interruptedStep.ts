// A run that an earlier process left unfinished: the user goes on with it, or takes it back. Nothing is done by itself.
import { finishInterrupted, findInterrupted, undoInterrupted, type Interrupted } from '../recover';
import { interruptedUpgrade } from '../interrupted';
import { setJournalAside } from '../setJournalAside';
import { applyDeps, rollbackDeps } from '../rollbackDeps';
import { asFailure, FailureError } from '../../failureError';
import { message } from '../../../shared/model';
import { withoutGo } from '../../../shared/rules/goVersion';
import { chosenOf, list } from './chooseStep';
import { startDownload } from './downloadStep';
import type { Engine } from './engine';
import { search } from './findStep';
import { install } from './installStep';
import { refreshPages } from './pages';

/** Puts the newest one on screen, or takes the last one off it. */
export async function showInterrupted(engine: Engine): Promise<void> {
  const { store, world } = engine;
  let found: readonly Interrupted[];
  try {
    // Another process may be at work right now: its run is open, and not cut off.
    found = await world.exclusively(() => findInterrupted(world.journal));
  } catch (error) {
    const { code } = asFailure(error);
    // A damaged journal is decided on first: what it says of runs is not whole.
    if (code !== 'state.locked' && code !== 'journal.broken') throw error;
    if (code === 'journal.broken') store.wizard({ kind: 'interrupted', interrupted: null });
    return;
  }
  const [newest] = found;
  const upgrade = interruptedUpgrade(world.journal, world.machine.installRoot);
  store.wizard({
    kind: 'interrupted',
    interrupted:
      newest === undefined
        ? null
        : {
            run: newest.run,
            what:
              newest.purpose === 'upgrade' &&
              upgrade?.run === newest.run &&
              upgrade.version !== null
                ? message('upgrade.interrupted', { version: withoutGo(upgrade.version) })
                : newest.what,
            canFinish:
              newest.purpose === 'upgrade'
                ? versionOf(engine, newest.run) !== null
                : newest.canFinish && world.protection.kind === 'present',
            at: newest.at,
          },
  });
}

/** What the run was to install: by its own records, else by what was chosen. */
function versionOf({ world, chosen }: Engine, run: string): string | null {
  const upgrade = interruptedUpgrade(world.journal, world.machine.installRoot);
  if (upgrade?.run !== run) return null;
  return upgrade.version ?? chosen?.version ?? null;
}

export async function finish(engine: Engine): Promise<void> {
  const { store, world } = engine;
  const { interrupted } = store.state.wizard;
  if (interrupted === null) return;
  const version = versionOf(engine, interrupted.run);
  store.wizard({ kind: 'interrupted', interrupted: null });
  if (version !== null) {
    await finishUpgrade(engine, interrupted.run, version);
  } else {
    await engine.work('exclusions', async () => {
      const done = await world.exclusively(() =>
        finishInterrupted(
          { apply: applyDeps(world), rollback: rollbackDeps(world) },
          interrupted.run,
        ),
      );
      const { failure } = done.outcome;
      if (done.kind === 'exclusions' && failure === null) {
        const { results, run } = done.outcome;
        if (store.state.wizard.exclusions.items.length > 0) {
          store.wizard({ kind: 'applied', results, run });
        }
      }
      if (failure !== null) throw FailureError.of(failure);
    });
  }
  await settle(engine);
}

async function finishUpgrade(engine: Engine, run: string, version: string): Promise<void> {
  if (engine.chosen?.version !== version) {
    if (engine.listed === null) await list(engine);
    if (engine.listed === null) return;
    engine.chosen = chosenOf(engine, engine.listed, version);
  }
  engine.resumes = run;
  const { store } = engine;
  const isProved = (): boolean => store.state.wizard.verify.verdict === 'verified';
  if (!isProved()) {
    const { file } = engine.chosen;
    // So that the download goes on with this file, whatever the cards say.
    store.wizard({
      kind: 'downloadStarted',
      download: {
        filename: file.filename,
        from: '',
        total: file.size,
        sha256: file.sha256,
        savedIn: '',
        resumedFrom: 0,
      },
    });
    await startDownload(engine);
    if (!isProved()) return;
  }
  await install(engine);
}

export async function undo(engine: Engine): Promise<void> {
  const { store, world } = engine;
  const { interrupted } = store.state.wizard;
  if (interrupted === null) return;
  await engine.work('exclusions', async () => {
    const outcome = await world.exclusively(() =>
      undoInterrupted(rollbackDeps(world), interrupted.run),
    );
    store.change('history', { lastRollback: outcome.report });
    if (outcome.failure !== null) throw FailureError.of(outcome.failure);
  });
  await settle(engine);
}

/** The person's word for it; what can be read of the journal may well be a run that was cut off. */
export async function setAside(engine: Engine): Promise<void> {
  const { world } = engine;
  await world.exclusively(() => setJournalAside(world.journal));
  await settle(engine);
}

async function settle(engine: Engine): Promise<void> {
  await search(engine, true);
  await refreshPages(engine);
  await showInterrupted(engine);
}
