// The unfinished file `<sha256>.partial`: hashed and written as it grows, and continued where it ends. Runs in a worker
// thread, so it waits for the disk itself: going through the thread pool for each step would cost more.
import { createHash, type Hash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { z } from '../../../shared/zod';
import { renamePatiently, textOf, type CacheFiles } from './cacheFiles';

const originSchema = z.object({
  from: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
});
/** The validators that the server gave with the part's first byte. */
export type Origin = z.infer<typeof originSchema>;

const readBytes = 1024 * 1024;

export class Part {
  private hash: Hash = createHash('sha256');
  private written = 0;
  /** How many answers the bytes are put together from; what an earlier run left counts as one. */
  pieces = 0;
  /** Bytes of an earlier run that are still in it. */
  resumedFrom = 0;
  /** Set where what was added cannot be of the announced file: then it is not kept for another attempt. */
  spoiled = false;

  private constructor(
    private readonly files: CacheFiles,
    private readonly fd: number,
  ) {}

  /** Opens or creates the part and hashes what is there. @throws the file system's errors */
  static async open(
    files: CacheFiles,
    onHashed: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<Part> {
    const fd = fs.openSync(files.part, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
    const part = new Part(files, fd);
    try {
      if (fs.fstatSync(fd).size > 0) await part.hashWhatIsThere(onHashed, signal);
      return part;
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
  }

  /** Bytes so far. */
  get length(): number {
    return this.written;
  }

  /** Of the bytes so far, as 64 lower-case hex digits. */
  get sha256(): string {
    return this.hash.copy().digest('hex');
  }

  /** Hashes it and hands it to the operating system; nothing of it is kept. @throws the file system's errors */
  add(chunk: Buffer): void {
    this.hash.update(chunk);
    let done = 0;
    while (done < chunk.length) {
      done += fs.writeSync(this.fd, chunk, done, chunk.length - done, this.written + done);
    }
    this.written += chunk.length;
  }

  /** Begins again from nothing. */
  restart(): void {
    fs.ftruncateSync(this.fd, 0);
    this.written = 0;
    this.hash = createHash('sha256');
    this.pieces = 0;
    this.resumedFrom = 0;
  }

  /** Null where none was kept or it is damaged: then the rest is asked for without a condition, and the hash decides. */
  readOrigin(): Origin | null {
    try {
      return originSchema.parse(JSON.parse(textOf(this.files.origin) ?? ''));
    } catch {
      return null;
    }
  }

  writeOrigin(origin: Origin): void {
    fs.writeFileSync(this.files.origin, JSON.stringify(origin), { mode: 0o600 });
  }

  /** Flushes to the disk and closes; the part stays for another time. */
  keep(): void {
    try {
      fs.fsyncSync(this.fd);
    } finally {
      fs.closeSync(this.fd);
    }
  }

  /**
   * Closes and gives the file its name: that of what it really hashes to. Not flushed (docs/adr/0018): whoever uses the
   * file hashes it again first, so one that a power cut damaged is fetched again, and waiting for the disk would cost as
   * much as the whole transfer.
   */
  async finish(): Promise<{
    readonly sha256: string;
    readonly path: string;
    readonly size: number;
  }> {
    const { files, length: size } = this;
    const sha256 = this.hash.digest('hex');
    fs.closeSync(this.fd);
    const path = join(files.file, '..', sha256);
    await renamePatiently(files.part, path);
    fs.rmSync(files.origin, { force: true });
    if (path === files.file) fs.rmSync(files.differs, { force: true });
    else fs.writeFileSync(files.differs, sha256, { mode: 0o600 });
    return { sha256, path, size };
  }

  /** Closes and forgets the part. */
  drop(): void {
    fs.closeSync(this.fd);
    fs.rmSync(this.files.part, { force: true });
    fs.rmSync(this.files.origin, { force: true });
  }

  private async hashWhatIsThere(
    onHashed: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const buffer = Buffer.allocUnsafe(readBytes);
    for (;;) {
      const count = fs.readSync(this.fd, buffer, 0, buffer.length, this.written);
      if (count === 0) break;
      this.hash.update(buffer.subarray(0, count));
      this.written += count;
      onHashed(this.written);
      // So that a cancellation is heard.
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
    this.resumedFrom = this.written;
    this.pieces = this.written > 0 ? 1 : 0;
  }
}
