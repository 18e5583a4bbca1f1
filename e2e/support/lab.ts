// What the tests know of the lab on disk: where its drive is, what its Defender holds, and how its mirror misbehaves.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLabClock } from '../../src/core/lab/clock';
import { openLabDefender, type ScenarioName } from '../../src/core/lab/defender';
import { faultsFile, type FaultRule } from '../../src/core/lab/mirror';
import type { Folders } from './app';

export function installRoot(folders: Folders, user = 'lin'): string {
  return join(folders.state, 'lab', 'c', 'Users', user, 'AppData', 'Local', 'Gangway', 'go');
}

/** Exclusions that the lab's Defender holds, as it spells them. */
export async function heldExclusions(folders: Folders): Promise<readonly string[]> {
  const lab = await openLab(folders, 'clean');
  const reading = await lab.defender.exclusions();
  lab.close();
  return reading.exclusions.map(({ value }) => value);
}

/** A build on the lab's computer: its Defender looks at what comes out, and writes its log. */
export async function buildInLab(
  folders: Folders,
  scenario: ScenarioName,
  tests: number,
): Promise<void> {
  const lab = await openLab(folders, scenario);
  await lab.simulateBuild({
    goTmpDir: null,
    goRoot: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\go\\1.26.3',
    tests,
  });
  lab.close();
}

export async function setFaults(folders: Folders, rules: readonly FaultRule[]): Promise<void> {
  const mirror = join(folders.state, 'lab', 'mirror');
  await mkdir(mirror, { recursive: true });
  await writeFile(join(mirror, faultsFile), JSON.stringify(rules));
}

export async function journalLines(folders: Folders): Promise<readonly string[]> {
  const text = await readFile(join(folders.state, 'journal.jsonl'), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

async function openLab(
  folders: Folders,
  scenario: ScenarioName,
): Promise<Awaited<ReturnType<typeof openLabDefender>>> {
  const clock = await openLabClock(join(folders.state, 'lab'));
  return openLabDefender({ stateFolder: folders.state, scenario, clock });
}
