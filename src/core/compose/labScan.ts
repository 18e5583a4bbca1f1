// Where the lab's Defender looks at files: after a download, and after a tree was unpacked. A file that it takes is gone
// from the disk; that somebody misses it is left to the same code as on a real machine.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LabDefender } from '../lab/defender';
import type { LabDrive } from '../lab/machineDrive';
import type { Downloads } from '../ports';

/** @param shown what the lab's Windows calls the folder of downloads */
export function filesLookedAt(downloads: Downloads, lab: LabDefender, shown: string): Downloads {
  return {
    ...downloads,
    async fetch(request, onProgress, signal) {
      const file = await downloads.fetch(request, onProgress, signal);
      await lab.onFileWritten(file.path, `${shown}\\${basename(file.path)}`);
      return file;
    },
  };
}

/** Programs alone: what Defender's model takes for malware in a Go is never a text. */
export function treesLookedAt(lab: LabDefender, drive: LabDrive): (root: string) => Promise<void> {
  return async (root) => {
    for (const path of await programsBelow(root)) {
      await lab.onFileWritten(path, windowsPath(drive, path));
    }
  };
}

/** A folder outside the lab's drive, named with `--install-root`, has a Windows name too. */
function windowsPath(drive: LabDrive, path: string): string {
  const shown = drive.display(path);
  return /^[a-z]:\\/i.test(shown) ? shown : `C:${shown.replaceAll('/', '\\')}`;
}

async function programsBelow(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await programsBelow(path)));
    else if (/\.(?:exe|dll)$/i.test(entry.name)) found.push(path);
  }
  return found;
}
