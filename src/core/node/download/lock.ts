// One transfer of a file at a time, across processes: a lock file with the holder's process id, touched while it is
// held. A holder that is gone, or silent for long, loses it.
import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';

export interface Lock {
  release(): Promise<void>;
}

export const lockTimes = {
  /** How often the holder touches it, in milliseconds. */
  touchMs: 2_000,
  /** Untouched for that long, seen twice with a pause between (a computer may have slept), the holder is gone. */
  silentMs: 20_000,
} as const;

/** Takes the lock. Null: another process holds it. @throws the file system's errors */
export async function tryLock(path: string, times = lockTimes): Promise<Lock | null> {
  const token = `${String(process.pid)} ${randomBytes(8).toString('hex')}`;
  if (!(await create(path, token))) {
    if (!(await isStale(path, times))) return null;
    await removeStale(path);
    if (!(await create(path, token))) return null;
  }
  const touch = setInterval(() => {
    const now = new Date();
    // A lock that is gone meanwhile is found by whoever took it; touching decides nothing.
    utimes(path, now, now).catch(() => undefined);
  }, times.touchMs);
  touch.unref();
  return {
    async release() {
      clearInterval(touch);
      if ((await readToken(path)) === token) await rm(path, { force: true });
    },
  };
}

async function create(path: string, token: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(token);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string, times: typeof lockTimes): Promise<boolean> {
  const pid = Number.parseInt(await readToken(path), 10);
  if (Number.isInteger(pid)) {
    if (!isAlive(pid)) return true;
    if (!(await isSilent(path, times))) return false;
    await new Promise((resolve) => setTimeout(resolve, times.touchMs * 1.5));
    return isSilent(path, times);
  }
  // Killed between creating it and writing its id, or just about to write it.
  return isSilent(path, { ...times, silentMs: times.touchMs });
}

async function isSilent(path: string, times: { readonly silentMs: number }): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > times.silentMs;
  } catch {
    // Released meanwhile.
    return true;
  }
}

/** Moves it aside and looks what it moved: another may have removed the stale one and locked anew in between. */
async function removeStale(path: string): Promise<void> {
  const before = await readToken(path);
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readToken(aside)) !== before) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function readToken(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
