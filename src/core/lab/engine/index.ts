// The lab asked by PowerShell: production scripts run in the bench's engine, and its simulated cmdlets ask here. The
// same operations answer them that answer the lab's own adapters. Simulated all the same, and only ever of a lab.
import { isAbsolute } from 'node:path';
import type { LabDefender } from '../defender';
import { writeDriveFiles } from './driveFiles';
import { runTask } from './runTask';
import { serveEngine } from './server';

export interface LabEngineOptions {
  readonly lab: LabDefender;
  /** The bench's powershell.exe on this computer, absolute. */
  readonly host: string;
}

export interface LabEngine {
  /** The whole environment of a host: where the lab is, and Windows' folders on the lab's drive. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where the lab's Windows has its powershell.exe: a link to the host. */
  readonly powershell: string;
  /** When no scheduled task runs any more. */
  settled(): Promise<void>;
  /** Ends what runs, and answers nobody any more. The lab itself stays open. */
  close(): Promise<void>;
}

/** What a .NET program on this computer needs of its surroundings. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ', 'DOTNET_ROOT', 'TERM'];

export async function openLabEngine({ lab, host }: LabEngineOptions): Promise<LabEngine> {
  if (!isAbsolute(host)) throw new TypeError('the host is named by an absolute path');
  const { drive, settings, store } = lab;
  const powershell = await writeDriveFiles(drive, settings, host);
  const server = await serveEngine(lab);
  const environment = {
    ...surroundings(),
    GANGWAY_BENCH_LAB: server.base,
    GANGWAY_BENCH_TOKEN: server.token,
    SystemRoot: drive.host('C:\\Windows'),
    ProgramData: drive.host('C:\\ProgramData'),
    ProgramFiles: drive.host('C:\\Program Files'),
  };
  const ended = new AbortController();
  const elevated = { ...environment, GANGWAY_BENCH_ELEVATED: '1' };
  await store.runPrograms((task) =>
    runTask(task, { host, drive, environment: elevated }, ended.signal),
  );
  return {
    environment,
    powershell,
    settled: () => store.settled(),
    async close() {
      store.stopPrograms();
      ended.abort();
      await store.settled();
      await server.close();
    },
  };
}

function surroundings(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    inherited.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
