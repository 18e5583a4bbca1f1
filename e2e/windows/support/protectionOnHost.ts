// The whole of Defender's side over the bench's PowerShell, put together as the product does it, on a lab of its own.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { openLabClock, type LabClock } from '../../../src/core/lab/clock';
import {
  openLabDefender,
  type LabDefender,
  type ScenarioName,
} from '../../../src/core/lab/defender';
import { openLabEngine, type LabEngine } from '../../../src/core/lab/engine';
import { labFiles } from '../../../src/core/lab/machineFiles';
import {
  hostEnvironment,
  openWindowsProtection,
  type WindowsProtection,
} from '../../../src/core/windows';

export interface ProtectionOnHost extends WindowsProtection {
  readonly lab: LabDefender;
  readonly clock: LabClock;
  readonly engine: LabEngine;
  readonly stateFolder: string;
  /** Gangway's own side alone; the lab goes on. */
  closeSessions(): Promise<void>;
}

export async function openProtectionOnHost(
  scratch: string,
  host: string,
  scenario: ScenarioName,
  earlier?: string,
): Promise<ProtectionOnHost> {
  const stateFolder = earlier ?? (await mkdtemp(join(scratch, 'state-')));
  const clock = await openLabClock(join(stateFolder, 'lab'));
  const lab = await openLabDefender({ stateFolder, scenario, clock });
  const engine = await openLabEngine({ lab, host });
  const files = labFiles(lab.drive);
  const windows = openWindowsProtection({
    powershell: engine.powershell,
    environment: hostEnvironment(engine.environment['SystemRoot'] ?? '', {}, engine.environment),
    clock,
    exists: (path) => files.exists(path),
    eventIntervalMs: 20,
  });
  return {
    ...windows,
    lab,
    clock,
    engine,
    stateFolder,
    closeSessions: () => windows.close(),
    async close() {
      await windows.close();
      await engine.close();
      lab.close();
      clock.close();
    },
  };
}
