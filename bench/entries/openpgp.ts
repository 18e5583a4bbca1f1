// Checks a detached signature: `run.cjs <file> <signature> <keyring> <fingerprint>`. Says how long it took from the
// question to the answer in a program that is running, with the library not yet loaded.
import { readFile } from 'node:fs/promises';
import { workerSignatures } from '../../src/core/node/openpgp/signatures';
import { program } from './threads';

program(async (workers) => {
  const [path = '', signature = '', keyring = '', fingerprint = ''] = process.argv.slice(2);
  const request = {
    path,
    signature: await readFile(signature, 'utf8'),
    keyring: await readFile(keyring, 'utf8'),
    primaryFingerprints: [fingerprint],
  };
  // Starts the thread that the check will find idle, as an upgrade does with its hash of the download.
  await workers.run('archive.digest', { path: keyring });
  const began = performance.now();
  const answer = await workerSignatures(workers).check(request);
  console.log(`tookMs ${performance.now() - began}`);
  if (answer.kind !== 'good') throw new Error(`${answer.why}: ${answer.detail}`);
});
