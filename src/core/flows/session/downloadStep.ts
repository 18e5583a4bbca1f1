// Step 3: the transfer, with speed and time left; proving starts by itself when it is complete.
import { downloadRelease } from '../downloadRelease';
import { wasFetched } from '../noteDownload';
import { nameSource } from '../source';
import { addSample, rate, type Sample } from '../../../shared/rules/transferRate';
import { fileOfChoice } from './chooseStep';
import type { Engine } from './engine';
import type { Chosen } from './saved';
import { prove } from './verifyStep';

export async function startDownload(engine: Engine): Promise<void> {
  if (engine.isRunning('download')) return;
  const { store } = engine;
  const isDone = await engine.work('download', async (signal) => {
    const chosen = await choice(engine);
    engine.chosen = chosen;
    engine.verified = null;
    await transfer(engine, chosen, signal);
  });
  if (isDone && store.state.wizard.download.status === 'complete') await prove(engine);
}

/** What was chosen before and is still what the wizard shows, or what the choice comes to now. */
async function choice(engine: Engine): Promise<Chosen> {
  const { download } = engine.store.state.wizard;
  const { chosen } = engine;
  if (chosen !== null && download.status !== 'idle' && chosen.file.sha256 === download.sha256) {
    return chosen;
  }
  return fileOfChoice(engine);
}

async function transfer(engine: Engine, chosen: Chosen, signal: AbortSignal): Promise<void> {
  const { store, world } = engine;
  const { file, source } = chosen;
  await world.prepare(source);
  const resumedFrom = await world.downloads.partial(file.sha256);
  signal.throwIfAborted();
  store.wizard({
    kind: 'downloadStarted',
    download: {
      filename: file.filename,
      from: nameSource(source, (path) => world.machine.display(path)),
      total: file.size,
      sha256: file.sha256,
      savedIn: world.downloadsShown ?? world.machine.display(world.downloads.folder),
      resumedFrom: Math.min(resumedFrom, file.size),
    },
  });
  let samples: readonly Sample[] = [];
  const downloaded = await downloadRelease(
    world,
    { source, file, installRoot: world.machine.installRoot },
    ({ done, total }) => {
      samples = addSample(samples, { at: performance.now(), done });
      store.wizard({ kind: 'downloadMoved', received: done, ...rate(samples, total) });
    },
    signal,
  );
  if (wasFetched(downloaded)) engine.fetched.add(file.sha256);
  store.wizard({
    kind: 'downloaded',
    resumedFrom: downloaded.resumedFrom,
    tookMs: downloaded.tookMs,
  });
}

export async function pauseDownload(engine: Engine): Promise<void> {
  await engine.stop('download');
  engine.store.wizard({ kind: 'downloadPaused' });
}

/** Back to the choice; nothing of the file is kept. */
export async function cancelDownload(engine: Engine): Promise<void> {
  await dropDownload(engine);
  engine.store.wizard({ kind: 'went', step: 'choose' });
}

export async function startOver(engine: Engine): Promise<void> {
  await dropDownload(engine);
  await startDownload(engine);
}

async function dropDownload(engine: Engine): Promise<void> {
  await engine.stop('download');
  await engine.stop('verify');
  const { sha256 } = engine.store.state.wizard.download;
  if (sha256 !== '') await engine.world.downloads.discard(sha256);
  engine.verified = null;
  engine.store.wizard({ kind: 'downloadDropped' });
}
