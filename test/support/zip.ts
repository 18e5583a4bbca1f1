// Zips for tests, honest and hostile: every field of every header can be made to lie.
import { createHash } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

export interface TestEntry {
  readonly path: string;
  readonly content?: string | Buffer;
  /** Unix mode with the file type; 0 for none. */
  readonly mode?: number;
  readonly stored?: boolean;
  /** What the local header says instead. */
  readonly local?: {
    readonly path?: string;
    readonly method?: number;
    readonly size?: number;
    readonly flags?: number;
  };
  /** What the central directory says instead. */
  readonly central?: {
    readonly size?: number;
    readonly compressed?: number;
    readonly crc?: number;
    readonly flags?: number;
    readonly method?: number;
    readonly offset?: number;
    readonly attributes?: number;
  };
  /** Bytes of the name, where it is no text. */
  readonly rawName?: Buffer;
  readonly data?: Buffer;
}

/** Go's own zips leave sizes out of the local headers and put them behind the data; so do these. */
export function makeZip(entries: readonly TestEntry[], claimedCount?: number): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const put = (...buffers: readonly Buffer[]): void => {
    for (const buffer of buffers) {
      parts.push(buffer);
      at += buffer.length;
    }
  };
  for (const entry of entries) {
    const name = entry.rawName ?? Buffer.from(entry.path);
    const content = Buffer.from(entry.content ?? '');
    const method = entry.stored === true ? 0 : 8;
    const data = entry.data ?? (method === 0 ? content : deflateRawSync(content, { level: 9 }));
    const crc = entry.central?.crc ?? crc32(content);
    const unicode = name.some((byte) => byte >= 0x80) && entry.rawName === undefined ? 0x800 : 0;
    const offset = at;
    const localName = entry.local?.path === undefined ? name : Buffer.from(entry.local.path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(entry.local?.flags ?? 0x08 | unicode, 6);
    local.writeUInt16LE(entry.local?.method ?? method, 8);
    local.writeUInt32LE(entry.local?.size ?? 0, 22);
    local.writeUInt16LE(localName.length, 26);
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(crc, 4);
    descriptor.writeUInt32LE(data.length, 8);
    descriptor.writeUInt32LE(content.length, 12);
    put(local, localName, data, descriptor);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE((3 << 8) | 20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(entry.central?.flags ?? 0x08 | unicode, 8);
    central.writeUInt16LE(entry.central?.method ?? method, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(entry.central?.compressed ?? data.length, 20);
    central.writeUInt32LE(entry.central?.size ?? content.length, 24);
    central.writeUInt16LE(name.length, 28);
    const mode = ((entry.mode ?? 0o100644) << 16) >>> 0;
    central.writeUInt32LE(entry.central?.attributes ?? mode, 38);
    central.writeUInt32LE(entry.central?.offset ?? offset, 42);
    directory.push(central, name);
  }
  const start = at;
  put(...directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(claimedCount ?? entries.length, 8);
  end.writeUInt16LE(claimedCount ?? entries.length, 10);
  end.writeUInt32LE(at - start, 12);
  end.writeUInt32LE(start, 16);
  put(end);
  return Buffer.concat(parts);
}

export interface TestTarEntry {
  readonly name: string;
  readonly content?: string | Buffer;
  readonly type?: 'file' | 'directory' | 'symlink' | 'link' | 'fifo';
  readonly linkname?: string;
}

export async function makeTarGz(entries: readonly TestTarEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, content, type, linkname } of entries) {
    const header = {
      name,
      ...(type === undefined ? {} : { type }),
      ...(linkname === undefined ? {} : { linkname }),
    };
    if (type === undefined || type === 'file') tar.entry(header, Buffer.from(content ?? ''));
    else tar.entry(header);
  }
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar) pieces.push(piece as Buffer);
  return gzipSync(Buffer.concat(pieces));
}

export function sha256Of(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
