import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asFailure } from './failureError';
import { withFileLock } from './fileLock';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gangway-lock-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('lets one in at a time', async () => {
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, () =>
      withFileLock(join(folder, 'lock'), async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
      }),
    ),
  );
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

it('lets the next in after one that failed', async () => {
  const path = join(folder, 'lock');
  await expect(withFileLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(withFileLock(path, () => Promise.resolve(1))).resolves.toBe(1);
});

it('takes over the lock of a process that is gone', async () => {
  const path = join(folder, 'lock');
  await writeFile(path, '4194305 dead');
  await expect(withFileLock(path, () => Promise.resolve(1))).resolves.toBe(1);
});

it('takes over a lock that was never written to the end, once it is old', async () => {
  const path = join(folder, 'lock');
  await writeFile(path, '');
  const old = new Date(Date.now() - 10_000);
  await utimes(path, old, old);
  await expect(withFileLock(path, () => Promise.resolve(1))).resolves.toBe(1);
});

it('refuses while a living process holds it, and names that process', async () => {
  const path = join(folder, 'lock');
  // The process that started this one lives.
  await writeFile(path, `${String(process.ppid)} alive`);
  const failure = await withFileLock(path, () => Promise.resolve(1), 50).then(
    () => null,
    (error: unknown) => asFailure(error),
  );
  expect(failure).toMatchObject({ code: 'state.locked', params: { process: process.ppid } });
});
