// Writes a zip in the shape of Go's own: deflated, sizes in data descriptors after each file, no entries for folders,
// one time for all. Small on purpose: no zip64, no encryption, names in ASCII.
import { writeSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** With forward slashes. */
  readonly name: string;
  readonly content: Uint8Array;
  /** 0o644 or 0o755. */
  readonly mode: number;
}

/** Writes to an open file and returns the number of bytes. @param level of deflate, 1 to 9 */
export function writeZip(
  fd: number,
  entries: Iterable<ZipEntry>,
  time: Date,
  level: number,
): number {
  const central: Buffer[] = [];
  let at = 0;
  let count = 0;
  const write = (buffer: Buffer): void => {
    let done = 0;
    while (done < buffer.length) done += writeSync(fd, buffer, done);
    at += buffer.length;
  };
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'ascii');
    const start = at;
    const packed = deflateRawSync(entry.content, { level });
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(entry.content), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(entry.content.length, 8);
    const extra = extendedTime(time);
    write(Buffer.concat([localHeader(name, extra, time), name, extra, packed, descriptor(sizes)]));
    central.push(centralHeader(name, extra, time, sizes, entry.mode, start), name, extra);
    count += 1;
  }
  const start = at;
  write(Buffer.concat(central));
  write(endRecord(count, at - start, start));
  return at;
}

// Offsets and values by PKWARE's APPNOTE 6.3.10, §4.3.

/** Version 2.0, bit 3 (sizes follow the data), deflate. */
function commonFields(buffer: Buffer, at: number, time: Date): void {
  buffer.writeUInt16LE(20, at);
  buffer.writeUInt16LE(0x0008, at + 2);
  buffer.writeUInt16LE(8, at + 4);
  buffer.writeUInt16LE(dosTime(time), at + 6);
  buffer.writeUInt16LE(dosDate(time), at + 8);
}

function localHeader(name: Buffer, extra: Buffer, time: Date): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  commonFields(header, 4, time);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return header;
}

function descriptor(sizes: Buffer): Buffer {
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(0x08074b50, 0);
  return Buffer.concat([signature, sizes]);
}

function centralHeader(
  name: Buffer,
  extra: Buffer,
  time: Date,
  sizes: Buffer,
  mode: number,
  start: number,
): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  // Made by Unix, version 2.0: so the upper half of the attributes is a mode.
  header.writeUInt16LE(0x0314, 4);
  commonFields(header, 6, time);
  sizes.copy(header, 16);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 38);
  header.writeUInt32LE(start, 42);
  return header;
}

function endRecord(count: number, size: number, start: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(start, 16);
  return record;
}

/** Extra field 0x5455: seconds since 1970, UTC. */
function extendedTime(time: Date): Buffer {
  const extra = Buffer.alloc(9);
  extra.writeUInt16LE(0x5455, 0);
  extra.writeUInt16LE(5, 2);
  extra.writeUInt8(1, 4);
  extra.writeUInt32LE(Math.floor(time.getTime() / 1000), 5);
  return extra;
}

function dosTime(time: Date): number {
  return (
    (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | Math.floor(time.getUTCSeconds() / 2)
  );
}

function dosDate(time: Date): number {
  return (
    ((time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate()
  );
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** CRC-32 as zip has it. Node has its own only from 22.2 on. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) {
    crc = (crc >>> 8) ^ (crcTable[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
