import type { MachineArch, MachineOs } from '../../shared/model';

/** This computer, or the lab's. */
export interface Machine {
  readonly os: MachineOs;
  /** Of the hardware: arm64 also where the process is emulated. */
  readonly arch: MachineArch;
  /** Environment variables, by upper-case name. Never written. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folders on the PATH in order, the user's and the system's as the shell sees them. */
  readonly path: readonly string[];
  readonly home: string;
  /** Gangway's own folder of Go versions, where the user named no other. */
  readonly installRoot: string;
  /** The folder proposed as GOTMPDIR. */
  readonly buildFolder: string;
  /** The usual places of Go on this system, absolute. */
  readonly usualPlaces: readonly string[];
  /** A path as people see it. The lab shows its drive as `C:\`; elsewhere it is the path itself. */
  display(path: string): string;
}
