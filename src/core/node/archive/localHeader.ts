// The header before each file of a zip. Readers differ on whether they believe it or the central directory, so the two
// must tell the same.
import { readSync } from 'node:fs';
import { archiveBroken } from './refusal';
import { deflated, type ZipRow } from './zipColumns';
import { archivePrefix } from '../../../shared/rules/archivePath';

/** Bytes before the name. */
const headerBytes = 30;

/**
 * Where a file's data begins, in bytes from the start of the archive.
 * @throws FailureError `archive.broken` where the header tells another name, method, length or checksum.
 */
export function dataOffset(fd: number, row: ZipRow): number {
  const name = Buffer.from(archivePrefix + row.path);
  const header = Buffer.allocUnsafe(headerBytes + name.length);
  if (readSync(fd, header, 0, header.length, row.offset) !== header.length) {
    throw archiveBroken('cut short', row.path);
  }
  const wrong = contradiction(header, name, row);
  if (wrong !== null) throw archiveBroken(wrong, row.path);
  return row.offset + header.length + header.readUInt16LE(28);
}

function contradiction(header: Buffer, name: Buffer, row: ZipRow): string | null {
  if (header.readUInt32LE(0) !== 0x04034b50) return 'no local header';
  const flags = header.readUInt16LE(6);
  if ((flags & 0x41) !== 0) return 'encrypted';
  const method = (row.flags & deflated) === 0 ? 0 : 8;
  if (header.readUInt16LE(8) !== method) return 'local method differs';
  // Bit 3: checksum and lengths follow the data, and the header has zeros.
  const streamed = (flags & 0x08) !== 0;
  const local = [header.readUInt32LE(14), header.readUInt32LE(18), header.readUInt32LE(22)];
  const central = [row.crc, row.compressed, row.size];
  if (!local.every((value, i) => value === central[i] || (streamed && value === 0))) {
    return 'local lengths differ';
  }
  const sameName =
    header.readUInt16LE(26) === name.length && header.subarray(headerBytes).equals(name);
  return sameName ? null : 'local name differs';
}
