import type { DefenderFinding, DefenderStatus, Exclusion, Visibility } from '../../shared/model';

export interface ExclusionsReading {
  readonly visibility: Visibility;
  /** Empty unless `known`. Values are spelt as Defender stores them. */
  readonly exclusions: readonly (Exclusion & {
    /** `unknown` where the policies could not be read, so that an entry's origin cannot be told. */
    readonly source: 'local' | 'policy' | 'unknown';
  })[];
  /** Why the list is not known, or not all of it. */
  readonly why?: DefenderFinding;
}

export type CheckAnswer = 'excluded' | 'notExcluded' | 'unknown';

/** Reading Defender, unelevated. Writing is `Elevation`'s. */
export interface Defender {
  status(): Promise<DefenderStatus>;
  exclusions(): Promise<ExclusionsReading>;
  /** Whether Defender skips this path now. `unknown` where it cannot be asked. */
  check(path: string): Promise<CheckAnswer>;
}
