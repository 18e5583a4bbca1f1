// A deflated file of a zip, framed as a member of a gzip stream (RFC 1952) with the length and the checksum that the
// central directory tells: zlib then checks both itself, and inflates many files in one call.
import { archiveBroken } from './refusal';
import type { ZipRow } from './zipColumns';

const fixedBytes = 10;
/** Shortest header with room for bytes to be passed over. */
const shortestPassing = fixedBytes + 2;
const longestPassed = 0xffff;

export const trailerBytes = 8;

/** A header with nothing in it. */
export const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** Writes a header that fills `from` to `to`: what is there already becomes its extra field, which zlib passes over. */
export function writeHeader(bytes: Buffer, from: number, to: number, row: ZipRow): void {
  const passed = to - from - shortestPassing;
  if (passed < 0 || passed > longestPassed) throw archiveBroken('gap', row.path);
  gzipHeader.copy(bytes, from);
  bytes[from + 3] = 4;
  bytes.writeUInt16LE(passed, from + fixedBytes);
}

export function writeTrailer(bytes: Buffer, at: number, row: ZipRow): void {
  bytes.writeUInt32LE(row.crc, at);
  bytes.writeUInt32LE(row.size, at + 4);
}
