#!/usr/bin/env node
// The command line as one file for plain Node. Its worker threads run this same file.
import { isMainThread } from 'node:worker_threads';
import { serveJobs } from '../core/node/worker/entry';
import { main } from './main';

if (isMainThread) void main(process.argv.slice(2));
else serveJobs();
