// Small files of a zip that stand one behind the other: read in one piece, made into a gzip stream where they lie, and
// inflated in one call. A file by itself costs three times as much, most of it for zlib's objects.
import { readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { trailerBytes, writeHeader, writeTrailer } from './gzipFrame';
import { dataOffset, headerLength, shortestHeader } from './localHeader';
import { archiveBroken } from './refusal';
import { release } from './release';
import { sharedBuffer } from './sharedBuffer';
import { deflated, type ZipRow } from './zipColumns';

/**
 * @param rows in order of their place in the archive
 * @param take gets each file's content, which is gone when it returns
 * @throws FailureError `archive.broken`, and what `take` throws
 */
export function readTogether(
  fd: number,
  rows: readonly ZipRow[],
  take: (row: ZipRow, content: Buffer) => void,
): void {
  for (const run of runsOf(rows)) {
    const [first] = run;
    if (first !== undefined && (first.flags & deflated) === 0) take(first, readStored(fd, first));
    else inflateRun(fd, run, take);
  }
}

/** Bytes between a file's data and the next header: a data descriptor, or the header's own extra field. */
const longestGap = 32 * 1024;

/** Deflated files that stand close together; a stored one is a run by itself. */
function runsOf(rows: readonly ZipRow[]): readonly (readonly ZipRow[])[] {
  const runs: ZipRow[][] = [];
  let run: ZipRow[] = [];
  let end = 0;
  for (const row of rows) {
    const isDeflated = (row.flags & deflated) !== 0;
    if (run.length > 0 && (!isDeflated || row.offset - end > longestGap)) {
      runs.push(run);
      run = [];
    }
    run.push(row);
    end = row.offset + shortestHeader(row) + row.compressed;
    if (!isDeflated) {
      runs.push(run);
      run = [];
    }
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

interface Place {
  readonly row: ZipRow;
  /** First byte of the data in the window, and the first one after it. */
  readonly start: number;
  readonly end: number;
}

function inflateRun(
  fd: number,
  run: readonly ZipRow[],
  take: (row: ZipRow, content: Buffer) => void,
): void {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return;
  const length = last.offset - first.offset + shortestHeader(last) + last.compressed + longestGap;
  const window = sharedBuffer(length);
  const got = readUpTo(fd, window, first.offset);
  // All headers are read before the first byte is changed: a trailer may lie where the next header begins.
  const places = run.map((row): Place => {
    const at = row.offset - first.offset;
    const start = at + headerLength(window.subarray(0, got), at, row);
    const end = start + row.compressed;
    if (end + trailerBytes > length) throw archiveBroken('extra field', row.path);
    if (end > got) throw archiveBroken('cut short', row.path);
    return { row, start, end };
  });
  let from = 0;
  for (const { row, start, end } of places) {
    writeHeader(window, from, start, row);
    writeTrailer(window, end, row);
    from = end + trailerBytes;
  }
  const output = gunzipAll(window.subarray(0, from), run, places);
  let at = 0;
  for (const row of run) {
    take(row, output.subarray(at, at + row.size));
    at += row.size;
  }
  release(output);
}

function gunzipAll(stream: Buffer, run: readonly ZipRow[], places: readonly Place[]): Buffer {
  const size = run.reduce((sum, row) => sum + row.size, 0);
  try {
    return gunzipExactly(stream, size);
  } catch (error) {
    // Not told which one: looking for it is slow, and happens once, with an archive that is refused.
    let from = 0;
    for (const { row, end } of places) {
      const member = stream.subarray(from, end + trailerBytes);
      from = end + trailerBytes;
      try {
        gunzipExactly(member, row.size);
      } catch (own) {
        throw archiveBroken('inflate', row.path, own);
      }
    }
    throw archiveBroken('inflate', run[0]?.path ?? '', error);
  }
}

function gunzipExactly(stream: Buffer, size: number): Buffer {
  // Room for one byte more than was declared: the output is one buffer, and anything longer is an error.
  const output = gunzipSync(stream, {
    chunkSize: Math.max(64, size + 1),
    maxOutputLength: Math.max(1, size),
  });
  if (output.length !== size) throw new Error('shorter than declared');
  return output;
}

function readStored(fd: number, row: ZipRow): Buffer {
  if (row.compressed !== row.size) throw archiveBroken('length', row.path);
  const content = sharedBuffer(row.size);
  if (readUpTo(fd, content, dataOffset(fd, row)) < content.length) {
    throw archiveBroken('cut short', row.path);
  }
  return content;
}

/** Bytes that were read: fewer than asked for only at the end of the file. */
export function readUpTo(fd: number, target: Buffer, position: number): number {
  let done = 0;
  while (done < target.length) {
    const got = readSync(fd, target, done, target.length - done, position + done);
    if (got === 0) break;
    done += got;
  }
  return done;
}
