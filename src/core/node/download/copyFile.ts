// The same download where the source is a folder: read, checked by its first bytes and length, hashed, and kept in the
// cache under the name of its hash.
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { DownloadRequest } from '../../ports/downloads';
import { FailureError } from '../../failureError';
import { diskFailure } from '../diskFailure';
import { bytes } from '../http/answerDetails';
import { beginBytes, beginsAs } from './judge';
import type { Part } from './part';

const readBytes = 1024 * 1024;

/** @throws FailureError `download.notArchive`, `download.wrongLength`, `download.tooLarge`, `disk.*` */
export async function copyFile(
  request: DownloadRequest,
  part: Part,
  onBytes: (length: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { from, filename, size } = request;
  const source = await openSource(from);
  try {
    const length = (await source.stat()).size;
    const begin = Buffer.alloc(Math.min(beginBytes, length));
    await source.read(begin, 0, begin.length, 0);
    if (!beginsAs(filename, begin)) throw refuse('download.notArchive', request, length);
    if (size > 0 && length !== size) {
      throw refuse(length > size ? 'download.tooLarge' : 'download.wrongLength', request, length);
    }
    // A local read is quick, and what an earlier run left may be of another file.
    part.restart();
    part.pieces = 1;
    const buffer = Buffer.allocUnsafe(readBytes);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await source.read(buffer, 0, buffer.length, part.length);
      if (bytesRead === 0) break;
      part.add(buffer.subarray(0, bytesRead));
      onBytes(part.length);
    }
    if (part.length !== length) {
      part.spoiled = true;
      throw refuse('download.wrongLength', request, part.length);
    }
  } finally {
    await source.close();
  }
}

/** SHA-256 of a file as 64 lower-case hex digits. */
export async function hashOf(
  path: string,
  onBytes: (done: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const file = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(readBytes);
    let done = 0;
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, buffer.length, done);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
      done += bytesRead;
      onBytes(done);
    }
  } finally {
    await file.close();
  }
}

async function openSource(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw diskFailure(error, path);
  }
}

function refuse(
  code: 'download.notArchive' | 'download.wrongLength' | 'download.tooLarge',
  request: DownloadRequest,
  length: number,
): FailureError {
  return new FailureError(code, {
    params: {
      file: request.filename,
      host: request.from,
      announced: bytes(request.size),
      received: bytes(length),
    },
    next: ['chooseOtherSource'],
    details: [
      { id: 'file', value: request.from },
      { id: 'expected', value: bytes(request.size) },
      { id: 'received', value: bytes(length) },
    ],
  });
}
