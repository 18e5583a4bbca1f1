// Unpacks a batch of a zip's entries in a worker thread: inflates, hashes and, with a target, writes. Small files are
// inflated together, and synchronously, which is fastest; a large one passes through in pieces, so that memory stays flat.
import { closeSync, openSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { diskFailure } from '../diskFailure';
import { openSink, type Target } from './entrySink';
import { gzipHeader, trailerBytes, writeTrailer } from './gzipFrame';
import { dataOffset } from './localHeader';
import { readTogether, readUpTo } from './readTogether';
import { archiveBroken } from './refusal';
import { release } from './release';
import { sharedBuffer } from './sharedBuffer';
import { deflated, rowsOf, wholeUpTo, type ZipIndex, type ZipRow } from './zipColumns';
import type { Handler } from '../worker/jobs';

declare module '../worker/jobs' {
  interface Jobs {
    'archive.zipEntries': {
      input: {
        readonly archive: string;
        readonly entries: ZipIndex;
        /** Folder to write below; null to hash only. */
        readonly target: string | null;
      };
      progress: never;
      /** 32 bytes a file, in the order of the entries. */
      output: { readonly digests: Uint8Array };
    };
    'archive.zipText': {
      /** One small file. */
      input: { readonly archive: string; readonly entries: ZipIndex };
      progress: never;
      output: string;
    };
  }
}

/** Each piece of a large file costs a wait for another thread, so they are few. */
const pieceBytes = 1024 ** 2;

/** @throws FailureError `archive.broken`, `disk.*`, `install.virus` */
export const processEntries: Handler<'archive.zipEntries'> = async ({
  archive,
  entries,
  target: root,
}) => {
  const rows = rowsOf(entries);
  const isLarge = (row: ZipRow): boolean => row.size > wholeUpTo;
  const target = root === null ? null : { root, made: new Set<string>() };
  const digests = new Map<ZipRow, Buffer>();
  const fd = openArchive(archive);
  try {
    readTogether(
      fd,
      rows.filter((row) => !isLarge(row)),
      (row, content) => digests.set(row, keep(row, content, target)),
    );
    for (const row of rows.filter(isLarge)) digests.set(row, await inPieces(fd, row, target));
  } finally {
    closeSync(fd);
  }
  return { digests: Buffer.concat(rows.map((row) => digests.get(row) ?? Buffer.alloc(32))) };
};

/** @throws FailureError `archive.broken`, `disk.*` */
export const readText: Handler<'archive.zipText'> = ({ archive, entries }) =>
  new Promise((resolve) => {
    const fd = openArchive(archive);
    try {
      const rows = rowsOf(entries).filter((row) => row.size <= wholeUpTo);
      let text = '';
      readTogether(fd, rows, (_row, content) => {
        text = content.toString('utf8');
      });
      resolve(text);
    } finally {
      closeSync(fd);
    }
  });

function openArchive(archive: string): number {
  try {
    return openSync(archive, 'r');
  } catch (error) {
    throw diskFailure(error, archive);
  }
}

/** Hashes and, with a target, writes. */
function keep(row: ZipRow, content: Buffer, target: Target | null): Buffer {
  const sink = openSink(row, target);
  try {
    sink.take(content);
  } catch (error) {
    sink.drop();
    throw diskFailure(error, row.path);
  }
  return sink.end();
}

async function inPieces(fd: number, row: ZipRow, target: Target | null): Promise<Buffer> {
  const begin = dataOffset(fd, row);
  const sink = openSink(row, target);
  let size = 0;
  const take = (piece: Buffer): void => {
    size += piece.length;
    if (size > row.size) throw archiveBroken('length', row.path);
    sink.take(piece);
  };
  try {
    if ((row.flags & deflated) === 0) {
      for (const piece of pieces(fd, begin, row)) take(piece);
    } else {
      await inflatePieces(framed(fd, begin, row), row, take);
    }
    if (size !== row.size) throw archiveBroken('length', row.path);
  } catch (error) {
    sink.drop();
    throw diskFailure(error, row.path);
  }
  return sink.end();
}

function inflatePieces(
  source: Iterator<Buffer>,
  row: ZipRow,
  take: (piece: Buffer) => void,
): Promise<void> {
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  let latest: Buffer = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      gunzip.destroy();
      reject(diskFailure(error, row.path));
    };
    const feed = (): void => {
      try {
        const next = source.next();
        if (next.done === true) gunzip.end();
        else
          gunzip.write(next.value, (error) => {
            if (!error) feed();
          });
      } catch (error) {
        fail(error);
      }
    };
    gunzip.on('error', (error) => {
      fail(archiveBroken('inflate', row.path, error));
    });
    gunzip.on('data', (piece: Buffer) => {
      try {
        take(piece);
      } catch (error) {
        fail(error);
        return;
      }
      // The ones before it in the same memory were taken already.
      latest = piece;
      if (piece.byteOffset + piece.length === piece.buffer.byteLength) release(piece);
    });
    gunzip.on('end', () => {
      release(latest);
      resolve();
    });
    feed();
  });
}

function* framed(fd: number, begin: number, row: ZipRow): Generator<Buffer> {
  yield gzipHeader;
  yield* pieces(fd, begin, row);
  const trailer = Buffer.alloc(trailerBytes);
  writeTrailer(trailer, 0, row);
  yield trailer;
}

/** Each piece is in the same memory as the one before, so it must be used up by then. */
function* pieces(fd: number, begin: number, row: ZipRow): Generator<Buffer> {
  for (let done = 0; done < row.compressed; done += pieceBytes) {
    const piece = sharedBuffer(Math.min(pieceBytes, row.compressed - done));
    if (readUpTo(fd, piece, begin + done) < piece.length)
      throw archiveBroken('cut short', row.path);
    yield piece;
  }
}
