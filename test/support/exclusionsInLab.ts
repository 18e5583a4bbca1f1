// Words that the tests of applying, reading and taking back share.
import { afterEach, expect } from 'vitest';
import { applyExclusions, type ApplyOutcome } from '../../src/core/flows/applyExclusions';
import type { ExclusionDeps } from '../../src/core/flows/exclusionDeps';
import type { LabSettings, ScenarioName } from '../../src/core/lab/defender';
import { labFolders } from '../../src/core/lab/machine';
import { labGo, labParts, type LabPartsForTest } from './labParts';

export type StartLab = (
  scenario: ScenarioName,
  settings?: Partial<LabSettings>,
  stateFolder?: string,
) => Promise<LabPartsForTest>;

/** Opens labs, and closes them after each test. */
export function labsFor(scratch: string): StartLab {
  const opened: LabPartsForTest[] = [];
  afterEach(() => {
    for (const parts of opened.splice(0)) parts.close();
  });
  return async (scenario, settings = {}, stateFolder) => {
    const parts = await labParts(scratch, scenario, {
      settings,
      ...(stateFolder === undefined ? {} : { stateFolder }),
    });
    opened.push(parts);
    return parts;
  };
}

export async function applyPlanned(
  parts: LabPartsForTest,
  deps: Partial<ExclusionDeps> = {},
): Promise<ApplyOutcome> {
  return applyExclusions({ ...parts, ...deps }, { items: await parts.items(), askRoot: labGo });
}

export async function tmpDirOf(parts: LabPartsForTest): Promise<string> {
  return (await parts.goEnv.read(labGo))['GOTMPDIR'] ?? '';
}

export async function localEntries(parts: LabPartsForTest): Promise<readonly string[]> {
  return (await parts.defender.exclusions()).exclusions
    .filter((entry) => entry.source === 'local')
    .map((entry) => entry.value);
}

/** Nothing is left of it: neither in Defender, nor on disk, nor in Go's settings, nor open in the journal. */
export async function expectNothingLeft(parts: LabPartsForTest): Promise<void> {
  expect(await localEntries(parts)).toEqual([]);
  expect(await tmpDirOf(parts)).toBe('');
  expect(await parts.files.exists(labFolders.buildFolder)).toBe(false);
  expect(parts.journal.activeExclusions()).toEqual([]);
  expect(parts.journal.openRuns()).toEqual([]);
}
