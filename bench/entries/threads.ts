// A program of the bench that runs its own file as its worker threads.
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
        console.log(`peakKB ${process.resourceUsage().maxRSS}`);
      },
      (error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      },
    );
}
