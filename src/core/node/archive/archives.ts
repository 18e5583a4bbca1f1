// The `Archives` port over worker threads: nothing here holds up the main thread, and memory stays flat with the size
// of an archive.
import { stat } from 'node:fs/promises';
import { diskFailure } from '../diskFailure';
import { cut, runBatches, zipBatches } from './batches';
import type { Archives, OnProgress } from '../../ports';
import type { Manifest } from '../../verify/verifiedRelease';
import type { Workers } from '../worker/workers';
import type { ArchiveLimits } from '../../../shared/rules/archivePath';

type Files = Map<string, { readonly sha256: string; readonly size: number }>;

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
      const files: Files = new Map();
      for (const name of index.paths) files.set(name, { sha256: '', size: 0 });
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
      const files: Files = new Map();
      addDigests(files, paths, digests, sizes);
      onProgress?.({ done: files.size, total: files.size });
      return files;
    },
    async treeManifest(root, onProgress, signal) {
      workers.warm();
      const { files: paths, links } = await workers.run('tree.list', { root }, undefined, signal);
      const files: Files = new Map();
      for (const path of paths) files.set(path, { sha256: '', size: -1 });
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
      for (const [path, { size }] of files) if (size < 0) files.delete(path);
      return { manifest: files satisfies Manifest, links };
    },
  };
}

/** Adds a batch's files. Their names may be there already, so that the order is the archive's and not the threads'. */
function addDigests(
  files: Files,
  paths: readonly string[],
  digests: Uint8Array,
  sizes: Float64Array,
): void {
  const hashes = hexOf(digests);
  paths.forEach((path, i) => files.set(path, { sha256: hashes[i] ?? '', size: sizes[i] ?? 0 }));
}

/** SHA-256 hashes, 32 bytes each, one behind the other, as hex. */
export function hexOf(digests: Uint8Array): readonly string[] {
  const bytes = Buffer.from(digests.buffer, digests.byteOffset, digests.byteLength);
  return Array.from({ length: digests.length / 32 }, (_, i) =>
    bytes.toString('hex', i * 32, i * 32 + 32),
  );
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
