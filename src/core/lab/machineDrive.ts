// The lab's drive C: a folder of the state folder. Everything in the lab that names a file goes through here, so a lab
// path never reaches a drive of this computer.
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { labFoldersOf, labUserName, type LabFolders } from './labFolders';

export interface LabDrive {
  /** The folder that is `C:\`, absolute. */
  readonly root: string;
  /** Whose computer it is. */
  readonly user: string;
  readonly folders: LabFolders;
  /** `C:\Users\lin` → the folder on this computer. A path on this computer stays as it is. */
  host(path: string): string;
  /** A path below the drive as the lab's user sees it. Any other path stays as it is. */
  display(path: string): string;
}

export function labDrive(stateFolder: string, user = labUserName): LabDrive {
  const root = resolve(stateFolder, 'lab', 'c');
  const below = (path: string): string | null => {
    if (!isAbsolute(path)) return null;
    const rest = relative(root, resolve(path));
    return rest === '..' || rest.startsWith(`..${sep}`) || isAbsolute(rest) ? null : rest;
  };
  return {
    root,
    user,
    folders: labFoldersOf(user),
    host(path) {
      if (below(path) !== null) return path;
      const match = /^c:(?:[\\/](.*))?$/is.exec(path);
      if (match === null) return path;
      const parts = (match[1] ?? '').split(/[\\/]+/).filter((part) => part !== '');
      // `C:\..` is `C:\` on Windows too: nothing is above a drive.
      const kept: string[] = [];
      for (const part of parts) {
        if (part === '..') kept.pop();
        else if (part !== '.') kept.push(part);
      }
      return join(root, ...kept);
    },
    display(path) {
      const rest = below(path);
      return rest === null ? path : `C:\\${rest.split(sep).join('\\')}`;
    },
  };
}
