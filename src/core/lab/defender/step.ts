// What the lab's operations stand on: what is so (a view), and in one step under the lab's lock what may be changed.
import type { LabDrive } from '../machineDrive';
import type { LabSettings } from './scenarios';
import type { Emit, LabState } from './state';

export interface LabView {
  readonly settings: LabSettings;
  readonly drive: LabDrive;
  readonly state: LabState;
  /** ISO 8601, the lab's time. */
  readonly now: string;
}

export interface LabStep extends LabView {
  readonly emit: Emit;
  readonly quarantineFolder: string;
}
