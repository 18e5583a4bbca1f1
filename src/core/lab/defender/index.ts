// The lab's Defender as one thing: three ports over one state, the hooks by which the lab's files meet it, and the
// operations themselves for the simulated cmdlets.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Defender, Elevation, EventLog } from '../../ports';
import { labUserName } from '../labFolders';
import { labDrive, type LabDrive } from '../machineDrive';
import { labDefenderPort } from './adapter';
import { labElevation } from './elevation';
import { eventLogOf } from './eventJournal';
import {
  codeIntegrityChannel,
  codeIntegrityXml,
  defenderChannel,
  surfaceReductionXml,
} from './eventXml';
import { lookAtFile, type TakenFile } from './files';
import { accountOf, guid, historyCount, prevalenceRule, writeHistory } from './history';
import { excludes } from './preferences';
import { scenarios, type LabSettings, type ScenarioName } from './scenarios';
import { guards } from './status';
import { LabStore } from './store';

export { isScenario, scenarioNames } from './scenarios';
export type { LabSettings, ScenarioName } from './scenarios';

export interface LabDefenderOptions {
  readonly stateFolder: string;
  readonly scenario: ScenarioName;
  readonly clock: Clock;
  /** `lin`, unless it is said. */
  readonly user?: string;
  /** Departures from the scenario, for tests of states that have no scenario. */
  readonly settings?: Partial<LabSettings>;
}

export interface BuildRequest {
  /** GOTMPDIR as Go has it, or null for TEMP. A Windows path. */
  readonly goTmpDir: string | null;
  /** The toolchain that builds. A Windows path. */
  readonly goRoot: string;
  /** Test programs that are built. */
  readonly tests?: number;
}

export interface BuildReport {
  readonly built: number;
  readonly taken: number;
  /** Built, and not allowed to start. */
  readonly launchesBlocked: number;
}

export interface LabDefender {
  readonly scenario: ScenarioName;
  readonly settings: LabSettings;
  readonly defender: Defender;
  readonly elevation: Elevation;
  readonly events: EventLog;
  /** The state that all of them stand on. */
  readonly store: LabStore;
  readonly drive: LabDrive;
  /**
   * Real-time protection looks at a file that was just written; where it takes it, the file is gone from the disk.
   * @param hostPath where the file is on this computer
   * @param winPath what the lab's Windows calls it
   * @param process the program that wrote it, a Windows path
   */
  onFileWritten(hostPath: string, winPath: string, process?: string): Promise<TakenFile | null>;
  /** `go test` of a few packages: the programs are written, looked at, and started. */
  simulateBuild(request: BuildRequest): Promise<BuildReport>;
  close(): void;
}

export async function openLabDefender(options: LabDefenderOptions): Promise<LabDefender> {
  const settings = { ...scenarios[options.scenario], ...options.settings };
  const labFolder = join(options.stateFolder, 'lab');
  const drive = labDrive(options.stateFolder, options.user ?? labUserName);
  const { scenario, clock } = options;
  const store = new LabStore({ labFolder, scenario, settings, drive, clock });
  await store.open();
  await store.change(({ state, emit }) => {
    if (state.histories.includes(scenario)) return;
    state.histories.push(scenario);
    writeHistory(settings, drive, clock.now(), emit);
  });

  const onFileWritten: LabDefender['onFileWritten'] = (hostPath, winPath, process) =>
    store.change((step) => lookAtFile(step, hostPath, winPath, process));

  /** Whether Windows lets a fresh program start; writes the event where it does not. */
  const launch = (winPath: string, goRoot: string): Promise<boolean> =>
    store.change((step) => {
      const { emit, now: at } = step;
      if (settings.smartAppControl === 'on') {
        emit(codeIntegrityChannel, at, (id) =>
          codeIntegrityXml(id, {
            at,
            file: ntPath(winPath),
            process: ntPath(`${goRoot}\\bin\\go.exe`),
            sha256: guid(winPath)
              .replace(/[^0-9A-F]/g, '')
              .padEnd(64, '0'),
          }),
        );
        return false;
      }
      // This rule honours Defender's exclusions.
      if (!guards(step) || !settings.attackSurfaceReduction || excludes(step, winPath)) {
        return true;
      }
      emit(defenderChannel, at, (id) =>
        surfaceReductionXml(id, {
          at,
          rule: prevalenceRule,
          user: accountOf(drive),
          path: winPath,
          process: `${goRoot}\\bin\\go.exe`,
          versions: { product: settings.platform, engine: settings.engine },
        }),
      );
      return false;
    });

  return {
    scenario,
    settings,
    store,
    drive,
    defender: labDefenderPort(store),
    elevation: labElevation(store, settings),
    events: eventLogOf(store.eventsFile, scenario, async () => {
      await store.view();
    }),
    onFileWritten,
    async simulateBuild({ goTmpDir, goRoot, tests = historyCount }) {
      const temp = goTmpDir === null || goTmpDir === '' ? drive.folders.temp : goTmpDir;
      const work = `${temp}\\go-build${String(Date.now())}`;
      const linker = `${goRoot}\\pkg\\tool\\windows_amd64\\link.exe`;
      let taken = 0;
      let launchesBlocked = 0;
      for (let number = 1; number <= tests; number += 1) {
        const folder = `${work}\\b${String(number).padStart(3, '0')}`;
        const winPath = `${folder}\\pkg${String(number)}.test.exe`;
        await mkdir(drive.host(folder), { recursive: true });
        await writeFile(drive.host(winPath), `MZ test program ${String(number)}`);
        if ((await onFileWritten(drive.host(winPath), winPath, linker)) !== null) taken += 1;
        else if (!(await launch(winPath, goRoot))) launchesBlocked += 1;
      }
      await rm(drive.host(work), { recursive: true, force: true });
      return { built: tests - taken, taken, launchesBlocked };
    },
    close() {
      store.close();
    },
  };
}

function ntPath(path: string): string {
  return path.replace(/^c:/i, '\\Device\\HarddiskVolume3');
}
