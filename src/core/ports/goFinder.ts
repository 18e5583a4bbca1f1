import type { FoundGo } from '../../shared/model';
import type { Machine } from './machine';

/** One folder that looks like a Go, with every way that leads to it. Nothing was run. */
export interface GoCandidate {
  /** Absolute, links resolved: two ways to one folder are one candidate. */
  readonly root: string;
  /** First line of the tree's VERSION file; null where there is none that can be read. */
  readonly version: string | null;
  /** `bin/go` (or `go.exe`) is there. */
  readonly program: boolean;
  /** How it was found, the most telling first. Never empty. */
  readonly origins: readonly FoundGo['origin'][];
  /** Its place among the PATH's folders that hold a Go, 0 first; null where it is not on the PATH. */
  readonly pathRank: number | null;
}

export interface GoSearch {
  readonly candidates: readonly GoCandidate[];
  /** Where was looked, as people write it, for the line under the result. */
  readonly places: readonly string[];
  /** Milliseconds. */
  readonly tookMs: number;
}

/** Looks for Go on a machine by its folders alone. */
export interface GoFinder {
  /** `folders` are asked for by the user; `installRoot` overrides the machine's. Folders that cannot be read are passed over. */
  search(
    machine: Machine,
    more: { readonly installRoot?: string; readonly folders?: readonly string[] },
  ): Promise<GoSearch>;
}
