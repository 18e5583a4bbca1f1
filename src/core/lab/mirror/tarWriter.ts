// Writes a `src.tar.gz` in the shape of Go's: ustar, folders before their files, owner 0, one time for all.
import { createWriteStream } from 'node:fs';
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ZipEntry } from './zipWriter';

/** @param entries in the order in which they are written, names below `go/`; at most 100 bytes each */
export async function writeTarGz(
  path: string,
  entries: Iterable<ZipEntry>,
  time: Date,
  level: number,
): Promise<void> {
  await pipeline(Readable.from(tar(entries, time)), createGzip({ level }), createWriteStream(path));
}

const blockSize = 512;

function* tar(entries: Iterable<ZipEntry>, time: Date): Generator<Buffer> {
  const folders = new Set<string>();
  for (const { name, content, mode } of entries) {
    for (const folder of foldersOf(name)) {
      if (folders.has(folder)) continue;
      folders.add(folder);
      yield header(`${folder}/`, 0, 0o755, '5', time);
    }
    yield header(name, content.length, mode, '0', time);
    yield Buffer.from(content.buffer, content.byteOffset, content.length);
    yield Buffer.alloc((blockSize - (content.length % blockSize)) % blockSize);
  }
  yield Buffer.alloc(2 * blockSize);
}

/** "go", "go/src", "go/src/fmt" for "go/src/fmt/print.go". */
function foldersOf(name: string): readonly string[] {
  const folder = posix.dirname(name);
  return folder === '.' ? [] : [...foldersOf(folder), folder];
}

/** POSIX.1-1988 (ustar): numbers are octal text. */
function header(name: string, size: number, mode: number, type: '0' | '5', time: Date): Buffer {
  if (name.length > 100) throw new RangeError(`name too long for this writer: ${name}`);
  const block = Buffer.alloc(blockSize);
  const octal = (value: number, at: number, digits: number): void => {
    block.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
  };
  block.write(name, 0, 'latin1');
  octal(mode, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(Math.floor(time.getTime() / 1000), 136, 11);
  block.write('        ', 148, 'latin1');
  block.write(type, 156, 'latin1');
  block.write('ustar\u000000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
