// Gives the views their two stores and the way to send an intent. One provider a window.
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Argument, CallName, GangwayClient, Result } from '../../shared/contract';
import type { AppState } from '../../shared/model';
import { createLocal, type Local, type LocalStore } from './local';
import type { Mirror, MirrorStore } from './mirror';

/** Sends an intent. Resolves with its value, or with undefined where it failed; the trouble is in the local store. */
export type Send = <N extends CallName>(
  name: N,
  ...argument: Argument<N> extends undefined ? [] : [Argument<N>]
) => Promise<Result<N> | undefined>;

interface Stores {
  readonly client: GangwayClient;
  readonly mirror: MirrorStore;
  readonly local: LocalStore;
  readonly send: Send;
}

/** @param props.mirror connected already: `openMirror` */
export function StoreProvider(props: {
  client: GangwayClient;
  mirror: MirrorStore;
  children: ReactNode;
}) {
  const { client, mirror } = props;
  const [local] = useState(createLocal);
  const stores = useMemo<Stores>(
    () => ({ client, mirror, local, send: sender(client, local) }),
    [client, mirror, local],
  );
  return <StoresContext.Provider value={stores}>{props.children}</StoresContext.Provider>;
}

export function useMirror<T>(select: (mirror: Mirror) => T): T {
  return useStore(useStores().mirror, select);
}

/** A slice of main's state. Only under a view that is shown once the snapshot is there. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useMirror((mirror) => {
    if (mirror.state === null) throw new Error('There is no state before the snapshot.');
    return select(mirror.state);
  });
}

export function useLocal<T>(select: (local: Local) => T): T {
  return useStore(useStores().local, select);
}

export function useSetLocal(): (change: Partial<Local>) => void {
  const { local } = useStores();
  return useCallback((change) => local.setState(change), [local]);
}

export function useSend(): Send {
  return useStores().send;
}

export function usePending(name: CallName): boolean {
  return useLocal((local) => (local.pending[name] ?? 0) > 0);
}

const StoresContext = createContext<Stores | null>(null);

function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (stores === null) throw new Error('There is no store provider above this view.');
  return stores;
}

function sender(client: GangwayClient, local: LocalStore): Send {
  return async (name, ...argument) => {
    local.setState((before) => ({ trouble: null, pending: counted(before.pending, name, 1) }));
    try {
      const answer = await client.call(name, ...argument);
      switch (answer.kind) {
        case 'ok':
          return answer.value;
        case 'failed':
          local.setState({ trouble: { kind: 'failed', failure: answer.failure } });
          return undefined;
        case 'rejected':
          local.setState({ trouble: { kind: 'rejected', reason: answer.reason } });
          return undefined;
      }
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      local.setState({ trouble: { kind: 'rejected', reason } });
      return undefined;
    } finally {
      local.setState((before) => ({ pending: counted(before.pending, name, -1) }));
    }
  };
}

function counted(pending: Local['pending'], name: CallName, by: number): Local['pending'] {
  return { ...pending, [name]: Math.max(0, (pending[name] ?? 0) + by) };
}
