// Defender's side of the lab: its own adapters, or, where GANGWAY_LAB_ENGINE names the bench's powershell.exe, the ones of
// a real Windows over that engine. Simulated either way: what lies behind the cmdlets is the same lab.
import { isAbsolute } from 'node:path';
import { FailureError } from '../failureError';
import type { Protection } from '../flows/world';
import type { LabDefender } from '../lab/defender';
import type { Clock, Files } from '../ports';

export interface LabProtection {
  readonly protection: Protection;
  /** Asked through PowerShell's own engine. */
  readonly isEngine: boolean;
  close(): Promise<void>;
}

/** Milliseconds. The bench has no reason to wait as long as a real log does. */
const eventIntervalMs = 250;

/** @throws FailureError `usage` for a host that is no absolute path */
export async function openLabProtection(
  lab: LabDefender,
  clock: Clock,
  files: Files,
): Promise<LabProtection> {
  const host = process.env['GANGWAY_LAB_ENGINE'];
  if (host === undefined || host === '') {
    const { defender, elevation, events } = lab;
    return {
      protection: { kind: 'present', defender, elevation, events },
      isEngine: false,
      close: () => Promise.resolve(),
    };
  }
  if (!isAbsolute(host)) {
    throw new FailureError('usage', {
      params: { said: `GANGWAY_LAB_ENGINE=${host.slice(0, 256)}` },
    });
  }
  // Only a bench needs them.
  const [{ openLabEngine }, { hostEnvironment, openWindowsProtection }] = await Promise.all([
    import('../lab/engine'),
    import('../windows'),
  ]);
  const engine = await openLabEngine({ lab, host });
  const windows = openWindowsProtection({
    powershell: engine.powershell,
    environment: hostEnvironment(engine.environment['SystemRoot'] ?? '', {}, engine.environment),
    clock,
    exists: (path) => files.exists(path),
    eventIntervalMs,
  });
  const { defender, elevation, events } = windows;
  return {
    protection: { kind: 'present', defender, elevation, events },
    isEngine: true,
    async close() {
      await windows.close();
      await engine.close();
    },
  };
}
