// Removing a version's folder: it steps aside in one rename first, so that no half-removed Go is left under its name,
// and a program that still runs in it stops the removal before anything is gone.
import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../diskFailure';
import type { DiskTools } from './diskCalls';
import { heldFailure, patiently } from './patient';

/** @throws FailureError `disk.locked`, `disk.denied` where something holds the folder; it is then still whole. `cancelled` */
export async function discard(
  installRoot: string,
  folder: string,
  tools: DiskTools,
  signal?: AbortSignal,
): Promise<void> {
  const aside = await setAside(installRoot, folder, tools, signal);
  if (aside !== null) await removeAll(aside, tools);
}

/** @returns where the folder is now; null where there was none. */
export async function setAside(
  installRoot: string,
  folder: string,
  tools: DiskTools,
  signal?: AbortSignal,
): Promise<string | null> {
  const aside = join(installRoot, `.removing-${folder}-${randomBytes(4).toString('hex')}`);
  try {
    const rename = () => tools.calls.rename(join(installRoot, folder), aside);
    await patiently(rename, tools.patience, signal);
    return aside;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw heldFailure(error, join(installRoot, folder), tools.patience);
  }
}

/** Removes what earlier removals had to leave. What still cannot go stays for the next time. */
export async function sweep(installRoot: string, tools: DiskTools): Promise<void> {
  const once = { ...tools, patience: { ...tools.patience, giveUpAfterMs: 0 } };
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

export async function removeAll(path: string, tools: DiskTools): Promise<void> {
  try {
    await patiently(() => rm(path, { recursive: true, force: true }), tools.patience);
  } catch (error) {
    throw heldFailure(error, path, tools.patience);
  }
}
