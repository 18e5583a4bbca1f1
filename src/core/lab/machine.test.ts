import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { labGoEnv } from './goEnv';
import { labFolders, labMachine } from './machine';
import { labDrive } from './machineDrive';
import { labFiles } from './machineFiles';

let state: string;
beforeEach(async () => {
  state = realpathSync(await mkdtemp(join(tmpdir(), 'gangway-lab-')));
});
afterEach(async () => {
  await rm(state, { recursive: true, force: true });
});

it('maps drive C: into the state folder and back, and nothing else', () => {
  const drive = labDrive(state);
  const host = join(state, 'lab', 'c', 'Users', 'lin', 'go');
  expect(drive.host('C:\\Users\\lin\\go')).toBe(host);
  expect(drive.host('c:/Users/lin/go')).toBe(host);
  expect(drive.host(host)).toBe(host);
  expect(drive.display(host)).toBe('C:\\Users\\lin\\go');
  expect(drive.display('C:\\Users\\lin\\go')).toBe('C:\\Users\\lin\\go');
  expect(drive.display('/somewhere/else')).toBe('/somewhere/else');
  expect(drive.host('D:\\x')).toBe('D:\\x');
  expect(drive.display(drive.root)).toBe('C:\\');
});

it('lets no path climb out of the drive', () => {
  const drive = labDrive(state);
  expect(drive.host('C:\\..\\..\\..\\etc\\passwd')).toBe(join(drive.root, 'etc', 'passwd'));
  expect(drive.host('C:\\Users\\..\\..\\..\\x')).toBe(join(drive.root, 'x'));
});

it('answers `go env` in Windows paths, and keeps the build folder after a new start', async () => {
  const drive = labDrive(state);
  const root = drive.host('C:\\Users\\lin\\sdk\\go1.24.4');
  await mkdir(join(root, 'bin'), { recursive: true });
  await writeFile(join(root, 'VERSION'), 'go1.24.4\n');
  const goEnv = labGoEnv(state, drive);
  expect(await goEnv.version(root)).toBeNull();
  await expect(goEnv.read(root)).rejects.toMatchObject({ failure: { code: 'goEnv.unavailable' } });
  await writeFile(join(root, 'bin', 'go.exe'), 'MZ');
  expect(await goEnv.version(root)).toBe('go version go1.24.4 windows/amd64');
  expect(await goEnv.read(root)).toMatchObject({
    GOROOT: 'C:\\Users\\lin\\sdk\\go1.24.4',
    GOCACHE: labFolders.goCache,
    GOTMPDIR: '',
  });
  expect(await goEnv.set(root, 'GOTMPDIR', labFolders.buildFolder)).toBe(true);
  expect((await labGoEnv(state, drive).read(root))['GOTMPDIR']).toBe(labFolders.buildFolder);
  // Then roll back: empty is unset.
  expect(await goEnv.set(root, 'GOTMPDIR', '')).toBe(true);
  expect((await labGoEnv(state, drive).read(root))['GOTMPDIR']).toBe('');
  await expect(goEnv.set(root, 'GOFLAGS', 'x')).rejects.toThrow();
});

it('makes and removes folders by their Windows names', async () => {
  const files = labFiles(labDrive(state));
  expect(await files.exists('C:\\Users\\lin\\x')).toBe(false);
  expect(await files.makeFolder('C:\\Users\\lin\\x')).toBe(true);
  expect(await files.makeFolder('C:\\Users\\lin\\x')).toBe(false);
  expect(await files.exists('C:\\Users\\lin\\x')).toBe(true);
  expect(await files.resolve('C:\\Users\\lin\\x\\y')).toBe('C:\\Users\\lin\\x\\y');
  expect(await files.removeEmptyFolder('C:\\Users\\lin\\x')).toBe(true);
  expect(await files.removeEmptyFolder('C:\\Users\\lin\\x')).toBe(false);
  expect(await files.freeBytes('C:\\Users')).toBeGreaterThan(0);
});

it('is Windows with one user', () => {
  const machine = labMachine(labDrive(state));
  expect(machine.display(machine.installRoot)).toBe('C:\\Users\\lin\\AppData\\Local\\Gangway\\go');
  expect(machine.display(machine.buildFolder)).toBe('C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp');
});
