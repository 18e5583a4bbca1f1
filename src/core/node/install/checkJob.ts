// Looks in a worker thread whether a tree's files are still there.
import { closeSync, lstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { diskFailure } from '../diskFailure';
import type { Handler } from '../worker/jobs';

declare module '../worker/jobs' {
  interface Jobs {
    'tree.check': {
      input: {
        readonly root: string;
        readonly paths: readonly string[];
        readonly sizes: Float64Array;
      };
      progress: never;
      /** Files that are gone, and files that have another size or are no files any more. */
      output: { readonly missing: readonly string[]; readonly changed: readonly string[] };
    };
  }
}

/** @throws FailureError `install.virus` where an antivirus lets nobody open a file, `disk.*` */
export const checkFiles: Handler<'tree.check'> = ({ root, paths, sizes }) =>
  new Promise((resolve) => {
    const missing: string[] = [];
    const changed: string[] = [];
    const byte = Buffer.alloc(1);
    paths.forEach((path, i) => {
      try {
        const found = lstatSync(join(root, path), { throwIfNoEntry: false });
        if (found === undefined) missing.push(path);
        else if (!found.isFile() || found.size !== sizes[i]) changed.push(path);
        else if (path.endsWith('.exe')) touch(join(root, path), byte);
      } catch (error) {
        throw diskFailure(error, path);
      }
    });
    resolve({ missing, changed });
  });

/** Opening a program is what makes an antivirus look at it: better now than at the first build. */
function touch(path: string, byte: Buffer): void {
  const fd = openSync(path, 'r');
  try {
    readSync(fd, byte, 0, 1, 0);
  } finally {
    closeSync(fd);
  }
}
