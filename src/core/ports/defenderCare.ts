import type { Message, NextStep } from '../../shared/model';

/** A sentence, and what a person can do; null where nothing needs doing. */
export interface Explained {
  readonly sentence: Message;
  readonly next: NextStep | null;
}

/** One detection of Defender's history. Times are ISO 8601, UTC; what Defender does not say is null. */
export interface ThreatDetection {
  /** GUID in braces, as in the events of the same detection. */
  readonly detectionId: string;
  readonly threatId: number | null;
  readonly threatName: string | null;
  /** `file:_C:\…`, as Defender writes them. */
  readonly resources: readonly string[];
  readonly process: string | null;
  readonly user: string | null;
  readonly detectedAt: string | null;
  readonly changedAt: string | null;
  readonly remediatedAt: string | null;
  /** MPTHREAT_STATUS: 1 detected, 3 quarantined, 4 removed, 5 allowed, 6 blocked, 102 to 107 failed. */
  readonly status: number | null;
  /** 2 quarantine, 3 remove, 6 allow, 9 no action. */
  readonly action: number | null;
  readonly actionSucceeded: boolean | null;
  readonly errorCode: number | null;
}

export type ThreatHistory =
  /** Newest first. */
  | { readonly kind: 'known'; readonly detections: readonly ThreatDetection[] }
  | { readonly kind: 'unavailable'; readonly why: Explained };

export type SignatureUpdate =
  | { readonly kind: 'updated'; readonly before: string; readonly after: string }
  | { readonly kind: 'current'; readonly version: string }
  /** It ran without an error, and the version could not be read on both sides. */
  | { readonly kind: 'unknown'; readonly why: Explained }
  | { readonly kind: 'refused'; readonly why: Explained };

export type ScanOutcome =
  | { readonly kind: 'clean' }
  /** Names as far as Defender printed them. */
  | { readonly kind: 'threats'; readonly names: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: Explained };

export type RestoreOutcome =
  /** The file is back in its place. */
  | { readonly kind: 'restored' }
  | { readonly kind: 'needsElevation'; readonly why: Explained }
  | { readonly kind: 'notRestored'; readonly why: Explained }
  | { readonly kind: 'unknown'; readonly why: Explained };

/** What else Defender can be asked, unelevated: slow, and each answer read back. */
export interface DefenderCare {
  threats(signal?: AbortSignal): Promise<ThreatHistory>;
  updateSignatures(signal?: AbortSignal): Promise<SignatureUpdate>;
  /** One file or folder. Defender does nothing about what it finds, and exclusions do not count in such a scan. */
  scan(path: string, signal?: AbortSignal): Promise<ScanOutcome>;
  /** The file that was taken from this path. Windows lets only administrators do it. */
  restore(path: string, signal?: AbortSignal): Promise<RestoreOutcome>;
}
