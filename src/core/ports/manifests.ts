import type { MachineArch, MachineOs } from '../../shared/model';
import type { Manifest } from '../verify/verifiedRelease';

/** The files of a release that was installed, kept outside its tree so that an audit can name what changed, offline. */
export interface KeptManifest {
  /** "go1.27.0" */
  readonly version: string;
  readonly os: MachineOs;
  readonly arch: MachineArch;
  /** Of the archive, 64 hex digits. */
  readonly sha256: string;
  readonly h1: string;
  readonly manifest: Manifest;
}

export interface Manifests {
  /** @throws FailureError `disk.*` */
  keep(kept: KeptManifest): Promise<void>;
  /** Null where there is none or it cannot be read. */
  bySha256(sha256: string): Promise<KeptManifest | null>;
  /** One a system and architecture at most; unreadable ones are left out. */
  byVersion(version: string): Promise<readonly KeptManifest[]>;
}
