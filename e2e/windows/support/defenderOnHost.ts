// Defender's adapters over the bench's PowerShell and the lab's engine, as a test needs them.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { openLabClock, type LabClock } from '../../../src/core/lab/clock';
import {
  openLabDefender,
  type LabDefender,
  type LabSettings,
  type ScenarioName,
} from '../../../src/core/lab/defender';
import { openLabEngine, type LabEngine } from '../../../src/core/lab/engine';
import { labFiles } from '../../../src/core/lab/machineFiles';
import type { Defender, DefenderCare, EventLog } from '../../../src/core/ports';
import {
  powerShellDefender,
  powerShellDefenderCare,
  powerShellEventLog,
} from '../../../src/core/windows/defender';
import { createPowerShell, type PowerShellSession } from '../../../src/core/windows/powershell';

export interface DefenderOnHost {
  readonly lab: LabDefender;
  readonly clock: LabClock;
  readonly engine: LabEngine;
  readonly session: PowerShellSession;
  readonly defender: Defender;
  readonly care: DefenderCare;
  readonly events: EventLog;
  close(): Promise<void>;
}

export async function openDefenderOnHost(
  scratch: string,
  host: string,
  options: {
    readonly scenario?: ScenarioName;
    readonly settings?: Partial<LabSettings>;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<DefenderOnHost> {
  const stateFolder = await mkdtemp(join(scratch, 'state-'));
  const { scenario = 'clean', settings } = options;
  const clock = await openLabClock(join(stateFolder, 'lab'));
  const lab = await openLabDefender({
    stateFolder,
    scenario,
    clock,
    ...(settings === undefined ? {} : { settings }),
  });
  const engine = await openLabEngine({ lab, host });
  const environment = { ...engine.environment, ...options.environment };
  const session = createPowerShell({ executable: host, environment });
  const files = labFiles(lab.drive);
  return {
    lab,
    clock,
    engine,
    session,
    defender: powerShellDefender(session, clock),
    care: powerShellDefenderCare({ session, exists: (path) => files.exists(path) }),
    events: powerShellEventLog({ session, intervalMs: 20 }),
    async close() {
      await session.close();
      await engine.close();
      lab.close();
      clock.close();
    },
  };
}
