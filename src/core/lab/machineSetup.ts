// What is on the lab's drive before anything happens: a Go 1.26.3 that Gangway installed and the PATH leads to, and an
// older one in ~/sdk. Made once a state folder, from the same files as the lab's own releases.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finishFolder } from '../node/install/sentinel';
import type { LabDrive } from './machineDrive';
import { labReleases } from './mirror/buildMirror';
import { windowsFiles } from './mirror/contents';
import { moduleSum, toolchainVersion } from './mirror/moduleSum';
import { writeZip, type ZipEntry } from './mirror/zipWriter';

/** `buildMirror`'s defaults: with them the trees are those that its zips hold. */
const seed = 'gangway';
const level = 9;
const installedAt = '2026-05-09T09:30:00.000Z';

/** Where nothing is left to set up: no lock needs to be waited for then. */
export async function isLabMachineSetUp(drive: LabDrive): Promise<boolean> {
  return (await readFile(madeFile(drive), 'utf8').catch(() => null)) !== null;
}

export async function setUpLabMachine(drive: LabDrive): Promise<void> {
  const { folders } = drive;
  const made = madeFile(drive);
  if (await isLabMachineSetUp(drive)) return;
  // Left by a process that was killed half-way.
  await rm(drive.root, { recursive: true, force: true });
  const beside = `${drive.root}.new`;
  await rm(beside, { recursive: true, force: true });
  const at = (path: string): string => join(beside, drive.host(path).slice(drive.root.length));
  for (const folder of [
    folders.temp,
    folders.installRoot,
    folders.goCache,
    `${folders.goPath}\\bin`,
    'C:\\Program Files',
    'C:\\Program Files (x86)',
    'C:\\ProgramData',
    'C:\\Windows\\System32',
  ]) {
    await mkdir(at(folder), { recursive: true });
  }
  await writeTree('go1.24.4', at(`${folders.home}\\sdk\\go1.24.4`));
  const installed = at(`${folders.installRoot}\\1.26.3`);
  const { files, bytes } = await writeTree('go1.26.3', installed);
  await finishFolder(installed, {
    schema: 1,
    version: 'go1.26.3',
    os: 'windows',
    arch: 'amd64',
    ...zipFacts('go1.26.3', `${beside}.zip`),
    files,
    bytes,
    installedAt,
  });
  await rm(`${beside}.zip`, { force: true });
  await rename(beside, drive.root);
  // A junction is absolute: it is made where the drive stands.
  const installRoot = drive.host(folders.installRoot);
  const target = process.platform === 'win32' ? join(installRoot, '1.26.3') : '1.26.3';
  await symlink(target, join(installRoot, 'current'), 'junction');
  // Last: a drive without it is a leftover.
  await writeFile(made, `${JSON.stringify({ made: 1 })}\n`);
}

function madeFile(drive: LabDrive): string {
  return join(dirname(drive.root), 'machine.json');
}

async function writeTree(
  version: string,
  root: string,
): Promise<{ readonly files: number; readonly bytes: number }> {
  let files = 0;
  let bytes = 0;
  for (const { name, content, mode } of entriesOf(version)) {
    const path = join(root, ...name.split('/').slice(1));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode });
    files += 1;
    bytes += content.length;
  }
  return { files, bytes };
}

/** What the archive of this tree hashes to. */
function zipFacts(
  version: string,
  scratch: string,
): { readonly sha256: string; readonly h1: string } {
  const sum = moduleSum(toolchainVersion(version, 'windows', 'amd64'));
  const entries = entriesOf(version).map((entry) => sum.pass(entry));
  const fd = openSync(scratch, 'w+');
  try {
    writeZip(fd, entries, timeOf(version), level);
  } finally {
    closeSync(fd);
  }
  return {
    sha256: createHash('sha256').update(readFileSync(scratch)).digest('hex'),
    h1: sum.sum(),
  };
}

function entriesOf(version: string): readonly ZipEntry[] {
  return [...windowsFiles({ version, time: timeOf(version), scale: 'small', seed }, 'amd64')];
}

function timeOf(version: string): Date {
  const release = labReleases.find((candidate) => candidate.version === version);
  if (release === undefined) throw new Error(`the lab has no ${version}`);
  return new Date(release.time);
}
