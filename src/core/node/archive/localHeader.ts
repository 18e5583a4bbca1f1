// The header before each file of a zip. Readers differ on whether they believe it or the central directory, so the two
// must tell the same.
import { readSync } from 'node:fs';
import { archiveBroken } from './refusal';
import { deflated, type ZipRow } from './zipColumns';
import { archivePrefix } from '../../../shared/rules/archivePath';

/** Bytes before the name. */
const fixedBytes = 30;

/** Bytes of a file's header without its extra field, whose length only the header itself tells. */
export function shortestHeader(row: ZipRow): number {
  return fixedBytes + archivePrefix.length + Buffer.byteLength(row.path);
}

/**
 * @param at where the header begins in `bytes`
 * @returns bytes from there to the data
 * @throws FailureError `archive.broken` where the header tells another name, method, length or checksum.
 */
export function headerLength(bytes: Buffer, at: number, row: ZipRow): number {
  const shortest = shortestHeader(row);
  if (bytes.length < at + shortest) throw archiveBroken('cut short', row.path);
  const wrong = contradiction(bytes, at, shortest - fixedBytes, row);
  if (wrong !== null) throw archiveBroken(wrong, row.path);
  return shortest + bytes.readUInt16LE(at + 28);
}

/** Where a file's data begins, in bytes from the start of the archive. Throws as `headerLength` does. */
export function dataOffset(fd: number, row: ZipRow): number {
  const header = Buffer.allocUnsafe(shortestHeader(row));
  const got = readSync(fd, header, 0, header.length, row.offset);
  return row.offset + headerLength(header.subarray(0, got), 0, row);
}

function contradiction(bytes: Buffer, at: number, nameBytes: number, row: ZipRow): string | null {
  if (bytes.readUInt32LE(at) !== 0x04034b50) return 'no local header';
  const flags = bytes.readUInt16LE(at + 6);
  if ((flags & 0x41) !== 0) return 'encrypted';
  const method = (row.flags & deflated) === 0 ? 0 : 8;
  if (bytes.readUInt16LE(at + 8) !== method) return 'local method differs';
  // Bit 3: checksum and lengths follow the data, and the header has zeros.
  const streamed = (flags & 0x08) !== 0;
  const agrees = (local: number, central: number): boolean =>
    local === central || (streamed && local === 0);
  if (
    !agrees(bytes.readUInt32LE(at + 14), row.crc) ||
    !agrees(bytes.readUInt32LE(at + 18), row.compressed) ||
    !agrees(bytes.readUInt32LE(at + 22), row.size)
  ) {
    return 'local lengths differ';
  }
  const name = at + fixedBytes;
  const isSame =
    bytes.readUInt16LE(at + 26) === nameBytes &&
    bytes.toString('utf8', name, name + nameBytes) === archivePrefix + row.path;
  return isSame ? null : 'local name differs';
}
