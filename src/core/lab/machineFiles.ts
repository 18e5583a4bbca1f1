// `Files` of the lab: Windows paths are looked up on the lab's drive.
import { nodeFiles } from '../node/files';
import type { Files } from '../ports';
import type { LabDrive } from './machineDrive';

export function labFiles(drive: LabDrive): Files {
  return {
    freeBytes: (path) => nodeFiles.freeBytes(drive.host(path)),
    exists: (path) => nodeFiles.exists(drive.host(path)),
    makeFolder: (path) => nodeFiles.makeFolder(drive.host(path)),
    removeEmptyFolder: (path) => nodeFiles.removeEmptyFolder(drive.host(path)),
    // In the spelling of the question: a plan in Windows paths stays one.
    resolve: async (path) => {
      const host = drive.host(path);
      const real = await nodeFiles.resolve(host);
      return host === path ? real : drive.display(real);
    },
  };
}
