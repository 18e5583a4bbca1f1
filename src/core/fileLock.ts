// A lock file for short critical sections: one process at a time. A lock whose process is gone is taken over. Not for
// long work, and not fair.
import { randomBytes } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import { FailureError } from './failureError';

/** Milliseconds that a holder may need; a lock older than that without a living holder is left behind. */
const grace = 2_000;

/**
 * Runs `work` while this process alone holds `path`. In one process calls wait for each other.
 * @param patience milliseconds to wait for another process
 * @throws FailureError `state.locked` with that process' id
 */
export function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  patience = 10_000,
): Promise<T> {
  const before = turns.get(path) ?? Promise.resolve();
  const mine = before.then(() => held(path, work, patience));
  const settled = mine.then(
    () => undefined,
    () => undefined,
  );
  turns.set(path, settled);
  void settled.then(() => {
    if (turns.get(path) === settled) turns.delete(path);
  });
  return mine;
}

const turns = new Map<string, Promise<void>>();

async function held<T>(path: string, work: () => Promise<T>, patience: number): Promise<T> {
  const token = `${String(process.pid)} ${randomBytes(8).toString('hex')}`;
  const until = Date.now() + patience;
  for (let pause = 4; ; pause = Math.min(pause * 2, 100)) {
    if (await create(path, token)) break;
    const holder = await holderOf(path);
    if (holder === 'nobody') {
      await takeOver(path);
      continue;
    }
    if (Date.now() >= until) {
      throw new FailureError('state.locked', { params: { process: holder }, next: ['retry'] });
    }
    const wait = pause;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  try {
    return await work();
  } finally {
    // Only what is still ours: a lock that was taken over belongs to another.
    if ((await textOf(path)) === token) await rm(path, { force: true });
  }
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
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The process that holds it, 0 where it is just being made, `nobody` where it was left behind. */
async function holderOf(path: string): Promise<number | 'nobody'> {
  try {
    const holder = Number.parseInt(await readFile(path, 'utf8'), 10);
    const { mtimeMs } = await stat(path);
    // From before the computer started: that process is gone, whoever has its number now.
    if (mtimeMs < Date.now() - uptime() * 1000 - grace) return 'nobody';
    if (!Number.isInteger(holder)) return Date.now() - mtimeMs < grace ? 0 : 'nobody';
    return isAlive(holder) ? holder : 'nobody';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}

/** One taker at a time, and only while it is still left behind: a new holder's lock is not removed. */
async function takeOver(path: string): Promise<void> {
  const guard = `${path}.takeover`;
  if (!(await create(guard, String(process.pid)))) {
    if ((await holderOf(guard)) === 'nobody') await rm(guard, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 5));
    return;
  }
  try {
    if ((await holderOf(path)) === 'nobody') await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(id: number): boolean {
  // In this process calls wait for each other, so a lock with our own number is an earlier process'.
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and another user's.
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
