// A mirror of main's state: one snapshot, then numbered pushes of whole slices. It decides nothing.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GangwayClient, Snapshot, StatePush } from '../../shared/contract';
import type { AppState } from '../../shared/model';

export interface Mirror {
  /** -1 before the snapshot. */
  readonly revision: number;
  readonly state: AppState | null;
  /** Main did not answer the snapshot: why, for the person. */
  readonly unreachable: string | null;
}
export type MirrorStore = StoreApi<Mirror>;

export function createMirror(): MirrorStore {
  return createStore<Mirror>()(() => ({ revision: -1, state: null, unreachable: null }));
}

/** A mirror that has asked main already, and listens for as long as the page lives. */
export function openMirror(client: GangwayClient): MirrorStore {
  const mirror = createMirror();
  connect(client, mirror);
  return mirror;
}

export function applySnapshot(mirror: Mirror, snapshot: Snapshot): Mirror {
  if (snapshot.revision < mirror.revision) return mirror;
  return { revision: snapshot.revision, state: snapshot.state, unreachable: null };
}

/** A push at or below the revision that is shown is older than it, and dropped. */
export function applyPush(mirror: Mirror, push: StatePush): Mirror {
  if (mirror.state === null || push.revision <= mirror.revision) return mirror;
  return {
    revision: push.revision,
    state: { ...mirror.state, ...push.slices },
    unreachable: null,
  };
}

/** Listens first and asks second, so that nothing falls between; returns how to stop. */
export function connect(client: GangwayClient, store: MirrorStore): () => void {
  const early: StatePush[] = [];
  const stop = client.on('state', (push) => {
    if (store.getState().state === null) early.push(push);
    else store.setState(applyPush(store.getState(), push), true);
  });
  void start();
  return stop;

  async function start(): Promise<void> {
    try {
      const answer = await client.call('app.snapshot');
      if (answer.kind !== 'ok') {
        const why = answer.kind === 'failed' ? answer.failure.code : answer.reason;
        store.setState({ unreachable: why });
        return;
      }
      store.setState(applySnapshot(store.getState(), answer.value), true);
      for (const push of early) store.setState(applyPush(store.getState(), push), true);
      await drawn();
      await client.call('app.ready');
    } catch (thrown) {
      store.setState({ unreachable: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }
}

/** Milliseconds that a page which draws no frame waits for one: a covered window has none. */
const frameLimitMs = 100;

/** Once what was set has been drawn. */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(resolve, frameLimitMs);
    requestAnimationFrame(() => {
      clearTimeout(limit);
      // Behind the frame's own work, which follows its callbacks.
      setTimeout(resolve);
    });
  });
}
