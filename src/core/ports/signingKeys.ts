import type { Source } from '../../shared/model';

/** Google's signing keys as this computer last fetched them. They stand beside those that the program carries. */
export interface SigningKeys {
  /** Armoured; empty where none were fetched yet. @throws FailureError `disk.*` */
  kept(source: Source): Promise<string>;
  /**
   * Fetches what Google publishes now and keeps the pinned keys of it; others are dropped.
   * @param pinned upper-case hex fingerprints of primary keys
   * @throws FailureError `disk.*`, `cancelled`
   */
  refresh(
    source: Source,
    pinned: readonly string[],
    signal?: AbortSignal,
  ): Promise<RefreshedSigningKeys>;
}

export type RefreshedSigningKeys =
  | {
      readonly kind: 'refreshed';
      /** Armoured: what was fetched, and what was known of the same keys before. */
      readonly keyring: string;
      readonly from: string;
    }
  /** Keys came, and none of them is pinned. */
  | { readonly kind: 'notPinned'; readonly from: string; readonly fingerprints: readonly string[] }
  /** Not reached, or something else came than keys. */
  | { readonly kind: 'unavailable'; readonly from: string; readonly cause: string };
