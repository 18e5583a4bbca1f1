// The `Archives` port over worker threads: nothing here holds up the main thread, and memory stays flat with the size
// of an archive.
import { stat } from 'node:fs/promises';
import { diskFailure } from '../diskFailure';
import { cut, runBatches, zipBatches } from './batches';
import type { Archives, OnProgress } from '../../ports';
import { ColumnManifest } from './columnManifest';
import type { Workers } from '../worker/workers';
import type { ArchiveLimits } from '../../../shared/rules/archivePath';

/** Files of one batch when a tree is hashed. */
const treeBatch = 200;

export function nodeArchives(workers: Workers, limits?: ArchiveLimits): Archives {
  const limited = limits === undefined ? {} : { limits };
  return {
    async digest(path, onProgress, signal) {
      const total = await sizeOf(path);
      const progress = (done: number): void => onProgress?.({ done, total });
      return workers.run('archive.digest', { path }, progress, signal);
    },
    async zipManifest(path, onProgress, signal) {
      workers.warm();
      const index = await workers.run(
        'archive.zipIndex',
        { archive: path, ...limited },
        undefined,
        signal,
      );
      const files = new ColumnManifest(index.paths);
      const tell = counter(index.paths.length, onProgress);
      await runBatches(
        zipBatches(index),
        async (entries) => {
          const input = { archive: path, entries, target: null };
          const { digests } = await workers.run('archive.zipEntries', input, undefined, signal);
          addDigests(files, entries.paths, digests, entries.sizes);
          tell(entries.paths);
        },
        signal,
      );
      return files;
    },
    async tarManifest(path, onProgress, signal) {
      const { paths, digests, sizes } = await workers.run(
        'archive.tar',
        { archive: path, ...limited },
        (done) => onProgress?.({ done, total: 0 }),
        signal,
      );
      const files = new ColumnManifest(paths);
      addDigests(files, paths, digests, sizes);
      onProgress?.({ done: files.size, total: files.size });
      return files;
    },
    async treeManifest(root, onProgress, signal) {
      workers.warm();
      const { files: paths, links } = await workers.run('tree.list', { root }, undefined, signal);
      const files = new ColumnManifest(paths);
      const tell = counter(paths.length, onProgress);
      await runBatches(
        cut(paths, () => 1, treeBatch),
        async (batch) => {
          const input = { root, paths: batch };
          const { digests, sizes } = await workers.run('tree.hash', input, undefined, signal);
          addDigests(files, batch, digests, sizes);
          tell(batch);
        },
        signal,
      );
      return { manifest: files, links };
    },
  };
}

/** @param sizes negative for a file that vanished while it was looked at */
function addDigests(
  files: ColumnManifest,
  paths: readonly string[],
  digests: Uint8Array,
  sizes: Float64Array,
): void {
  paths.forEach((path, i) => {
    const size = sizes[i] ?? -1;
    if (size >= 0) files.set(path, digestAt(digests, i), size);
  });
}

/** One of many SHA-256 hashes of 32 bytes each, one behind the other. */
export function digestAt(digests: Uint8Array, row: number): Uint8Array {
  return digests.subarray(row * 32, row * 32 + 32);
}

/** Counts files as batches end. */
export function counter(
  total: number,
  onProgress: OnProgress | undefined,
): (batch: readonly string[]) => void {
  let done = 0;
  return (batch) => {
    done += batch.length;
    const current = batch[batch.length - 1];
    onProgress?.({ done, total, ...(current === undefined ? {} : { current }) });
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw diskFailure(error, path);
  }
}
