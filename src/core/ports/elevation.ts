import type { Exclusion } from '../../shared/model';
import type { CheckAnswer, ExclusionsReading } from './defender';

/**
 * The closed vocabulary of what may run elevated. Each value is validated again on the other side: an exclusion that the
 * rules refuse, or that is not in its normal form, is not written.
 */
export type ElevatedStep =
  | { readonly kind: 'addExclusion'; readonly exclusion: Exclusion }
  | { readonly kind: 'removeExclusion'; readonly exclusion: Exclusion }
  | { readonly kind: 'readPreferences' }
  /**
   * A task that removes exactly this exclusion at `at`, and then itself. Made only where this batch has added the
   * exclusion: what was there before is never given an end.
   */
  | {
      readonly kind: 'registerExpiry';
      readonly task: string;
      readonly exclusion: Exclusion;
      readonly at: string;
    }
  | { readonly kind: 'removeExpiry'; readonly task: string };

export interface ElevatedBatch {
  /** Names the batch in the record that comes back. */
  readonly id: string;
  readonly steps: readonly ElevatedStep[];
}

/** What was seen after a step, read back inside the same elevated call. */
export type StepRecord =
  | {
      readonly kind: 'exclusion';
      /** The list held it before. */
      readonly before: boolean | null;
      /** The list holds it now; null where the list could not be read back. */
      readonly after: boolean | null;
      readonly check: CheckAnswer;
      readonly error: string | null;
      /**
       * Whether Defender's log tells of the change (5007). Evidence, and no proof: `missing` may still come, and where it
       * was not looked for it is not there.
       */
      readonly event?: 'seen' | 'missing' | 'unknown';
    }
  | { readonly kind: 'preferences'; readonly reading: ExclusionsReading }
  | { readonly kind: 'task'; readonly present: boolean | null; readonly error: string | null };

export type ElevationOutcome =
  /** One record a step, in order. Only this says what happened. */
  | { readonly kind: 'done'; readonly records: readonly StepRecord[] }
  | { readonly kind: 'declined' }
  /** No record came: the state is not known and must be read. */
  | { readonly kind: 'lost'; readonly cause: string }
  | { readonly kind: 'unavailable'; readonly cause: string };

/** One prompt for a batch. */
export interface Elevation {
  run(batch: ElevatedBatch): Promise<ElevationOutcome>;
  /** The commands in words that a person can check, one a step. */
  describe(batch: ElevatedBatch): readonly string[];
  /** True where the system will ask. */
  readonly asks: boolean;
}
