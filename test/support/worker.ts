import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { StartWorker } from '../../src/core/node/worker/workers';

export const workerFile = {
  folder: resolve('node_modules/.cache/gangway-test'),
  name: 'worker.cjs',
} as const;

export const startTestWorker: StartWorker = () =>
  new Worker(join(workerFile.folder, workerFile.name));
