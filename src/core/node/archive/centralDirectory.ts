// Reads a zip's central directory, more strictly than the format asks: the directory ends where its end record begins,
// that record ends the file, and both agree on how much there is. No comment, no zip64, one disk: Go's zips are so, and
// what other readers could read in two ways is refused. Names and sizes are not judged here.
import { fstatSync, readSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { archiveBroken, archiveRefused } from './refusal';

export interface DirectoryEntry {
  readonly path: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  /** Unix mode in the upper half, Windows' attributes in the lower. */
  readonly attributes: number;
  /** Of the local header, in bytes from the start of the archive. */
  readonly offset: number;
}

export interface Directory {
  readonly entries: Iterable<DirectoryEntry>;
  readonly count: number;
  /** Where the directory begins: the files end there. */
  readonly start: number;
}

/** Bytes of a record before its name, and of the end record. */
const recordBytes = 46;
const endBytes = 22;
/** Of go1.27.0 it takes 1.3 MB. */
const longestDirectory = 64 * 1024 ** 2;

/** @throws FailureError `archive.broken`; so does reading the entries, which also throws `archive.unsafePath`. */
export function readDirectory(fd: number, archive: string): Directory {
  const length = fstatSync(fd).size;
  if (length < endBytes) throw archiveBroken('too short', archive);
  const end = readExactly(fd, endBytes, length - endBytes, archive);
  if (end.readUInt32LE(0) !== 0x06054b50) throw archiveBroken('no end record', archive);
  const count = end.readUInt16LE(10);
  const bytes = end.readUInt32LE(12);
  const start = end.readUInt32LE(16);
  const isWhole =
    end.readUInt16LE(4) === 0 &&
    end.readUInt16LE(6) === 0 &&
    end.readUInt16LE(8) === count &&
    end.readUInt16LE(20) === 0 &&
    start + bytes === length - endBytes;
  // A zip64 archive has 0xffff or 0xffffffff in these, and does not add up.
  if (!isWhole || bytes > longestDirectory) throw archiveBroken('end record', archive);
  const records = readExactly(fd, bytes, start, archive);
  return { entries: entriesOf(records, count, archive), count, start };
}

function* entriesOf(records: Buffer, count: number, archive: string): Generator<DirectoryEntry> {
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + recordBytes > records.length || records.readUInt32LE(at) !== 0x02014b50) {
      throw archiveBroken('directory', archive);
    }
    const nameEnd = at + recordBytes + records.readUInt16LE(at + 28);
    const next = nameEnd + records.readUInt16LE(at + 30) + records.readUInt16LE(at + 32);
    if (next > records.length) throw archiveBroken('directory', archive);
    const flags = records.readUInt16LE(at + 8);
    yield {
      path: nameOf(records.subarray(at + recordBytes, nameEnd), flags),
      flags,
      method: records.readUInt16LE(at + 10),
      crc: records.readUInt32LE(at + 16),
      compressed: records.readUInt32LE(at + 20),
      size: records.readUInt32LE(at + 24),
      attributes: records.readUInt32LE(at + 38),
      offset: records.readUInt32LE(at + 42),
    };
    at = next;
  }
  if (at !== records.length) throw archiveBroken('directory', archive);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Readers disagree on names that are neither ASCII nor marked as UTF-8: those are refused. */
function nameOf(raw: Buffer, flags: number): string {
  const text = raw.toString('latin1');
  if (!/[\u0080-\u00ff]/.test(text)) return text;
  try {
    if ((flags & 0x800) !== 0) return utf8.decode(raw);
  } catch {
    // Marked as UTF-8, and it is not: refused below.
  }
  throw archiveRefused('character', text);
}

function readExactly(fd: number, length: number, position: number, archive: string): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const got = readSync(fd, bytes, done, length - done, position + done);
    if (got === 0) throw archiveBroken('cut short', archive);
    done += got;
  }
  return bytes;
}
