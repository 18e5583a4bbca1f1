// The unfinished file `<sha256>.partial` and what is known of it: hashed as it grows and continued
// where it ends. Also names the files of the cache; nothing else spells them.
import { createHash, type Hash } from 'node:crypto';
import { constants, fsync, writeSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '../../../shared/zod';

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

const originSchema = z.object({
  from: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
});
/** The validators that the server gave with the part's first byte. */
export type Origin = z.infer<typeof originSchema>;

const readBytes = 1024 * 1024;
/** Every so many bytes the disk is told to begin, so that the last flush is short. */
const flushEveryBytes = 16 * 1024 * 1024;

export class Part {
  private hash: Hash = createHash('sha256');
  private written = 0;
  private flushedAt = 0;
  private flushing: Promise<void> = Promise.resolve();
  /** How many answers the bytes are put together from; what an earlier run left counts as one. */
  pieces = 0;
  /** Bytes of an earlier run that are still in it. */
  resumedFrom = 0;
  /** Set where what was added cannot be of the announced file: then it is not kept for another attempt. */
  spoiled = false;

  private constructor(
    private readonly files: CacheFiles,
    private readonly file: FileHandle,
  ) {}

  /** Opens or creates the part and hashes what is there. @throws the file system's errors */
  static async open(
    folder: string,
    sha256: string,
    onHashed: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<Part> {
    const files = cacheFiles(folder, sha256);
    const file = await open(files.part, constants.O_RDWR | constants.O_CREAT, 0o600);
    const part = new Part(files, file);
    try {
      await part.hashWhatIsThere(onHashed, signal);
      return part;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get length(): number {
    return this.written;
  }

  /** Hashes it and hands it to the operating system; nothing of it is kept. @throws the file system's errors */
  add(chunk: Buffer): void {
    this.hash.update(chunk);
    for (let done = 0; done < chunk.length;) {
      done += writeSync(this.file.fd, chunk, done, chunk.length - done, this.written + done);
    }
    this.written += chunk.length;
    if (this.written - this.flushedAt >= flushEveryBytes) this.beginFlush();
  }

  /** Begins again from nothing. */
  async restart(): Promise<void> {
    this.written = 0;
    this.flushedAt = 0;
    this.hash = createHash('sha256');
    this.pieces = 0;
    this.resumedFrom = 0;
    await this.file.truncate(0);
  }

  async readOrigin(): Promise<Origin | null> {
    let text: string;
    try {
      text = await readFile(this.files.origin, 'utf8');
    } catch {
      // None was kept: the rest is asked for without a condition, and the hash decides.
      return null;
    }
    try {
      return originSchema.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  async writeOrigin(origin: Origin): Promise<void> {
    await writeFile(this.files.origin, JSON.stringify(origin), { mode: 0o600 });
  }

  /** Closes; the part stays for another time. */
  async keep(): Promise<void> {
    try {
      await this.flushing;
    } finally {
      await this.file.close();
    }
  }

  /** Flushes, closes and gives the file its name: that of what it really hashes to. */
  async finish(): Promise<{
    readonly sha256: string;
    readonly path: string;
    readonly size: number;
  }> {
    const size = this.length;
    const sha256 = this.hash.digest('hex');
    try {
      await this.flushing;
      await this.file.sync();
    } finally {
      await this.file.close();
    }
    const path = join(this.files.file, '..', sha256);
    await renamePatiently(this.files.part, path);
    await rm(this.files.origin, { force: true });
    if (path === this.files.file) await rm(this.files.differs, { force: true });
    else await writeFile(this.files.differs, sha256, { mode: 0o600 });
    return { sha256, path, size };
  }

  /** Closes and forgets the part. */
  async drop(): Promise<void> {
    await this.file.close();
    await rm(this.files.part, { force: true });
    await rm(this.files.origin, { force: true });
  }

  private async hashWhatIsThere(
    onHashed: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const buffer = Buffer.allocUnsafe(readBytes);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await this.file.read(buffer, 0, buffer.length, this.written);
      if (bytesRead === 0) break;
      this.hash.update(buffer.subarray(0, bytesRead));
      this.written += bytesRead;
      onHashed(this.written);
    }
    this.flushedAt = this.written;
    this.resumedFrom = this.written;
    this.pieces = this.written > 0 ? 1 : 0;
  }

  private beginFlush(): void {
    this.flushedAt = this.written;
    const before = this.flushing;
    const now = new Promise<void>((resolve, reject) => {
      fsync(this.file.fd, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
    this.flushing = Promise.all([before, now]).then(() => undefined);
    // Heard again where it is awaited; until then it must not count as unhandled.
    this.flushing.catch(() => undefined);
  }
}

/** For this user alone. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Bytes of a file; 0 where there is none. */
export async function lengthOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** Removes all that is kept under a hash, what came instead of it included. */
export async function removeAll(folder: string, sha256: string): Promise<void> {
  const files = cacheFiles(folder, sha256);
  const instead = await readFile(files.differs, 'utf8').catch(() => '');
  if (/^[0-9a-f]{64}$/.test(instead)) await rm(join(folder, instead), { force: true });
  for (const path of [files.file, files.part, files.origin, files.differs]) {
    await rm(path, { force: true });
  }
}

/** An antivirus program reads a new file for a moment; then Windows refuses to rename it. */
async function renamePatiently(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (attempt >= 10 || !['EACCES', 'EPERM', 'EBUSY'].includes(code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 50));
    }
  }
}
