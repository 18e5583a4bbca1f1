// Unpacks a batch of a zip's entries in a worker thread. Small files are inflated together in one call: each is framed
// as a member of a gzip stream with the length and checksum of the central directory, which zlib then checks itself.
// A large file passes through in pieces, so that memory stays flat. All work is synchronous where that is faster.
import { closeSync, openSync, readSync } from 'node:fs';
import { createGunzip, gunzipSync } from 'node:zlib';
import { diskFailure } from '../diskFailure';
import { openSink } from './entrySink';
import { dataOffset } from './localHeader';
import { archiveBroken } from './refusal';
import { release } from './release';
import { deflated, rowsOf, wholeUpTo, type ZipIndex, type ZipRow } from './zipColumns';
import type { Handler } from '../worker/jobs';

declare module '../worker/jobs' {
  interface Jobs {
    'archive.zipEntries': {
      input: {
        readonly archive: string;
        readonly entries: ZipIndex;
        /** Folder to write below, its folders made before; null to hash only. */
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

/** Each costs a wait for another thread, so they are few. */
const pieceBytes = 1024 ** 2;

/** @throws FailureError `archive.broken`, `disk.*`, `install.virus` */
export const processEntries: Handler<'archive.zipEntries'> = async ({
  archive,
  entries,
  target,
}) => {
  const rows = rowsOf(entries);
  const small = rows.filter((row) => row.size <= wholeUpTo);
  const digests = new Map<ZipRow, Buffer>();
  let fd: number;
  try {
    fd = openSync(archive, 'r');
  } catch (error) {
    throw diskFailure(error, archive);
  }
  try {
    const contents = readTogether(fd, small, archive);
    contents.files.forEach(([row, content]) => {
      digests.set(row, keep(row, content, target));
    });
    contents.release();
    for (const row of rows) {
      if (row.size > wholeUpTo) digests.set(row, await inPieces(fd, row, target));
    }
  } finally {
    closeSync(fd);
  }
  return { digests: Buffer.concat(rows.map((row) => digests.get(row) ?? Buffer.alloc(32))) };
};

/** @throws FailureError `archive.broken`, `disk.*` */
export const readText: Handler<'archive.zipText'> = ({ archive, entries }) =>
  new Promise((resolve) => {
    let fd: number;
    try {
      fd = openSync(archive, 'r');
    } catch (error) {
      throw diskFailure(error, archive);
    }
    try {
      const rows = rowsOf(entries).filter((row) => row.size <= wholeUpTo);
      resolve(readTogether(fd, rows, archive).files[0]?.[1].toString('utf8') ?? '');
    } finally {
      closeSync(fd);
    }
  });

interface Contents {
  readonly files: readonly (readonly [row: ZipRow, content: Buffer])[];
  /** None of the contents may be used afterwards. */
  release(): void;
}

function readTogether(fd: number, rows: readonly ZipRow[], archive: string): Contents {
  const packed = rows.filter((row) => (row.flags & deflated) !== 0);
  const members = sharedBuffer(sum(packed, (row) => row.compressed + memberBytes));
  let at = 0;
  for (const row of packed) {
    at += gzipHeader.copy(members, at);
    readExactly(fd, members.subarray(at, at + row.compressed), dataOffset(fd, row), row);
    at += row.compressed;
    at += trailerOf(row).copy(members, at);
  }
  const output = gunzipAll(members, packed, archive);
  let from = 0;
  const files = rows.map((row): readonly [ZipRow, Buffer] => {
    if ((row.flags & deflated) === 0) return [row, readStored(fd, row)];
    from += row.size;
    return [row, output.subarray(from - row.size, from)];
  });
  return {
    files,
    release: () => {
      release(output);
    },
  };
}

function readStored(fd: number, row: ZipRow): Buffer {
  if (row.compressed !== row.size) throw archiveBroken('length', row.path);
  const content = Buffer.allocUnsafe(row.size);
  readExactly(fd, content, dataOffset(fd, row), row);
  return content;
}

let shared = Buffer.alloc(0);

/** A buffer of this length, used again by the next caller: a thread runs one job at a time. */
function sharedBuffer(length: number): Buffer {
  if (shared.length < length) shared = Buffer.allocUnsafeSlow(length);
  return shared.subarray(0, length);
}

function gunzipAll(members: Buffer, rows: readonly ZipRow[], archive: string): Buffer {
  if (rows.length === 0) return Buffer.alloc(0);
  const size = sum(rows, (row) => row.size);
  try {
    // Room for one byte more than was declared: the output is one buffer, and anything longer is an error.
    const output = gunzipSync(members, {
      chunkSize: Math.max(64, size + 1),
      maxOutputLength: Math.max(1, size),
    });
    if (output.length !== size) throw new Error('shorter than declared');
    return output;
  } catch (error) {
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) throw archiveBroken('inflate', only.path, error);
    // Not told which one: each by itself is slow, and happens once, with an archive that is refused.
    throw nameBroken(members, rows) ?? archiveBroken('inflate', archive, error);
  }
}

function nameBroken(members: Buffer, rows: readonly ZipRow[]): Error | null {
  let at = 0;
  for (const row of rows) {
    const end = at + row.compressed + memberBytes;
    try {
      gunzipAll(members.subarray(at, end), [row], row.path);
    } catch (error) {
      return error as Error;
    }
    at = end;
  }
  return null;
}

/** Hashes and, with a target, writes. */
function keep(row: ZipRow, content: Buffer, target: string | null): Buffer {
  const sink = openSink(row, target);
  try {
    sink.take(content);
  } catch (error) {
    sink.drop();
    throw diskFailure(error, row.path);
  }
  return sink.end();
}

async function inPieces(fd: number, row: ZipRow, target: string | null): Promise<Buffer> {
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
  yield trailerOf(row);
}

/** Each piece is in the same memory as the one before, so it must be used up by then. */
function* pieces(fd: number, begin: number, row: ZipRow): Generator<Buffer> {
  for (let done = 0; done < row.compressed;) {
    const piece = sharedBuffer(Math.min(pieceBytes, row.compressed - done));
    readExactly(fd, piece, begin + done, row);
    done += piece.length;
    yield piece;
  }
}

/** RFC 1952: deflate, no name, no time, unknown system. */
const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
const trailerBytes = 8;
const memberBytes = gzipHeader.length + trailerBytes;

/** CRC-32 and length: zlib compares both with what it inflated. */
function trailerOf(row: ZipRow): Buffer {
  const trailer = Buffer.allocUnsafe(trailerBytes);
  trailer.writeUInt32LE(row.crc, 0);
  trailer.writeUInt32LE(row.size, 4);
  return trailer;
}

function readExactly(fd: number, target: Buffer, position: number, row: ZipRow): void {
  for (let done = 0; done < target.length;) {
    const got = readSync(fd, target, done, target.length - done, position + done);
    if (got === 0) throw archiveBroken('cut short', row.path);
    done += got;
  }
}

function sum(rows: readonly ZipRow[], of: (row: ZipRow) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}
