// The lab's Defender as one thing: three ports over one state, and the hooks by which the lab's files meet it.
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock, Defender, Elevation, EventLog } from '../../ports';
import { isWithin, lastName } from '../../../shared/rules/winPath';
import { labFolders } from '../machine';
import { labDrive } from '../machineDrive';
import { labElevation } from './elevation';
import { eventLogOf } from './eventJournal';
import {
  codeIntegrityChannel,
  codeIntegrityXml,
  defenderChannel,
  detectionXml,
  surfaceReductionXml,
} from './eventXml';
import { guid, historyCount, labUser, prevalenceRule, writeHistory } from './history';
import { LabReader } from './reading';
import { scenarios, type LabSettings, type ScenarioName } from './scenarios';
import { LabStore } from './store';

export { isScenario, scenarioNames } from './scenarios';
export type { LabSettings, ScenarioName } from './scenarios';

export interface LabDefenderOptions {
  readonly stateFolder: string;
  readonly scenario: ScenarioName;
  readonly clock: Clock;
  /** Departures from the scenario, for tests of states that have no scenario. */
  readonly settings?: Partial<LabSettings>;
}

/** A file that Defender took: it is in quarantine, and gone from where it was. */
export interface TakenFile {
  readonly path: string;
  readonly threat: string;
  readonly detectionId: string;
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

const threat = { id: 2147735503, name: 'Trojan:Win32/Wacatac.C!ml' } as const;

export async function openLabDefender(options: LabDefenderOptions): Promise<LabDefender> {
  const settings = { ...scenarios[options.scenario], ...options.settings };
  const labFolder = join(options.stateFolder, 'lab');
  const drive = labDrive(options.stateFolder);
  const store = new LabStore({
    labFolder,
    scenario: options.scenario,
    settings,
    clock: options.clock,
  });
  const reader = new LabReader(settings, drive);
  await store.open();
  await store.change((state, emit) => {
    if (state.histories.includes(options.scenario)) return;
    state.histories.push(options.scenario);
    writeHistory(settings, options.clock.now(), emit);
  });
  const versions = { product: settings.platform, engine: settings.engine };
  const guards =
    settings.service && settings.realTimeProtection && settings.otherAntivirus === null;

  const onFileWritten: LabDefender['onFileWritten'] = async (hostPath, winPath, process) => {
    if (!guards || !settings.takes.some((what) => isKind(what, winPath))) return null;
    return store.change(async (state, emit) => {
      const scan = { trigger: 'OnAccess' as const, ...(process === undefined ? {} : { process }) };
      if (reader.excludes(state, winPath, scan)) return null;
      const detectionId = guid(randomUUID());
      const file = join(store.quarantineFolder, detectionId.slice(1, -1));
      await mkdir(store.quarantineFolder, { recursive: true });
      if (!(await moved(hostPath, file))) return null;
      const at = store.now();
      state.quarantine.push({ detectionId, path: winPath, file, at });
      const kind = /\.zip$/i.test(winPath) || isDownload(winPath) ? 'containerfile' : 'file';
      const fields = {
        detectionId,
        at,
        threatId: threat.id,
        threatName: threat.name,
        user: labUser,
        process: process ?? 'C:\\Program Files\\Gangway\\Gangway.exe',
        path: `${kind}:_${winPath}`,
        versions,
      };
      emit(defenderChannel, at, (id) =>
        detectionXml(id, { ...fields, eventId: 1116, actionId: 9 }),
      );
      emit(defenderChannel, at, (id) =>
        detectionXml(id, { ...fields, eventId: 1117, actionId: 2 }),
      );
      return { path: winPath, threat: threat.name, detectionId };
    });
  };

  /** Whether Windows lets a fresh program start; writes the event where it does not. */
  const launch = (winPath: string, goRoot: string): Promise<boolean> =>
    store.change((state, emit) => {
      const at = store.now();
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
      if (!guards || !settings.attackSurfaceReduction || reader.excludes(state, winPath)) {
        return true;
      }
      emit(defenderChannel, at, (id) =>
        surfaceReductionXml(id, {
          at,
          rule: prevalenceRule,
          user: labUser,
          path: winPath,
          process: `${goRoot}\\bin\\go.exe`,
          versions,
        }),
      );
      return false;
    });

  return {
    scenario: options.scenario,
    settings,
    defender: {
      status: () => Promise.resolve(reader.status(options.clock.now())),
      exclusions: async () => reader.unelevated(await store.read()),
      check: async (path) => {
        if (settings.listsHidden !== 'nobody') return 'unknown';
        if (!settings.service || settings.otherAntivirus !== null) return 'unknown';
        return reader.excludes(await store.read(), path) ? 'excluded' : 'notExcluded';
      },
    },
    elevation: labElevation(store, reader, settings),
    events: eventLogOf(store.eventsFile, options.scenario, async () => {
      await store.read();
    }),
    onFileWritten,
    async simulateBuild({ goTmpDir, goRoot, tests = historyCount }) {
      const temp = goTmpDir === null || goTmpDir === '' ? labFolders.temp : goTmpDir;
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

function isKind(what: LabSettings['takes'][number], path: string): boolean {
  switch (what) {
    case 'releaseArchive':
      return isDownload(path) || /\\go1[^\\]*\.zip$/i.test(path);
    case 'compiler':
      return /\\pkg\\tool\\windows_[a-z0-9]+\\compile\.exe$/i.test(path);
    case 'builtPrograms':
      return /\.test\.exe$/i.test(path) || lastName(path).toLowerCase() === 'a.out.exe';
  }
}

/** Gangway's own cache, as the lab's Windows calls it. */
export const labDownloads = 'C:\\Users\\lin\\AppData\\Local\\Gangway\\downloads';

function isDownload(path: string): boolean {
  return isWithin(path, labDownloads);
}

function ntPath(path: string): string {
  return path.replace(/^c:/i, '\\Device\\HarddiskVolume3');
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    if (!(await stat(from)).isFile()) return false;
    await rename(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Gone already.
    if (code === 'ENOENT') return false;
    if (code !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  }
  return true;
}
