// Removing a version's folder: it steps aside in one rename first, so that no half-removed Go is left under its name,
// and a program that still runs in it stops the removal before anything is gone.
import { randomBytes } from 'node:crypto';
import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFailure, errorCode } from '../diskFailure';
import { patiently, type Patience } from './patient';

/** @throws FailureError `disk.locked`, `disk.denied` where something holds the folder; it is then still whole. */
export async function discard(
  installRoot: string,
  folder: string,
  patience: Patience,
): Promise<void> {
  const aside = await setAside(installRoot, folder, patience);
  if (aside !== null) await removeAll(aside, patience);
}

/** @returns where the folder is now; null where there was none. */
export async function setAside(
  installRoot: string,
  folder: string,
  patience: Patience,
): Promise<string | null> {
  const aside = join(installRoot, `.removing-${folder}-${randomBytes(4).toString('hex')}`);
  try {
    await patiently(() => rename(join(installRoot, folder), aside), patience);
    return aside;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw diskFailure(error, join(installRoot, folder));
  }
}

/** Removes what earlier removals had to leave. What still cannot go stays for the next time. */
export async function sweep(installRoot: string, patience: Patience): Promise<void> {
  const once = { ...patience, giveUpAfterMs: 0 };
  for (const name of await readdir(installRoot)) {
    if (!/^\.removing-.+-[0-9a-f]{8}$/.test(name)) continue;
    if (!(await lstat(join(installRoot, name))).isDirectory()) continue;
    try {
      await removeAll(join(installRoot, name), once);
    } catch {
      // Still held: it has no name that anyone looks for, and the next sweep tries again.
    }
  }
}

export async function removeAll(path: string, patience: Patience): Promise<void> {
  try {
    await patiently(() => rm(path, { recursive: true, force: true }), patience);
  } catch (error) {
    throw diskFailure(error, path);
  }
}
