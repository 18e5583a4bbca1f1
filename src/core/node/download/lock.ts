// One transfer of a file at a time, across processes: a lock file with the holder's process id, touched while it is
// held. A holder that is gone, or silent for long, loses it.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  utimes,
  writeSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { textOf } from './cacheFiles';

export interface Lock {
  release(): void;
}

export interface LockTimes {
  /** How often the holder touches it, in milliseconds. */
  readonly touchMs: number;
  /** Untouched for that long, seen twice with a pause between (a computer may have slept), the holder is gone. */
  readonly silentMs: number;
}

export const lockTimes: LockTimes = { touchMs: 2_000, silentMs: 20_000 };

/** Takes the lock. Null: another process holds it. @throws the file system's errors */
export async function tryLock(path: string, times = lockTimes): Promise<Lock | null> {
  const token = `${process.pid} ${randomBytes(8).toString('hex')}`;
  if (!create(path, token)) {
    if (!(await isStale(path, times))) return null;
    removeStale(path);
    if (!create(path, token)) return null;
  }
  const touch = setInterval(() => {
    const now = new Date();
    // A lock that is gone meanwhile is found by whoever took it; touching decides nothing.
    utimes(path, now, now, () => undefined);
  }, times.touchMs);
  touch.unref();
  return {
    release() {
      clearInterval(touch);
      if (textOf(path) === token) rmSync(path, { force: true });
    },
  };
}

function create(path: string, token: string): boolean {
  let fd: number;
  try {
    fd = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(fd, token);
  } catch (error) {
    // On a full disk, say: a lock without its holder's id would hold up the next one.
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
  return true;
}

async function isStale(path: string, times: LockTimes): Promise<boolean> {
  const pid = Number.parseInt(textOf(path) ?? '', 10);
  // Without an id it is about to be written, or its holder was killed just before.
  if (!Number.isInteger(pid)) return isSilent(path, times.touchMs);
  if (!isAlive(pid)) return true;
  if (!isSilent(path, times.silentMs)) return false;
  await sleep(times.touchMs * 1.5);
  return isSilent(path, times.silentMs);
}

function isSilent(path: string, forMs: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  // Released meanwhile: nobody holds it.
  return stats === undefined || Date.now() - stats.mtimeMs > forMs;
}

/** Moves it aside and looks what it moved: another may have removed the stale one and locked anew in between. */
function removeStale(path: string): void {
  const before = textOf(path);
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(path, aside);
    if (textOf(aside) !== before) linkSync(aside, path);
  } catch (error) {
    // Gone already, or taken anew: either way whoever asks again sees what is there.
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and another user's.
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
