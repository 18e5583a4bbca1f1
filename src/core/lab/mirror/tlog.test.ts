import { describe, expect, it } from 'vitest';
import { readTreeHead } from '../../verify/log/records';
import { openNote, readVerifierKey } from '../../verify/log/signedNote';
import { buildLog, makeSigner } from './tlog';

const sum = 'h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const records = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `example.org/m v1.0.${String(i)} ${sum}\n`);

describe('the log that is built', () => {
  const signer = makeSigner('log.example');

  // Roots that golang.org/x/mod/sumdb/tlog computes for these records.
  it.each([
    [1, 'TD19Zj/6hpNsvUSYny8xnUqhLAGgw9F5Hs9Ik543exE='],
    [2, 'D2N8/XBfxWhWcPbdczaBiXRWEQwkXl47XAzOAgfvFg0='],
    [5, 'DTpU3+Gq1//ykhTh0BnZ/9angorMRaW39vKTLmnUJ7k='],
    [255, 'kMhlTSsemlRCkEInK0ErTqg9HPZ9Q4HFllQ0CYCk3Mg='],
    [256, '/7K+sBZQKumf/Tj6eD0mlutSeAGZGKQBB7iIbbIdCIo='],
    [257, 'ym0h66DBLVbtFV9aJXqiscOBh1+RViSBbptJ/XuLD9o='],
    [700, '7Eo7Fl/WGhGYU0tdANFpWKB7zSb8oA4LA5NtdSwwq7Y='],
  ])('of %i records has the root that Go computes', (size, root) => {
    const { latest } = buildLog(records(size), signer);
    const { text } = openNote(latest, [readVerifierKey(signer.verifierKey)]);
    expect(readTreeHead(text)).toEqual({ size, root: Buffer.from(root, 'base64') });
  });

  it('answers the paths of a database and nothing else', () => {
    const log = buildLog(records(300), signer);
    const answer = (path: string): number | undefined => log.answer(path)?.length;
    expect(answer('/latest')).toBe(Buffer.byteLength(log.latest));
    expect(answer('/lookup/example.org/m@v1.0.7')).toBe(Buffer.byteLength(log.lookup(7)));
    expect(answer('/tile/8/0/000')).toBe(8192);
    expect(answer('/tile/8/0/001.p/44')).toBe(44 * 32);
    expect(answer('/tile/8/0/001.p/12')).toBe(12 * 32);
    expect(answer('/tile/8/1/000.p/1')).toBe(32);
    for (const path of [
      '/lookup/example.org/m@v1.0.300',
      '/tile/8/0/001',
      '/tile/8/0/001.p/45',
      '/tile/8/0/001.p/0',
      '/tile/8/1/000',
      '/tile/8/7/000.p/1',
      '/tile/4/0/000',
      '/tile/8/0/1',
      '/supported',
      '',
    ]) {
      expect(answer(path), path).toBeUndefined();
    }
  });

  it('has a key of its own each time', () => {
    expect(makeSigner('log.example').verifierKey).not.toBe(signer.verifierKey);
  });
});
