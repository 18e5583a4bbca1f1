// The files of the download cache by name, and what can be said and done about them without a transfer. Nothing else
// spells these names.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface CacheFiles {
  readonly file: string;
  readonly part: string;
  /** Where the part came from, to ask the same server for the rest of the same file. */
  readonly origin: string;
  readonly lock: string;
  /** Holds the name of what came instead, where the hash differed. */
  readonly differs: string;
}

export function cacheFiles(folder: string, sha256: string): CacheFiles {
  const base = join(folder, sha256);
  return {
    file: base,
    part: `${base}.partial`,
    origin: `${base}.partial.json`,
    lock: `${base}.lock`,
    differs: `${base}.differs`,
  };
}

/** For this user alone. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Bytes of a file; 0 where there is none. */
export function lengthOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** A small text file; null where there is none or it cannot be read. */
export function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Removes all that is kept under a hash, what came instead of it included. */
export function removeAll(folder: string, sha256: string): void {
  const files = cacheFiles(folder, sha256);
  const instead = textOf(files.differs) ?? '';
  if (/^[0-9a-f]{64}$/.test(instead)) rmSync(join(folder, instead), { force: true });
  for (const path of [files.file, files.part, files.origin, files.differs]) {
    rmSync(path, { force: true });
  }
}

/** An antivirus program reads a new file for a moment; then Windows refuses to rename it. */
export async function renamePatiently(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (attempt >= 10 || !['EACCES', 'EPERM', 'EBUSY'].includes(code)) throw error;
      await sleep(attempt * 50);
    }
  }
}
