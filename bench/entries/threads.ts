// A program of the bench that runs its own file as its worker threads.
import { readFileSync } from 'node:fs';
import { isMainThread, Worker } from 'node:worker_threads';
import { serveJobs } from '../../src/core/node/worker/entry';
import { threadLimits, Workers } from '../../src/core/node/worker/workers';

export function program(main: (workers: Workers) => Promise<void>): void {
  if (!isMainThread) {
    serveJobs();
    return;
  }
  const workers = new Workers(() => new Worker(__filename, { resourceLimits: threadLimits }));
  main(workers)
    .then(() => workers.close())
    .then(
      () => {
        console.log(`peakKB ${peakKB()}`);
      },
      (error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      },
    );
}

/** Highest resident size. `maxRSS` would also count what the program that started this one had in memory. */
function peakKB(): number {
  const { maxRSS } = process.resourceUsage();
  if (process.platform !== 'linux') return maxRSS;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? maxRSS);
}
