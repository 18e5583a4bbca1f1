import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary';
import { tryLock, type LockTimes } from './lock';

const scratch = temporaryFolder();
const times: LockTimes = { touchMs: 40, silentMs: 200 };
let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(scratch, 'l-')), 'lock');
});
/** An id that no process has: of one that has ended. */
const gone = () => spawnSync(process.execPath, ['-e', '']).pid;
const silence = (ms: number) => {
  const at = new Date(Date.now() - ms);
  utimesSync(path, at, at);
};

describe('the lock of a transfer', () => {
  it('is held by one at a time, and free again after', async () => {
    const lock = await tryLock(path, times);
    expect(lock).not.toBeNull();
    expect(await tryLock(path, times)).toBeNull();
    lock?.release();
    expect(existsSync(path)).toBe(false);
    expect(await tryLock(path, times)).not.toBeNull();
  });

  it('is taken over from a process that is gone', async () => {
    writeFileSync(path, `${gone()} 00`);
    const lock = await tryLock(path, times);
    expect(lock).not.toBeNull();
    expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    lock?.release();
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('is taken over from an id that belongs to another program by now', async () => {
    writeFileSync(path, `${process.ppid} 00`);
    silence(10_000);
    expect(await tryLock(path, times)).not.toBeNull();
  });

  it('is not taken from a holder that slept and goes on', async () => {
    writeFileSync(path, `${process.pid} 00`);
    silence(10_000);
    const taking = tryLock(path, times);
    await sleep(20);
    silence(0);
    expect(await taking).toBeNull();
  });

  it('without an id is left to whoever is just writing it, but not for ever', async () => {
    writeFileSync(path, '');
    expect(await tryLock(path, { ...times, touchMs: 5_000 })).toBeNull();
    silence(10_000);
    expect(await tryLock(path, { ...times, touchMs: 5_000 })).not.toBeNull();
  });

  it('is touched while it is held, however long', async () => {
    const lock = await tryLock(path, times);
    await sleep(times.silentMs * 2);
    expect(await tryLock(path, times)).toBeNull();
    lock?.release();
  });

  it('is released by its holder alone', async () => {
    const lock = await tryLock(path, times);
    writeFileSync(path, `${process.ppid} another`);
    lock?.release();
    expect(existsSync(path)).toBe(true);
  });
});
