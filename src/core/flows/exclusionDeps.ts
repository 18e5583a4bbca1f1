// What reading and setting exclusions need of a machine and of its Defender.
import type { Journal } from '../journal/journal';
import type { Clock, Defender, Elevation, EventLog, Files, GoEnv, Machine } from '../ports';

export interface ExclusionDeps {
  readonly machine: Machine;
  readonly files: Files;
  readonly goEnv: GoEnv;
  readonly defender: Defender;
  readonly elevation: Elevation;
  readonly events: EventLog;
  readonly journal: Journal;
  readonly clock: Clock;
}
