// Hashes every file of a `src.tar.gz` in a worker thread, in one pass, without writing. Same guard as for zips.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { FailureError } from '../../failureError';
import { diskFailure, errorCode } from '../diskFailure';
import { archiveBroken, archiveRefused } from './refusal';
import {
  ArchiveGuard,
  goArchiveLimits,
  type ArchiveLimits,
  type EntryKind,
} from '../../../shared/rules/archivePath';
import type { Handler } from '../worker/jobs';

declare module '../worker/jobs' {
  interface Jobs {
    'archive.tar': {
      input: { readonly archive: string; readonly limits?: ArchiveLimits };
      /** Files so far. */
      progress: number;
      output: {
        readonly paths: readonly string[];
        readonly digests: Uint8Array;
        readonly sizes: Float64Array;
      };
    };
  }
}

const chunkBytes = 128 * 1024;
const reportEvery = 500;

/** @throws FailureError `archive.*`, `disk.*`, `cancelled` */
export const hashTar: Handler<'archive.tar'> = async ({ archive, limits }, context) => {
  const { signal } = context;
  const guard = new ArchiveGuard(limits ?? goArchiveLimits);
  const paths: string[] = [];
  const sizes: number[] = [];
  const digests: Buffer[] = [];
  const tar = extract();
  const reading = pipeline(
    createReadStream(archive, { highWaterMark: chunkBytes }),
    createGunzip({ chunkSize: chunkBytes }),
    tar,
    { signal },
  );
  // Awaited below; until then a failure is the loop's to report.
  reading.catch(() => undefined);
  try {
    for await (const entry of tar) {
      const { name, size } = entry.header;
      const admitted = guard.admit({
        path: name,
        kind: kindOf(entry.header),
        size,
        compressed: null,
      });
      if (admitted.kind === 'refused') throw archiveRefused(admitted.why, name);
      const hash = createHash('sha256');
      for await (const piece of entry) hash.update(piece as Buffer);
      if (admitted.kind === 'folder') continue;
      paths.push(admitted.path);
      sizes.push(size);
      digests.push(hash.digest());
      if (paths.length % reportEvery === 0) context.report(paths.length);
    }
    await reading;
  } catch (error) {
    throw explain(error, archive, signal);
  }
  return { paths, digests: Buffer.concat(digests), sizes: Float64Array.from(sizes) };
};

function kindOf(header: Header): EntryKind {
  switch (header.type) {
    case 'file':
    case 'contiguous-file':
      return 'file';
    case 'directory':
      return 'folder';
    case 'symlink':
    case 'link':
      return 'link';
    case 'block-device':
    case 'character-device':
    case 'fifo':
      return 'special';
  }
}

function explain(error: unknown, archive: string, signal: AbortSignal): FailureError {
  if (error instanceof FailureError) return error;
  if (signal.aborted) return new FailureError('cancelled', { cause: error });
  const failure = diskFailure(error, archive);
  // What is no error of the disk is one of gzip or tar, which have codes of their own or none.
  const isDisk = failure.failure.code !== 'internal' && errorCode(error) !== '';
  return isDisk ? failure : archiveBroken('gzip or tar', archive, error);
}
