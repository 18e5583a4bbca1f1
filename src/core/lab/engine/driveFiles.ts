// What the scripts look for on Windows' drive: powershell.exe in its place, and MpCmdRun.exe where Defender keeps it.
import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { programFolder } from '../defender/registry';
import type { LabSettings } from '../defender';
import type { LabDrive } from '../machineDrive';

/** Older than any platform of the lab, and after it in the alphabet. */
const olderPlatform = '4.18.2611.7-0';

/** @returns the path of powershell.exe on this computer */
export async function writeDriveFiles(
  drive: LabDrive,
  settings: LabSettings,
  host: string,
): Promise<string> {
  const home = drive.host('C:\\Windows\\System32\\WindowsPowerShell\\v1.0');
  const powershell = join(home, 'powershell.exe');
  await mkdir(home, { recursive: true });
  await replaceBy(powershell, (path) => symlink(host, path));

  const platforms = drive.host('C:\\ProgramData\\Microsoft\\Windows Defender\\Platform');
  await rm(platforms, { recursive: true, force: true });
  const programs = drive.host('C:\\Program Files\\Windows Defender');
  await rm(programs, { recursive: true, force: true });
  const folder = programFolder(settings);
  if (folder === null) return powershell;
  await writeProgram(drive.host(folder), `exec ${quoted(host)} --mpcmdrun "$@"`);
  if (settings.mpCmdRun === 'platform') {
    await writeProgram(join(platforms, olderPlatform), 'echo "an older platform"; exit 3');
  }
  return powershell;
}

async function writeProgram(folder: string, line: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'MpCmdRun.exe');
  await writeFile(path, `#!/bin/sh\n${line}\n`);
  await chmod(path, 0o755);
}

/** Two processes of one lab may do it at once. */
async function replaceBy(path: string, make: (path: string) => Promise<void>): Promise<void> {
  const beside = `${path}.${randomBytes(4).toString('hex')}`;
  await make(beside);
  await rename(beside, path);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
