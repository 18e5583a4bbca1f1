import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary';
import type { KeptManifest } from '../../ports';
import { manifestStore } from './manifestStore';

const folder = join(temporaryFolder(), 'manifests');
const store = manifestStore(folder);
const kept: KeptManifest = {
  version: 'go1.27.0',
  os: 'windows',
  arch: 'amd64',
  sha256: 'a'.repeat(64),
  h1: 'h1:x',
  manifest: new Map([['src/Þ.go', { sha256: 'b'.repeat(64), size: 3 }]]),
};

describe('the kept manifests', () => {
  it('has none before the first', async () => {
    expect(await store.bySha256(kept.sha256)).toBeNull();
    expect(await store.byVersion('go1.27.0')).toEqual([]);
  });

  it('keeps one by its archive, and finds it by its version', async () => {
    await store.keep(kept);
    await store.keep(kept);
    const arm: KeptManifest = { ...kept, arch: 'arm64', sha256: 'c'.repeat(64) };
    await store.keep(arm);
    expect(await store.bySha256(kept.sha256)).toEqual(kept);
    expect(await store.byVersion('go1.27.0')).toEqual([kept, arm]);
    expect(await store.byVersion('go1.26.0')).toEqual([]);
    expect(readdirSync(folder).length).toBe(2);
  });

  it('passes over what it cannot read, and replaces it', async () => {
    const sha256 = 'd'.repeat(64);
    for (const bytes of [
      Buffer.from('no gzip'),
      gzipSync('no json'),
      gzipSync('{"schema":1}'),
      gzipSync(JSON.stringify({ ...kept, schema: 1, files: [], sha256: 'e'.repeat(64) })),
    ]) {
      writeFileSync(join(folder, `${sha256}.json.gz`), bytes);
      expect(await store.bySha256(sha256)).toBeNull();
      expect((await store.byVersion('go1.27.0')).length).toBe(2);
    }
    await store.keep({ ...kept, sha256 });
    expect((await store.bySha256(sha256))?.sha256).toBe(sha256);
  });

  it('takes no name for a hash that is none', async () => {
    expect(await store.bySha256('../../etc/passwd')).toBeNull();
  });
});
