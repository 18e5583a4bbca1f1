// What a benchmark answers, and how it is measured: our side and the peer's take turns, so that a busy moment of the
// machine strikes both, and what counts is the ratio within a pair.
import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface BenchRow {
  readonly id: string;
  /** The command that ours is measured against. */
  readonly peer: string;
  /** Our time over the peer's. */
  readonly ratio: Spread;
  /** The ratio is to be at most this. */
  readonly goal: number;
  /** Highest resident size of our process, in MB (10^6 bytes), its threads included. */
  readonly memory?: { readonly peak: number; readonly goal: number | null };
  /** Milliseconds, for the table. */
  readonly took?: { readonly ours: Spread; readonly peer: Spread };
}

export interface BenchContext {
  /** A Go release for Windows, absolute. */
  readonly zip: string;
  /** `src.tar.gz` of the same release and its `.asc`; null where they are not there. */
  readonly sourceTar: string | null;
  readonly signature: string | null;
  /** An empty folder for everything that is written, on the disk to be measured. */
  readonly scratch: string;
  /** Pairs that count. */
  readonly runs: number;
  log(line: string): void;
}

export interface Run {
  /** From the start of the process to its end. */
  readonly ms: number;
  /** What a process of ours says of itself; 0 for a peer. */
  readonly peakMB: number;
}

export interface Pairs {
  readonly ratio: Spread;
  readonly ours: Spread;
  readonly peer: Spread;
  readonly peakMB: number;
}

/**
 * Runs both sides `context.runs` times and once before that does not count. Each run gets a fresh folder; they are
 * deleted after the last run, since a delete makes the next run's writes wait for the disk.
 */
export async function pairs(
  context: BenchContext,
  name: string,
  ours: (folder: string) => Promise<Run>,
  peer: (folder: string) => Promise<Run>,
): Promise<Pairs> {
  const folder = join(context.scratch, name);
  const sides = { ours: [] as Run[], peer: [] as Run[] };
  for (let i = 0; i <= context.runs; i++) {
    for (const side of i % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)) {
      const fresh = join(folder, `${side}-${i}`);
      await mkdir(fresh, { recursive: true });
      await execute('sync', []);
      const run = await (side === 'ours' ? ours : peer)(fresh);
      if (i > 0) sides[side].push(run);
    }
    context.log(`${name}: ${i === 0 ? 'warmed up' : `pair ${i} of ${context.runs}`}`);
  }
  await rm(folder, { recursive: true, force: true });
  return {
    ratio: spread(sides.ours.map((run, i) => run.ms / (sides.peer[i]?.ms ?? Number.NaN))),
    ours: spread(sides.ours.map((run) => run.ms)),
    peer: spread(sides.peer.map((run) => run.ms)),
    peakMB: Math.max(...sides.ours.map((run) => run.peakMB)),
  };
}

/**
 * Runs a program to its end and takes the time. What it prints is thrown away, but for a line `peakKB <number>`.
 * @throws where it ends with anything but 0
 */
export function execute(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string } = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let tail = '';
    let errors = '';
    child.stdout.on('data', (piece: Buffer) => {
      tail = (tail + piece.toString('latin1')).slice(-200);
    });
    child.stderr.on('data', (piece: Buffer) => {
      errors = (errors + piece.toString()).slice(-2000);
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) => {
      const ms = performance.now() - began;
      if (code !== 0) reject(new Error(`${command} ended with ${String(code)}: ${errors}`));
      else resolve({ ms, peakMB: (Number(/peakKB (\d+)/.exec(tail)?.[1] ?? 0) * 1024) / 1e6 });
    });
  });
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1
      ? (sorted[middle] ?? Number.NaN)
      : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}
