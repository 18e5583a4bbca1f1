import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultStateFolder, makeStateFolder, withStateLock } from './stateFolder';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gangway-state-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('stands where each system keeps such things', () => {
  expect(defaultStateFolder('linux', {}, '/home/lin')).toBe('/home/lin/.local/state/gangway');
  expect(defaultStateFolder('linux', { XDG_STATE_HOME: '/s' }, '/home/lin')).toBe('/s/gangway');
  expect(defaultStateFolder('linux', { XDG_STATE_HOME: 's' }, '/home/lin')).toBe(
    '/home/lin/.local/state/gangway',
  );
  expect(defaultStateFolder('windows', { LOCALAPPDATA: '/L' }, '/home/lin')).toBe('/L/Gangway');
});

it('says so where the folder cannot be made', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(makeStateFolder(join(folder, 'file', 'x'))).rejects.toMatchObject({
    failure: { code: 'disk.denied' },
  });
});

it('lets one thing at a time change the machine', async () => {
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    seen.push(`${name} ends`);
  };
  await Promise.all([withStateLock(folder, work('a')), withStateLock(folder, work('b'))]);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

it('frees the lock after a failure', async () => {
  await expect(withStateLock(folder, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(await withStateLock(folder, () => Promise.resolve(1))).toBe(1);
});

it('refuses while another process holds it', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  try {
    await once(other, 'spawn');
    await writeFile(join(folder, 'lock'), String(other.pid));
    await expect(withStateLock(folder, () => Promise.resolve(1), 100)).rejects.toMatchObject({
      failure: { code: 'state.locked', params: { process: other.pid } },
    });
  } finally {
    other.kill('SIGKILL');
    await once(other, 'exit');
  }
  // It was killed, and its lock is still there.
  expect(await readFile(join(folder, 'lock'), 'utf8')).toBe(String(other.pid));
  expect(await withStateLock(folder, () => Promise.resolve(2), 100)).toBe(2);
});

it('takes over a lock from before the computer started, even if its number is in use again', async () => {
  await writeFile(join(folder, 'lock'), '1');
  const old = new Date(Date.now() - (uptime() + 3_600) * 1000);
  await utimes(join(folder, 'lock'), old, old);
  expect(await withStateLock(folder, () => Promise.resolve(3), 100)).toBe(3);
});
