// Step 6: unpack, compare, switch, ask. A failure or a cancel takes back what this run did; nothing is left half done.
import { installRelease, rootOf } from '../installRelease';
import { finishUpgrade } from '../upgradeNotes';
import { rollback } from '../rollback';
import { rollbackDeps } from '../rollbackDeps';
import { asFailure, FailureError } from '../../failureError';
import { addSample, rate, type Sample } from '../../../shared/rules/transferRate';
import { withoutGo } from '../../../shared/rules/goVersion';
import { doneOf } from './doneStep';
import type { Engine } from './engine';
import { search } from './findStep';
import { refreshPages } from './pages';
import { proveChosen } from './verifyStep';

export async function install(engine: Engine): Promise<void> {
  const { store, world } = engine;
  if (engine.isRunning('install') || store.state.wizard.install.status === 'complete') return;
  const isDone = await engine.work('install', async (signal) => {
    const { chosen } = engine;
    if (chosen === null) throw new FailureError('internal', { next: ['retry'] });
    const target = world.machine.display(rootOf(world.machine.installRoot, chosen.version));
    store.wizard({ kind: 'installing', target, run: engine.resumes });
    // What an earlier start verified counts for nothing here: only this process' own proof does.
    if (engine.verified === null) await proveChosen(engine, signal, false);
    if (engine.verified === null) throw new FailureError('proof.notEnough', { next: ['retry'] });
    await world.exclusively(() => installVerified(engine, signal));
  });
  engine.unpacking = null;
  await afterChange(engine);
  if (isDone) return;
  // Stopped by the user: then no failure says so.
  if (store.state.wizard.failure === null) store.wizard({ kind: 'installStopped' });
}

/** Stops, and takes back what was begun. */
export async function cancelInstall(engine: Engine): Promise<void> {
  await engine.stop('install');
  engine.store.wizard({ kind: 'installStopped' });
}

async function installVerified(engine: Engine, signal: AbortSignal): Promise<void> {
  const { store, world, verified } = engine;
  if (verified === null) throw new FailureError('proof.notEnough');
  const { installRoot } = world.machine;
  const root = rootOf(installRoot, verified.version);
  signal.throwIfAborted();
  const run = engine.resumes ?? (await world.journal.startRun('upgrade'));
  engine.resumes = null;
  engine.unpacking = world.machine.display(root);
  store.wizard({ kind: 'installing', target: engine.unpacking, run });
  try {
    let samples: readonly Sample[] = [];
    const installed = await installRelease(
      world,
      { release: verified, installRoot, run },
      {
        step: (id, state, note) => {
          const shown = id === 'folder' ? world.machine.display(note ?? '') : (note ?? '');
          store.wizard({ kind: 'substep', id, state, note: shown });
        },
        progress: ({ done, total, current }) => {
          samples = addSample(samples, { at: performance.now(), done });
          const { speed, secondsLeft } = rate(samples, total);
          store.wizard({
            kind: 'installMoved',
            files: done,
            totalFiles: total,
            filesPerSecond: speed,
            secondsLeft,
            currentFile: shownFile(current, world.machine.os),
          });
        },
      },
      signal,
    );
    await finishUpgrade(world, { run, installRoot, release: verified, installed });
    store.wizard({
      kind: 'upgraded',
      done: await doneOf(engine, { run, installed, version: withoutGo(verified.version) }),
    });
  } catch (error) {
    const waits = asFailure(error).code === 'disk.locked' ? 'once' : 'patiently';
    await rollback(rollbackDeps(world, waits), { kind: 'run', run });
    throw error;
  }
}

/** The PATH, the blocks' context and the pages after the machine's Gos changed. */
async function afterChange(engine: Engine): Promise<void> {
  await engine.story(true);
  await engine.watch?.retell();
  await search(engine, true);
  await refreshPages(engine);
}

function shownFile(path: string | undefined, os: string): string {
  if (path === undefined) return '';
  return os === 'windows' ? `go\\${path.replaceAll('/', '\\')}` : `go/${path}`;
}
