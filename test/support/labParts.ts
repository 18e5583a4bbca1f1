// The lab's computer with one Go and a journal: what the flows on Defender's side stand on, without mirror and window.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExclusionDeps } from '../../src/core/flows/exclusionDeps';
import { planExclusions, type PlanRequest } from '../../src/core/flows/planExclusions';
import type { RollbackDeps } from '../../src/core/flows/rollback';
import { readBlocks, type StoryContext } from '../../src/core/flows/watchBlocks';
import { openJournal } from '../../src/core/journal/journal';
import { openLabClock, type LabClock } from '../../src/core/lab/clock';
import { openLabDefender, type LabDefender, type ScenarioName } from '../../src/core/lab/defender';
import type { LabSettings } from '../../src/core/lab/defender/scenarios';
import { labGoEnv } from '../../src/core/lab/goEnv';
import { labFolders, labMachine } from '../../src/core/lab/machine';
import { labDrive, type LabDrive } from '../../src/core/lab/machineDrive';
import { labFiles } from '../../src/core/lab/machineFiles';
import type { Installer } from '../../src/core/ports';
import type { PlannedExclusion } from '../../src/shared/model';

export const labGo = `${labFolders.installRoot}\\1.26.3`;

export interface LabPartsForTest extends ExclusionDeps {
  readonly stateFolder: string;
  readonly clock: LabClock;
  readonly lab: LabDefender;
  readonly drive: LabDrive;
  readonly rollback: RollbackDeps;
  readonly stories: StoryContext;
  plan(request?: Partial<PlanRequest>): ReturnType<typeof planExclusions>;
  /** The items of a plan, asked for even where none is suggested. */
  items(): Promise<readonly PlannedExclusion[]>;
  close(): void;
}

export async function labParts(
  scratch: string,
  scenario: ScenarioName,
  options: {
    readonly settings?: Partial<LabSettings>;
    readonly installer?: Installer;
    readonly stateFolder?: string;
  } = {},
): Promise<LabPartsForTest> {
  const stateFolder = options.stateFolder ?? (await mkdtemp(join(scratch, 'state-')));
  const drive = labDrive(stateFolder);
  const clock = await openLabClock(join(stateFolder, 'lab'));
  const { settings } = options;
  const lab = await openLabDefender({
    stateFolder,
    scenario,
    clock,
    ...(settings === undefined ? {} : { settings }),
  });
  await mkdir(drive.host(`${labGo}\\bin`), { recursive: true });
  await writeFile(drive.host(`${labGo}\\bin\\go.exe`), 'MZ');
  await writeFile(drive.host(`${labGo}\\VERSION`), 'go1.26.3\ntime 2026-05-09T00:00:00Z\n');
  await mkdir(drive.host(labFolders.temp), { recursive: true });
  const journal = await openJournal(join(stateFolder, 'journal.jsonl'), clock);
  const machine = labMachine(drive);
  const files = labFiles(drive);
  const goEnv = labGoEnv(stateFolder, drive);
  const { defender, elevation, events } = lab;
  const stories: StoryContext = {
    places: {
      roots: [labGo],
      gangway: [labFolders.installRoot, labFolders.buildFolder],
      downloads: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\downloads',
      goFolders: [labFolders.goPath, labFolders.goCache],
    },
    identify: () => Promise.resolve(null),
  };
  const parts = { machine, files, goEnv, defender, elevation, events, journal, clock };
  const plan: LabPartsForTest['plan'] = async (request = {}) => {
    const seen = await readBlocks({ ...stories, events, clock });
    return planExclusions(parts, {
      askRoot: labGo,
      buildRoot: null,
      blocks: seen.blocks,
      since: seen.since,
      anyway: false,
      expert: false,
      ...request,
    });
  };
  return {
    ...parts,
    stateFolder,
    lab,
    drive,
    stories,
    rollback: {
      machine,
      files,
      goEnv,
      installer: options.installer ?? null,
      journal,
      protection: { defender, elevation, events, clock },
    },
    plan,
    items: async () => (await plan({ anyway: true })).items,
    close: () => {
      lab.close();
      clock.close();
    },
  };
}
