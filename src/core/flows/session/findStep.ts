// Step 1: which Gos are here.
import { findGo, type FoundGos } from '../findGo';
import type { Engine } from './engine';

/** @param quietly what is known stays shown meanwhile: only its notes may change */
export async function search(engine: Engine, quietly = false): Promise<void> {
  const { store, world } = engine;
  if (!quietly) store.wizard({ kind: 'searching' });
  await engine.work('find', async (signal) => {
    const found = await findGo(world, {
      folders: engine.folders,
      releases: null,
      confirm: true,
    });
    if (signal.aborted) return;
    engine.roots = found.roots;
    engine.found = found;
    tell(engine, found);
  });
}

/** What a list that has just come says of the support of the Gos that were found. */
export async function tellSupport(engine: Engine): Promise<void> {
  // A search that still runs reads the list when it ends.
  if (engine.store.state.wizard.find.status !== 'done') return;
  // Found by the process before this one.
  if (engine.found === null) await search(engine, true);
  else tell(engine, engine.found);
}

function tell({ store, support }: Engine, found: FoundGos): void {
  store.wizard({
    kind: 'found',
    installs: found.installsBy(support?.releases ?? null),
    suggestedId: found.suggestedId,
    tookMs: found.tookMs,
    places: found.places,
    listedAt: support?.fetchedAt ?? null,
  });
}

/** The version of the Go that is to be upgraded; null where none is. */
export function selectedVersion(engine: Engine): string | null {
  const { installs, selectedId } = engine.store.state.wizard.find;
  return installs.find(({ id }) => id === selectedId)?.version ?? null;
}
