// Bytes of the files below a folder. Links are not followed; what vanishes meanwhile counts nothing.
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFailure, errorCode } from '../diskFailure';

/** @throws FailureError `disk.denied` and its kin */
export async function sizeOfTree(root: string): Promise<number> {
  let bytes = 0;
  const open = [root];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    try {
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) open.push(path);
        else if (entry.isFile()) bytes += (await lstat(path)).size;
      }
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw diskFailure(error, folder);
    }
  }
  return bytes;
}
