// The lab's time: the system's plus an offset that a test or a demo moves forward. The offset is a file of the lab, so
// every process of one lab has the same time. Nothing polls; a sleeping wait does not keep the process alive.
import { readFileSync, watch, type FSWatcher } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../ports';
import { z } from '../../shared/zod';
import { writeAtomically } from '../node/jsonFile';

export interface LabClock extends Clock {
  /** Moves the lab's time forward, for every process, and wakes what became due. Milliseconds. */
  advance(ms: number): Promise<void>;
  close(): void;
}

const offsetSchema = z.object({ offsetMs: z.number() });
/** The longest wait that a timer takes; a later moment is waited for in parts. */
const longestWait = 2 ** 31 - 1;

interface Wake {
  readonly at: number;
  readonly callback: () => void;
}

/** @param labFolder `lab/` of the state folder */
export async function openLabClock(labFolder: string): Promise<LabClock> {
  const file = join(labFolder, 'clock.json');
  await mkdir(labFolder, { recursive: true });
  return new FileClock(file);
}

class FileClock implements LabClock {
  private offset: number;
  private readonly wakes = new Set<Wake>();
  private timer: NodeJS.Timeout | null = null;
  private watcher: FSWatcher | null = null;

  constructor(private readonly file: string) {
    this.offset = readOffset(file);
  }

  now(): Date {
    // Another process may have moved it; while nothing watches, the file is asked.
    if (this.watcher === null) this.offset = readOffset(this.file);
    return new Date(Date.now() + this.offset);
  }

  wake(at: Date, callback: () => void): () => void {
    const wake: Wake = { at: at.getTime(), callback };
    this.wakes.add(wake);
    this.listen();
    this.arm();
    return () => {
      this.wakes.delete(wake);
      this.arm();
      if (this.wakes.size === 0) this.close();
    };
  }

  async advance(ms: number): Promise<void> {
    this.offset = readOffset(this.file) + ms;
    await writeAtomically(this.file, `${JSON.stringify({ offsetMs: this.offset })}\n`);
    this.ring();
  }

  close(): void {
    this.watcher?.close();
    this.watcher = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private listen(): void {
    if (this.watcher !== null) return;
    // The folder, since the file is replaced.
    this.watcher = watch(dirname(this.file), { persistent: false }, (_, name) => {
      if (name !== basename(this.file)) return;
      this.offset = readOffset(this.file);
      this.ring();
    });
    this.watcher.on('error', () => {
      this.watcher?.close();
      this.watcher = null;
    });
    this.offset = readOffset(this.file);
  }

  private ring(): void {
    const now = this.now().getTime();
    for (const wake of [...this.wakes].sort((a, b) => a.at - b.at)) {
      if (wake.at > now || !this.wakes.delete(wake)) continue;
      wake.callback();
    }
    this.arm();
  }

  private arm(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.wakes.size === 0) return;
    const next = Math.min(...[...this.wakes].map((wake) => wake.at));
    const wait = Math.min(Math.max(next - this.now().getTime(), 0), longestWait);
    this.timer = setTimeout(() => {
      this.ring();
    }, wait);
    this.timer.unref();
  }
}

function readOffset(file: string): number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    // No file: the lab runs on the system's time.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
  return offsetSchema.parse(JSON.parse(text)).offsetMs;
}
