/// <reference types="electron-vite/node" />
// The core's worker threads inside the app's bundle. They import nothing of Electron.
import type { Worker } from 'node:worker_threads';
import { threadLimits } from '../core/node/worker/workers';
import createWorker from '../core/node/worker/thread?nodeWorker';

export const startWorker = (): Worker => createWorker({ resourceLimits: threadLimits });
