import type { Source } from '../../shared/model';

/** A small text beside a release: there, published nowhere, or not reached. Never guessed. */
export type SideText =
  | { readonly kind: 'found'; readonly text: string; readonly from: string }
  | { readonly kind: 'notPublished'; readonly from: string }
  | { readonly kind: 'unavailable'; readonly from: string; readonly cause: string }
  /** A web page or another thing came instead. */
  | { readonly kind: 'unusable'; readonly from: string; readonly cause: string };

/** The small files that proofs need. Sizes are capped; a web page in their place is `unusable`. */
export interface ProofSources {
  /** `<file>.sha256`: 64 hex digits. For go.dev it is on dl.google.com, since go.dev answers with a web page. */
  sidecar(source: Source, filename: string, signal?: AbortSignal): Promise<SideText>;
  /** `<file>.asc`. */
  signature(source: Source, filename: string, signal?: AbortSignal): Promise<SideText>;
  /** `SHA256SUMS` and `SHA256SUMS.asc` of an organisation's mirror. */
  sums(source: Source, signal?: AbortSignal): Promise<SideText>;
  sumsSignature(source: Source, signal?: AbortSignal): Promise<SideText>;
  /** Google's public keys for what it signs, as they are published now; the lab's mirror has its own. */
  signingKeys(source: Source, signal?: AbortSignal): Promise<SideText>;
  /** A path of the checksum database, such as `/lookup/…` or `/tile/8/0/001`. */
  checksumDatabase(source: Source, path: string, signal?: AbortSignal): Promise<SideBytes>;
}

export type SideBytes =
  | { readonly kind: 'found'; readonly bytes: Uint8Array; readonly from: string }
  | { readonly kind: 'notFound'; readonly from: string }
  | { readonly kind: 'unavailable'; readonly from: string; readonly cause: string };
