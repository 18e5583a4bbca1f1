#!/usr/bin/env node
// The command line as one file for plain Node. Its worker threads run this same file, and load their half of it alone:
// each would else hold the whole command line in memory.
import { isMainThread } from 'node:worker_threads';

async function start(): Promise<void> {
  if (isMainThread) {
    const { main } = await import('./main');
    await main(process.argv.slice(2));
  } else {
    const { serveJobs } = await import('../core/node/worker/entry');
    serveJobs();
  }
}

void start();
