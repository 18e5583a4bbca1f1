// Where one file's content goes: into a SHA-256, and to disk where there is a target.
import { closeSync, openSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { diskFailure } from '../diskFailure';
import { executable, type ZipRow } from './zipColumns';

/** Takes one file's content in order. */
export interface EntrySink {
  take(piece: Buffer): void;
  /** Closes and answers the SHA-256. */
  end(): Buffer;
  /** Closes after a failure. */
  drop(): void;
}

/**
 * @param target folder to write below; null to hash only. An existing file is never written over.
 * @throws FailureError `disk.*`, `install.virus`; `take` throws the system's error.
 */
export function openSink(row: ZipRow, target: string | null): EntrySink {
  const hash = createHash('sha256');
  const fd = target === null ? null : createFile(join(target, row.path), row);
  const close = (): void => {
    if (fd !== null) closeSync(fd);
  };
  return {
    take(piece) {
      hash.update(piece);
      if (fd !== null) writeAll(fd, piece);
    },
    end() {
      try {
        close();
      } catch (error) {
        throw diskFailure(error, row.path);
      }
      return hash.digest();
    },
    drop: close,
  };
}

function createFile(path: string, row: ZipRow): number {
  try {
    return openSync(path, 'wx', (row.flags & executable) === 0 ? 0o644 : 0o755);
  } catch (error) {
    throw diskFailure(error, row.path);
  }
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(fd, bytes, done, bytes.length - done);
  }
}
