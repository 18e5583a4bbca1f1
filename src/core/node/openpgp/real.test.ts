// The official source archive of go1.27.0 and its signature, where they are at hand.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startTestWorker } from '../../../../test/support/worker';
import { Workers } from '../worker/workers';
import { workerSignatures } from './signatures';

const data = resolve('../shared/data');
const source = resolve(data, 'go-release/go1.27.0.src.tar.gz');
const missing = !existsSync(source);
if (missing) console.log(`skipped: ${source} is not there`);

const workers = new Workers(startTestWorker);
afterAll(() => workers.close());

const google = 'EB4C1BFD4F042F6DDDCCEC917721F63BD38B4796';
const read = (name: string): string => readFileSync(resolve(data, name), 'utf8');

it.skipIf(missing)('the official source archive has a good signature by Google', async () => {
  const answer = await workerSignatures(workers).check({
    path: source,
    signature: read('go-release/go1.27.0.src.tar.gz.asc'),
    keyring: read('google-linux-signing-key.asc'),
    primaryFingerprints: [google],
  });
  expect(answer).toEqual({
    kind: 'good',
    primaryFingerprint: google,
    signingFingerprint: '0E225917414670F4442C250DFD533C07C264648F',
    userId: 'Google Inc. (Linux Packages Signing Authority) <linux-packages-keymaster@google.com>',
    madeAt: '2026-08-18T22:11:00.000Z',
    keyExpires: '2028-01-07T16:53:01.000Z',
  });
});

it.skipIf(missing)('the same signature over another file is bad', async () => {
  const answer = await workerSignatures(workers).check({
    path: resolve(data, 'google-linux-signing-key.asc'),
    signature: read('go-release/go1.27.0.src.tar.gz.asc'),
    keyring: read('google-linux-signing-key.asc'),
    primaryFingerprints: [google],
  });
  expect(answer).toMatchObject({ kind: 'refused', why: 'badSignature' });
});
