// The folder that holds all that Gangway keeps, and the lock that lets one process at a time change the machine. The
// lock of a process that was killed is taken over.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../failureError';
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

/** Milliseconds. A holder touches its lock this often, and one that was not touched for long is nobody's. */
const touchEvery = 5_000;
const staleAfter = 60_000;

const turns = new Map<string, Promise<unknown>>();

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
  const before = turns.get(folder) ?? Promise.resolve();
  const mine = before.then(() => locked(join(folder, 'lock'), work, patience));
  turns.set(
    folder,
    mine.catch(() => undefined),
  );
  return mine;
}

async function locked<T>(path: string, work: () => Promise<T>, patience: number): Promise<T> {
  const until = Date.now() + patience;
  let waitMs = 20;
  for (;;) {
    const holder = await take(path);
    if (holder === null) break;
    if (Date.now() >= until) {
      throw new FailureError('state.locked', { params: { process: holder }, next: ['retry'] });
    }
    const pause = waitMs;
    await new Promise((resolve) => setTimeout(resolve, pause));
    waitMs = Math.min(waitMs * 2, 250);
  }
  const touch = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => undefined);
  }, touchEvery);
  touch.unref();
  try {
    return await work();
  } finally {
    clearInterval(touch);
    await rm(path, { force: true });
  }
}

/** Null when taken, else the id of the process that holds it. */
async function take(path: string): Promise<number | null> {
  for (;;) {
    try {
      const file = await open(path, 'wx', 0o600);
      try {
        await file.writeFile(String(process.pid));
      } finally {
        await file.close();
      }
      return null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await holderOf(path);
    if (holder !== null) return holder;
    // Left behind. Renaming has one winner, so two that come at once do not both remove it.
    const aside = `${path}.${randomBytes(4).toString('hex')}`;
    try {
      await rename(path, aside);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await rm(aside, { force: true });
  }
}

/** The living process that holds the lock, or null where it was left behind. */
async function holderOf(path: string): Promise<number | null> {
  try {
    const holder = Number.parseInt(await readFile(path, 'utf8'), 10);
    const fresh = Date.now() - (await stat(path)).mtimeMs < staleAfter;
    if (!fresh) return null;
    // Just made and not yet written: it belongs to whoever makes it.
    if (!Number.isInteger(holder)) return 0;
    return isAlive(holder) ? holder : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(id: number): boolean {
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
