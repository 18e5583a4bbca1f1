// The lab's computer: Windows on amd64 with one user. Its files are real files below the lab's drive, so the real
// search for Go, the real unpacking and the real link run on it. Nothing outside the state folder is touched.
import { join } from 'node:path';
import type { Machine } from '../ports';
import type { LabDrive } from './machineDrive';

export { labFolders } from './labFolders';

export function labMachine(drive: LabDrive): Machine {
  const { user, folders } = drive;
  const { home, temp } = folders;
  const local = `${home}\\AppData\\Local`;
  const installRoot = drive.host(folders.installRoot);
  return {
    os: 'windows',
    arch: 'amd64',
    environment: {
      APPDATA: `${home}\\AppData\\Roaming`,
      LOCALAPPDATA: local,
      PROGRAMDATA: 'C:\\ProgramData',
      PROGRAMFILES: 'C:\\Program Files',
      'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
      PUBLIC: 'C:\\Users\\Public',
      SYSTEMDRIVE: 'C:',
      SYSTEMROOT: 'C:\\Windows',
      TEMP: temp,
      TMP: temp,
      USERNAME: user,
      USERPROFILE: home,
      WINDIR: 'C:\\Windows',
    },
    path: [
      drive.host('C:\\Windows\\System32'),
      join(installRoot, 'current', 'bin'),
      drive.host(`${home}\\go\\bin`),
    ],
    home: drive.host(home),
    installRoot,
    buildFolder: drive.host(folders.buildFolder),
    usualPlaces: ['C:\\Program Files\\Go', 'C:\\Program Files (x86)\\Go', 'C:\\Go'].map((place) =>
      drive.host(place),
    ),
    display: (path) => drive.display(path),
  };
}
