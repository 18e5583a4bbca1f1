// Step 4: the ladder of proofs. A refusal and an absence are the step's own state, not failures of the app.
import { downloadRelease } from '../downloadRelease';
import { noteDownload, wasFetched } from '../noteDownload';
import { proveRelease } from '../proveRelease';
import { noteRefusal } from '../upgradeNotes';
import { FailureError } from '../../failureError';
import { checkpoint } from '../../checkpoint';
import type { ProofId } from '../../../shared/model';
import type { Engine } from './engine';
import { readHistory } from './pages';

export async function prove(engine: Engine): Promise<void> {
  const { store } = engine;
  await engine.work('verify', async (signal) => {
    store.wizard({ kind: 'verifying' });
    await proveChosen(engine, signal, true);
  });
}

/**
 * Proves what was chosen, from the file in the cache.
 * @param shown whether the step shows it; before an install after a new start it runs behind that step
 */
export async function proveChosen(
  engine: Engine,
  signal: AbortSignal,
  shown: boolean,
): Promise<void> {
  const { store, world, chosen } = engine;
  if (chosen === null) throw new FailureError('internal', { next: ['retry'] });
  const { file, source, sourceArchive } = chosen;
  await world.prepare(source);
  // Complete in the cache: this hashes nothing and fetches nothing but what an antivirus may have taken since.
  const downloaded = await downloadRelease(
    world,
    { source, file, installRoot: null },
    () => undefined,
    signal,
  );
  const result = await proveRelease(
    world,
    {
      source,
      file,
      sourceArchive,
      path: downloaded.path,
      from: downloaded.from,
      settings: store.state.settings,
      accept: store.state.wizard.verify.accepted,
    },
    {
      proofs: (proofs) => {
        if (shown) store.wizard({ kind: 'proved', proofs });
      },
      sourceProgress: () => undefined,
    },
    signal,
  );
  signal.throwIfAborted();
  await checkpoint('afterVerify');
  engine.verified = result.kind === 'verified' ? result.release : null;
  if (shown || result.kind !== 'verified') {
    store.wizard({
      kind: 'judged',
      verdict: result.kind,
      proofs: result.proofs,
      acceptable: result.kind === 'verified' ? [] : result.acceptable,
      checkedAt: world.clock.now().toISOString(),
    });
  }
  const fetched = engine.fetched.delete(file.sha256) || wasFetched(downloaded);
  await noteDownload(world, { source, file: downloaded, fetched, proofs: result.proofs });
  if (result.kind !== 'verified') await noteRefusal(world, file.filename, result);
  // It may be on screen already.
  await readHistory(engine);
}

/** The user goes on without a proof that cannot be had, and was told what that means. */
export async function accept(engine: Engine, id: ProofId): Promise<void> {
  const { verify } = engine.store.state.wizard;
  if (!verify.acceptable.includes(id)) return;
  engine.store.wizard({ kind: 'accepted', id });
  await prove(engine);
}
