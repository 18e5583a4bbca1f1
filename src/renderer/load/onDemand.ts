// A part of the page that loads once, when it is first wanted or when the page rests. That it could not be loaded is a
// state that the views show; nothing is thrown and nothing is asked for twice.
import { useSyncExternalStore } from 'react';

export type Loading<T> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'here'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: string };

export interface OnDemand<T> {
  readonly state: () => Loading<T>;
  /** Resolves when it is here, or could not be loaded. */
  readonly load: () => Promise<void>;
  readonly subscribe: (listener: () => void) => () => void;
}

export function onDemand<T>(fetch: () => Promise<T>): OnDemand<T> {
  const listeners = new Set<() => void>();
  let state: Loading<T> = { kind: 'waiting' };
  let underWay: Promise<void> | null = null;
  const settle = (next: Loading<T>): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    state: () => state,
    load: () =>
      (underWay ??= fetch().then(
        (value) => {
          settle({ kind: 'here', value });
        },
        (thrown: unknown) => {
          const reason = thrown instanceof Error ? thrown.message : String(thrown);
          settle({ kind: 'failed', reason });
        },
      )),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What is there of it now. It does not begin to load by this alone. */
export function useLoading<T>(part: OnDemand<T>): Loading<T> {
  return useSyncExternalStore(part.subscribe, part.state);
}
