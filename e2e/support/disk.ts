// Small file systems and locked folders, made for real. Mounting needs root; where that is not given, the tests say so.
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test as base } from './app';

const run = promisify(execFile);

export interface SmallDisk {
  /** Takes this many bytes of it. */
  fill(bytes: number): Promise<void>;
  /** Gives back what `fill` took. */
  free(): Promise<void>;
  /** Lets so many more files and folders be made on it; null lifts the limit. Free bytes stay what they are. */
  limitFiles(more: number | null): Promise<void>;
  unmount(): Promise<void>;
}

interface Disks {
  /** Puts a file system of this size under a folder; what is in the folder moves onto it. */
  readonly mountDisk: (folder: string, bytes: number) => Promise<SmallDisk>;
  /** Nothing can be made, renamed or removed in the folder until the returned function is called. */
  readonly lock: (folder: string) => Promise<() => Promise<void>>;
}

/** Both ask for `launch`, so that everything is undone before that removes the folders. */
export const test = base.extend<Disks>({
  mountDisk: async ({ launch: _launch }, use, testInfo) => {
    const refused = await mountingRefused();
    if (refused !== null) console.log(`${testInfo.title}: left out, ${refused}`);
    testInfo.skip(refused !== null, refused ?? '');
    const disks: SmallDisk[] = [];
    await use(async (folder, bytes) => {
      const disk = await mountSmall(folder, bytes);
      disks.push(disk);
      return disk;
    });
    for (const disk of disks) await disk.unmount();
  },
  lock: async ({ launch: _launch }, use) => {
    const undo: (() => Promise<void>)[] = [];
    await use(async (folder) => {
      const unlock = await lockFolder(folder);
      undo.push(unlock);
      return unlock;
    });
    for (const unlock of undo) await unlock();
  },
});

/** Why nothing can be mounted here; null where it can. */
async function mountingRefused(): Promise<string | null> {
  if (process.platform !== 'linux') return 'small file systems are mounted on Linux only';
  const folder = await mkdtemp(join(tmpdir(), 'gangway-mount-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder]);
    await run('umount', [folder]);
    return null;
  } catch (error) {
    return `a small file system cannot be mounted here: ${String(error).trim()}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function mountSmall(folder: string, bytes: number): Promise<SmallDisk> {
  const beside = `${folder}.below`;
  await mkdir(folder, { recursive: true });
  await rename(folder, beside);
  await mkdir(folder);
  await run('mount', ['-t', 'tmpfs', '-o', `size=${String(bytes)}`, 'none', folder]);
  await run('cp', ['-a', `${beside}/.`, folder]);
  await rm(beside, { recursive: true, force: true });
  const ballast = join(folder, '.ballast');
  let mounted = true;
  return {
    async fill(count) {
      await run('fallocate', ['-l', String(count), ballast]);
    },
    async free() {
      await rm(ballast);
    },
    async limitFiles(more) {
      const { files, ffree } = await statfs(folder);
      const limit = more === null ? 0 : files - ffree + more;
      await run('mount', ['-o', `remount,nr_inodes=${String(limit)}`, folder]);
    },
    async unmount() {
      if (!mounted) return;
      mounted = false;
      // The app may still look at it.
      await run('umount', ['--lazy', folder]);
    },
  };
}

/** Root passes over permissions and not over this attribute; whoever is not root cannot set it. */
async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await run('chattr', ['+i', folder]);
  else await chmod(folder, 0o555);
  await expectRefused(folder);
  let locked = true;
  return async () => {
    if (!locked) return;
    locked = false;
    if (isRoot) await run('chattr', ['-i', folder]);
    else await chmod(folder, 0o755);
  };
}

async function expectRefused(folder: string): Promise<void> {
  const probe = join(folder, '.probe');
  const made = await writeFile(probe, '').then(
    () => true,
    () => false,
  );
  if (!made) return;
  await rm(probe);
  throw new Error(`${folder} can still be written`);
}
