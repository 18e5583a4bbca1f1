// Reading files in a worker thread: one file's digest, the files of a tree, and their digests.
import { closeSync, openSync, readdirSync, readSync, type Dirent } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { FailureError } from '../../failureError';
import { diskFailure, errorCode } from '../diskFailure';
import type { FileDigest } from '../../ports';
import type { Handler } from '../worker/jobs';

declare module '../worker/jobs' {
  interface Jobs {
    'archive.digest': {
      input: { readonly path: string };
      /** Bytes so far. */
      progress: number;
      output: FileDigest;
    };
    'tree.list': {
      input: { readonly root: string };
      progress: never;
      /** With forward slashes, below the root. `links` are links, junctions and all else that is no file or folder. */
      output: { readonly files: readonly string[]; readonly links: readonly string[] };
    };
    'tree.hash': {
      input: { readonly root: string; readonly paths: readonly string[] };
      progress: never;
      /** 32 bytes a file; a size of -1 for one that is gone. */
      output: { readonly digests: Uint8Array; readonly sizes: Float64Array };
    };
  }
}

/** One a thread, used again by each job: a thread runs one at a time. */
let buffer = Buffer.alloc(0);
const bufferBytes = 512 * 1024;
/** Bytes between looks at the abort signal. */
const restEvery = 16 * 1024 ** 2;

/** @throws FailureError `disk.*`, `cancelled` */
export const digestFile: Handler<'archive.digest'> = async ({ path }, context) => {
  const hash = createHash('sha256');
  useBuffer();
  let size = 0;
  try {
    const fd = openSync(path, 'r');
    try {
      for (let since = 0; ;) {
        const got = readSync(fd, buffer, 0, buffer.length, null);
        if (got === 0) break;
        hash.update(buffer.subarray(0, got));
        size += got;
        since += got;
        if (since < restEvery) continue;
        since = 0;
        context.report(size);
        await new Promise(setImmediate);
        if (context.signal.aborted) throw new FailureError('cancelled');
      }
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw diskFailure(error, path);
  }
  return { sha256: hash.digest('hex'), size };
};

/** @throws FailureError `disk.*` */
export const listTree: Handler<'tree.list'> = ({ root }) =>
  new Promise((resolve) => {
    const files: string[] = [];
    const links: string[] = [];
    const open: string[] = [''];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      for (const entry of entriesOf(root, folder)) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isFile()) files.push(path);
        else if (entry.isDirectory()) open.push(path);
        else links.push(path);
      }
    }
    resolve({ files: files.sort(), links: links.sort() });
  });

/** @throws FailureError `disk.*`, `install.virus` */
export const hashFiles: Handler<'tree.hash'> = ({ root, paths }) =>
  new Promise((resolve) => {
    const digests = new Uint8Array(paths.length * 32);
    const sizes = new Float64Array(paths.length);
    useBuffer();
    paths.forEach((path, i) => {
      try {
        const fd = openSync(join(root, path), 'r');
        try {
          const hash = createHash('sha256');
          let size = 0;
          for (;;) {
            const got = readSync(fd, buffer, 0, buffer.length, null);
            if (got === 0) break;
            hash.update(buffer.subarray(0, got));
            size += got;
          }
          digests.set(hash.digest(), i * 32);
          sizes[i] = size;
        } finally {
          closeSync(fd);
        }
      } catch (error) {
        // Taken away since the tree was listed: it is missing, and the comparison says so.
        if (errorCode(error) === 'ENOENT') sizes[i] = -1;
        else throw diskFailure(error, path);
      }
    });
    resolve({ digests, sizes });
  });

function entriesOf(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    throw diskFailure(error, join(root, folder));
  }
}

function useBuffer(): void {
  if (buffer.length === 0) buffer = Buffer.allocUnsafeSlow(bufferBytes);
}
