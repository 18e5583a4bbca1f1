// What only this window knows: calls under way, the last call that failed, what was said to a screen reader.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallName } from '../../shared/contract';
import type { Failure } from '../../shared/model';

export type CallTrouble =
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'rejected'; readonly reason: string };

export interface Local {
  readonly pending: Readonly<Partial<Record<CallName, number>>>;
  readonly trouble: CallTrouble | null;
  /** Read out politely. */
  readonly announcement: string;
  readonly labDialogOpen: boolean;
}
export type LocalStore = StoreApi<Local>;

export function createLocal(): LocalStore {
  return createStore<Local>()(() => ({
    pending: {},
    trouble: null,
    announcement: '',
    labDialogOpen: false,
  }));
}
