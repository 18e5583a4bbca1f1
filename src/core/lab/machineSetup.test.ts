import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findGo } from '../flows/findGo';
import { goFinder } from '../node/findGo';
import { labGoEnv } from './goEnv';
import { labMachine } from './machine';
import { labDrive } from './machineDrive';
import { setUpLabMachine } from './machineSetup';

let state: string;
beforeEach(async () => {
  state = realpathSync(await mkdtemp(join(tmpdir(), 'gangway-lab-')));
});
afterEach(async () => {
  await rm(state, { recursive: true, force: true });
});

const search = () => {
  const drive = labDrive(state);
  const ports = { goFinder, machine: labMachine(drive), goEnv: labGoEnv(state, drive) };
  return findGo(ports, { releases: null, confirm: true });
};

it('has two Gos that the real search finds', async () => {
  await setUpLabMachine(labDrive(state));
  const { installs } = await search();
  expect(installs).toMatchObject([
    {
      version: 'go1.26.3',
      root: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\go\\1.26.3',
      origin: 'gangway',
      onPath: true,
      confirmed: true,
      broken: false,
    },
    {
      version: 'go1.24.4',
      root: 'C:\\Users\\lin\\sdk\\go1.24.4',
      origin: 'sdk',
      onPath: false,
      confirmed: true,
    },
  ]);
});

it('is made once: what was done in the lab stays', async () => {
  const drive = labDrive(state);
  await setUpLabMachine(drive);
  const file = drive.host('C:\\Users\\lin\\mine.txt');
  await writeFile(file, 'kept');
  await setUpLabMachine(drive);
  expect(await readFile(file, 'utf8')).toBe('kept');
});

it('is made anew where an earlier start was cut off', async () => {
  const drive = labDrive(state);
  await mkdir(drive.host('C:\\Users\\lin\\half'), { recursive: true });
  await setUpLabMachine(drive);
  await expect(stat(drive.host('C:\\Users\\lin\\half'))).rejects.toThrow();
  expect((await search()).installs).toHaveLength(2);
});
