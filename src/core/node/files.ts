// The few facts about disks, from Node's file system.
import { access, mkdir, realpath, rmdir, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Files } from '../ports';

export const nodeFiles: Files = {
  async freeBytes(path) {
    const folder = await nearest(path);
    if (folder === null) return null;
    try {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    } catch {
      // Some network drives do not say.
      return null;
    }
  },
  async exists(path) {
    return (await nearest(path)) === path;
  },
  async makeFolder(path) {
    // Null where all of it was there.
    return (await mkdir(path, { recursive: true, mode: 0o700 })) !== undefined;
  },
  async removeEmptyFolder(path) {
    try {
      await rmdir(path);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOENT') return false;
      throw error;
    }
  },
  async resolve(path) {
    const folder = await nearest(path);
    if (folder === null) return path;
    const rest = path
      .slice(folder.length)
      .split(/[\\/]/)
      .filter((part) => part !== '');
    return join(await realpath(folder), ...rest);
  },
};

/** The path itself, or its nearest parent that exists. */
async function nearest(path: string): Promise<string | null> {
  for (let at = path; ; at = dirname(at)) {
    try {
      await access(at);
      return at;
    } catch {
      if (dirname(at) === at || basename(at) === '') return null;
    }
  }
}
