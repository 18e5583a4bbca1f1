// The folder that holds all that Gangway keeps, and the lock that lets one process at a time change the machine. The
// lock of a process that was killed is taken over.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../failureError';
import { withFileLock } from '../fileLock';
import type { MachineOs } from '../../shared/model';

/** Where the state is kept when nobody names a folder. `environment` has upper-case names. */
export function defaultStateFolder(
  os: MachineOs,
  environment: Readonly<Record<string, string>>,
  home: string,
): string {
  if (os === 'windows') {
    return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Gangway');
  }
  const stateHome = environment['XDG_STATE_HOME'];
  // A relative value is to be ignored, by the XDG base directory specification.
  const base = stateHome?.startsWith('/') === true ? stateHome : join(home, '.local', 'state');
  return join(base, 'gangway');
}

/** @throws FailureError `disk.denied` where it cannot be made. */
export async function makeStateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new FailureError('disk.denied', { params: { path: folder }, cause: error });
  }
}

/**
 * Runs `work` while nothing else changes this machine: no other process, and nothing else of this one. Waits for its
 * turn in this process, and up to `patience` milliseconds for another process. Not re-entrant.
 * @throws FailureError `state.locked`, with the other process' id.
 */
export function withStateLock<T>(
  folder: string,
  work: () => Promise<T>,
  patience = 3_000,
): Promise<T> {
  return withFileLock(join(folder, 'lock'), work, patience);
}
