import type { MachineArch, MachineOs } from '../../shared/model';
import type { VerifiedRelease } from '../verify/verifiedRelease';
import type { OnProgress } from './progress';

export interface InstalledTree {
  /** "go1.27.0" */
  readonly version: string;
  /** `<install root>/<version without "go">`, absolute. */
  readonly root: string;
  readonly files: number;
  readonly bytes: number;
}

export interface KeptVersion {
  readonly version: string;
  readonly root: string;
  readonly bytes: number;
  readonly current: boolean;
  /** ISO 8601, UTC, of the sentinel; null for a folder without one (not finished). */
  readonly installedAt: string | null;
}

/** Versions side by side under one folder, and the link `current` that leads to one of them. */
export interface Installer {
  /**
   * Unpacks to a new folder, hashing each file against the verified manifest, and writes the sentinel last.
   * A folder without a sentinel is a leftover and is replaced. One with it is returned as it is.
   * @throws FailureError `archive.*`, `install.*`, `disk.*`, `cancelled`
   */
  unpack(
    release: VerifiedRelease,
    installRoot: string,
    onProgress: OnProgress,
    signal?: AbortSignal,
  ): Promise<InstalledTree>;
  /** Null where there is no link, or what stands there is no link. */
  current(installRoot: string): Promise<string | null>;
  /**
   * Points `current` at a version, atomically; `null` removes the link.
   * @throws FailureError `install.noSuchVersion`, `install.linkRefused`, `disk.*`
   */
  switchTo(installRoot: string, version: string | null): Promise<void>;
  versions(installRoot: string): Promise<readonly KeptVersion[]>;
  /** Removes a version's folder: never the current one. `once` does not wait for whoever holds it. */
  remove(installRoot: string, version: string, waits?: 'patiently' | 'once'): Promise<void>;
}

/** The machine that a release is chosen for. */
export interface Target {
  readonly os: MachineOs;
  readonly arch: MachineArch;
}
