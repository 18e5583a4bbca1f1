// Looks whether every file that was unpacked is still there, and whether the first one missing was taken.
import { FailureError } from '../../failureError';
import type { ZipIndex } from '../archive/zipColumns';
import { runBatches } from '../archive/batches';
import type { Workers } from '../worker/workers';

const filesAtOnce = 2000;

export interface Absent {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
}

/** Files that are gone, and files of another size, in the archive's order. */
export async function findAbsent(
  workers: Workers,
  root: string,
  index: Pick<ZipIndex, 'paths' | 'sizes'>,
  signal?: AbortSignal,
): Promise<Absent> {
  const missing: string[] = [];
  const changed: string[] = [];
  const starts: number[] = [];
  for (let at = 0; at < index.paths.length; at += filesAtOnce) starts.push(at);
  await runBatches(
    starts,
    async (at) => {
      const paths = index.paths.slice(at, at + filesAtOnce);
      const sizes = index.sizes.slice(at, at + filesAtOnce);
      const found = await workers.run('tree.check', { root, paths, sizes }, undefined, signal);
      missing.push(...found.missing);
      changed.push(...found.changed);
    },
    signal,
  );
  return { missing, changed };
}

/** @throws FailureError `install.fileVanished`, `install.fileChanged`, `install.virus` */
export async function expectAll(
  workers: Workers,
  root: string,
  index: ZipIndex,
  signal?: AbortSignal,
): Promise<void> {
  const { missing, changed } = await findAbsent(workers, root, index, signal);
  // A program is what an antivirus takes, and what a person knows by name.
  const [gone] = [...missing].sort(
    (a, b) => Number(b.endsWith('.exe')) - Number(a.endsWith('.exe')),
  );
  if (gone !== undefined) {
    throw new FailureError('install.fileVanished', {
      params: { file: lastSegment(gone), count: missing.length },
      details: missing.slice(0, 16).map((value) => ({ id: 'file', value })),
      next: ['seeBlocks', 'openWindowsSecurity', 'retry'],
    });
  }
  const [other] = changed;
  if (other !== undefined) {
    throw new FailureError('install.fileChanged', {
      params: { file: other },
      next: ['seeBlocks', 'retry'],
    });
  }
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
