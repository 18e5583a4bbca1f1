// Where one file's content goes: into a SHA-256, and to disk where there is a target.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
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

export interface Target {
  /** Absolute. */
  readonly root: string;
  /** Folders below it that are known to be there. */
  readonly made: Set<string>;
}

/**
 * @param target where to write; null to hash only. An existing file is never written over.
 * @throws FailureError `disk.*`, `install.virus`; `take` throws the system's error.
 */
export function openSink(row: ZipRow, target: Target | null): EntrySink {
  const hash = createHash('sha256');
  const fd = target === null ? null : createFile(target, row);
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

function createFile(target: Target, row: ZipRow): number {
  try {
    makeFolder(target, row.path.slice(0, Math.max(0, row.path.lastIndexOf('/'))));
    const mode = (row.flags & executable) === 0 ? 0o644 : 0o755;
    return openSync(`${target.root}/${row.path}`, 'wx', mode);
  } catch (error) {
    throw diskFailure(error, row.path);
  }
}

/** Other threads make folders at the same time; one that is there already is as good. */
function makeFolder({ root, made }: Target, folder: string): void {
  if (folder === '' || made.has(folder)) return;
  mkdirSync(`${root}/${folder}`, { recursive: true });
  made.add(folder);
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(fd, bytes, done, bytes.length - done);
  }
}
