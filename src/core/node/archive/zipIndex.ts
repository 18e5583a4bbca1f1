// The central directory of a Go zip, guarded entry by entry: what is returned may be unpacked. Sizes come from here,
// since Go's zips leave them out of the local headers. The files' content is not read.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { fromRandomAccessReader, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { diskFailure } from '../diskFailure';
import { archiveBroken, archiveRefused } from './refusal';
import { columnsOf, deflated, executable, type ZipIndex, type ZipRow } from './zipColumns';
import {
  ArchiveGuard,
  goArchiveLimits,
  type ArchiveLimits,
  type EntryKind,
} from '../../../shared/rules/archivePath';
import type { Handler } from '../worker/jobs';

declare module '../worker/jobs' {
  interface Jobs {
    'archive.zipIndex': {
      input: { readonly archive: string; readonly limits?: ArchiveLimits };
      progress: never;
      output: ZipIndex;
    };
  }
}

/** @throws FailureError `archive.*`, `disk.*` */
export const indexZip: Handler<'archive.zipIndex'> = ({ archive, limits }) =>
  new Promise((resolve) => {
    try {
      const fd = openSync(archive, 'r');
      try {
        resolve(readIndex(fd, archive, limits ?? goArchiveLimits));
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      throw diskFailure(error, archive);
    }
  });

/** Bytes of a local header before the name, of a directory record before the name, and of the end record. */
const localHeader = 30;
const directoryRecord = 46;
const endRecord = 22;

function readIndex(fd: number, archive: string, limits: ArchiveLimits): ZipIndex {
  const length = fstatSync(fd).size;
  const guard = new ArchiveGuard(limits);
  const rows: ZipRow[] = [];
  let directoryBytes = 0;
  const spans: { readonly start: number; readonly end: number; readonly path: string }[] = [];
  const zip = openZip(fd, length, archive);
  if (zip.entryCount > limits.entries) throw archiveRefused('tooMany', archive);
  for (const entry of entriesOf(zip, archive)) {
    const path = nameOf(entry);
    const mode = entry.externalFileAttributes >>> 16;
    directoryBytes += directoryRecord + entry.fileNameLength + entry.extraFieldLength;
    directoryBytes += entry.fileCommentLength;
    if ((entry.generalPurposeBitFlag & 0x41) !== 0) throw archiveBroken('encrypted', path);
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
      throw archiveBroken(`compression method ${String(entry.compressionMethod)}`, path);
    }
    // Deflate adds five bytes to each 64 KiB that it cannot shrink.
    if (entry.compressedSize > entry.uncompressedSize * 1.01 + 1024) {
      throw archiveBroken('longer in the archive than unpacked', path);
    }
    const admitted = guard.admit({
      path,
      kind: kindOf(path, mode, entry),
      size: entry.uncompressedSize,
      compressed: entry.compressedSize,
    });
    if (admitted.kind === 'refused') throw archiveRefused(admitted.why, path);
    const start = entry.relativeOffsetOfLocalHeader;
    spans.push({
      start,
      end: start + localHeader + entry.fileNameLength + entry.compressedSize,
      path,
    });
    if (admitted.kind === 'folder') continue;
    rows.push({
      path: admitted.path,
      offset: start,
      compressed: entry.compressedSize,
      size: entry.uncompressedSize,
      crc: entry.crc32,
      flags:
        (entry.compressionMethod === 8 ? deflated : 0) | ((mode & 0o111) !== 0 ? executable : 0),
    });
  }
  refuseOverlap(spans, length - directoryBytes - endRecord);
  return columnsOf(rows.sort((a, b) => a.offset - b.offset));
}

/** Entries that share bytes are how a small archive unpacks to a huge one. */
function refuseOverlap(
  spans: { readonly start: number; readonly end: number; readonly path: string }[],
  end: number,
): void {
  spans.sort((a, b) => a.start - b.start);
  spans.forEach((span, i) => {
    if (span.end > (spans[i + 1]?.start ?? end)) throw archiveBroken('overlap', span.path);
  });
}

function kindOf(path: string, mode: number, entry: Entry): EntryKind {
  const isFolder = path.endsWith('/');
  if (isFolder && entry.uncompressedSize !== 0) return 'special';
  switch (mode & 0o170000) {
    case 0:
      // No Unix mode: Windows' own attributes, of which a reparse point is a link.
      return (entry.externalFileAttributes & 0x400) !== 0 ? 'link' : isFolder ? 'folder' : 'file';
    case 0o100000:
      return isFolder ? 'special' : 'file';
    case 0o040000:
      return isFolder ? 'folder' : 'special';
    case 0o120000:
      return 'link';
    default:
      return 'special';
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The name as its bytes say. Readers disagree on names that are neither ASCII nor marked as UTF-8: those are refused. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const marked = (entry.generalPurposeBitFlag & 0x800) !== 0;
  if (!marked && raw.some((byte) => byte >= 0x80)) {
    throw archiveRefused('character', raw.toString('latin1'));
  }
  try {
    return utf8.decode(raw);
  } catch {
    throw archiveRefused('character', raw.toString('latin1'));
  }
}

function openZip(fd: number, length: number, archive: string): ZipFile {
  let opened: ZipFile | Error = new Error('no answer');
  const options = { autoClose: false, lazyEntries: true, decodeStrings: false };
  fromRandomAccessReader(new WindowReader(fd), length, options, (error, zip) => {
    opened = error ?? zip;
  });
  // Set by the callback, which ran already: the reader below answers at once.
  const result = opened as ZipFile | Error;
  if (result instanceof Error) throw archiveBroken('directory', archive, result);
  return result;
}

function* entriesOf(zip: ZipFile, archive: string): Generator<Entry> {
  const found: Entry[] = [];
  const errors: unknown[] = [];
  zip.on('entry', (entry: Entry) => found.push(entry));
  zip.on('error', (error: unknown) => errors.push(error));
  for (let read = 0; read < zip.entryCount; read++) {
    // Both come before it returns, since the reader below answers at once.
    zip.readEntry();
    const entry = found.pop();
    if (entry === undefined || errors.length > 0) {
      throw archiveBroken('directory', archive, errors[0]);
    }
    yield entry;
  }
}

/** Answers yauzl's small reads out of one window of the file, at once: two awaited reads an entry would take seconds. */
class WindowReader extends RandomAccessReader {
  private readonly window = Buffer.allocUnsafe(1024 ** 2);
  private start = 0;
  private filled = 0;

  constructor(private readonly fd: number) {
    super();
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ): void {
    let copied = 0;
    while (copied < length) {
      const at = position + copied;
      if (at < this.start || at >= this.start + this.filled) {
        this.start = at;
        this.filled = readSync(this.fd, this.window, 0, this.window.length, at);
        if (this.filled === 0) {
          done(new Error('unexpected end of file'));
          return;
        }
      }
      const from = at - this.start;
      const part = Math.min(length - copied, this.filled - from);
      this.window.copy(target, offset + copied, from, from + part);
      copied += part;
    }
    done(null);
  }
}
