// Defender's side of Windows as ports, over PowerShell sessions that are started when they are first needed. Each session
// does one thing at a time, so what may take long has one of its own.
import type { Clock, Defender, DefenderCare, Elevation, EventLog } from '../ports';
import { powerShellDefender, powerShellDefenderCare, powerShellEventLog } from './defender';
import { windowsElevation } from './elevation';
import { createPowerShell } from './powershell';

export { hostEnvironment, systemPowerShell, systemRoot } from './powershell';

export interface WindowsProtectionOptions {
  /** Absolute path of powershell.exe. */
  readonly powershell: string;
  /** The whole environment of its process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: Pick<Clock, 'now'>;
  /** Whether a file stands at a Windows path. */
  readonly exists: (path: string) => Promise<boolean>;
  /** Milliseconds between two looks at the event log. */
  readonly eventIntervalMs?: number;
}

export interface WindowsProtection {
  readonly defender: Defender;
  readonly care: DefenderCare;
  readonly elevation: Elevation;
  readonly events: EventLog;
  /** Ends the sessions and what they run. What has been elevated goes on. */
  close(): Promise<void>;
}

export function openWindowsProtection(options: WindowsProtectionOptions): WindowsProtection {
  const { powershell, environment, clock, exists, eventIntervalMs } = options;
  const open = (): ReturnType<typeof createPowerShell> =>
    createPowerShell({ executable: powershell, environment });
  const [questions, log, prompt, slow] = [open(), open(), open(), open()];
  return {
    defender: powerShellDefender(questions, clock),
    care: powerShellDefenderCare({ session: slow, exists }),
    elevation: windowsElevation({ session: prompt, powershell }),
    events: powerShellEventLog({
      session: log,
      ...(eventIntervalMs === undefined ? {} : { intervalMs: eventIntervalMs }),
    }),
    async close() {
      await Promise.all([questions, log, prompt, slow].map((session) => session.close()));
    },
  };
}
