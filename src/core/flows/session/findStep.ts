// Step 1: which Gos are here.
import { findGo } from '../findGo';
import type { Engine } from './engine';

/** @param quietly what is known stays shown meanwhile: only its notes may change */
export async function search(engine: Engine, quietly = false): Promise<void> {
  const { store, world } = engine;
  if (!quietly) store.wizard({ kind: 'searching' });
  await engine.work('find', async (signal) => {
    const found = await findGo(world, {
      folders: engine.folders,
      releases: engine.listed?.releases ?? null,
      confirm: true,
    });
    if (signal.aborted) return;
    engine.roots = found.roots;
    store.wizard({
      kind: 'found',
      installs: found.installs,
      suggestedId: found.suggestedId,
      tookMs: found.tookMs,
      places: found.places,
    });
  });
}

/** The version of the Go that is to be upgraded; null where none is. */
export function selectedVersion(engine: Engine): string | null {
  const { installs, selectedId } = engine.store.state.wizard.find;
  return installs.find(({ id }) => id === selectedId)?.version ?? null;
}
