// Downloads a file as the app does: `run.cjs <address> <sha256> <size> <folder>`. Says how long it took from the request
// to the finished file in a program that is running; in the app that is what a click waits for.
import { nodeDownloads } from '../../src/core/node/download';
import { program } from './threads';

program(async (workers) => {
  const [from = '', sha256 = '', size = '', folder = ''] = process.argv.slice(2);
  const downloads = nodeDownloads({ folder, workers, userAgent: 'Gangway/bench' });
  const request = { from, filename: 'go.zip', sha256, size: Number(size) };
  // Starts the thread that the transfer will find idle, as an upgrade does when it looks for a file that is there.
  await workers.run('archive.digest', { path: process.argv[1] ?? '' });
  const began = performance.now();
  const file = await downloads.fetch(request, () => undefined);
  console.log(`tookMs ${performance.now() - began}`);
  if (file.sha256 !== sha256) throw new Error(`another file: ${file.sha256}`);
});
