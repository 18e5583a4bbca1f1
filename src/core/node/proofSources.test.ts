import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary';
import { buildMirror, serveMirror, type ServedMirror } from '../lab/mirror';
import type { Source } from '../../shared/model';
import { FailureError } from '../failureError';
import type { Http } from './http';
import { createHttp } from './http';
import { nodeProofSources } from './proofSources';

const scratch = temporaryFolder();
const mirrorFolder = join(scratch, 'mirror');
const zip = 'go1.27.0.windows-amd64.zip';
const tar = 'go1.27.0.src.tar.gz';
const http = createHttp({ userAgent: 'Gangway/0.0.0', stallMs: 300 });
let mirror: ServedMirror;
const embedded: Source = { kind: 'embedded' };

beforeAll(async () => {
  await buildMirror(mirrorFolder, {
    releases: [{ version: 'go1.27.0', time: '2026-08-18T21:24:23Z', archs: ['amd64'] }],
  });
  mirror = await serveMirror(mirrorFolder);
});
afterAll(async () => {
  http.close();
  await mirror.close();
});
beforeEach(() => {
  mirror.faults.clear();
});
const sources = () => nodeProofSources({ http, embedded: () => mirror.base });
const read = (name: string) => readFileSync(join(mirrorFolder, 'dl', name), 'utf8');

describe('the texts beside a file', () => {
  const places = (): readonly [string, Source][] => [
    ['the lab', embedded],
    ['a mirror', { kind: 'url', url: `${mirror.base}/dl` }],
    ['a folder', { kind: 'folder', path: join(mirrorFolder, 'dl') }],
  ];

  it('are found at the lab, at a mirror and in a folder', async () => {
    for (const [, source] of places()) {
      expect(await sources().sidecar(source, zip)).toMatchObject({
        kind: 'found',
        text: read(`${zip}.sha256`),
      });
      expect(await sources().signature(source, tar)).toMatchObject({
        kind: 'found',
        text: read(`${tar}.asc`),
      });
      expect(await sources().sums(source)).toMatchObject({
        kind: 'found',
        text: read('SHA256SUMS'),
      });
      expect(await sources().sumsSignature(source)).toMatchObject({
        kind: 'found',
        text: read('SHA256SUMS.asc'),
      });
    }
  });

  it('that are published nowhere are no failure', async () => {
    for (const [, source] of places()) {
      expect((await sources().signature(source, zip)).kind).toBe('notPublished');
    }
  });

  it('are not read from a web page, a re-encoded body or something large', async () => {
    const path = `/dl/${zip}.sha256`;
    mirror.faults.set(path, { kind: 'page' });
    expect(await sources().sidecar(embedded, zip)).toMatchObject({
      kind: 'unusable',
      cause: 'text/html',
    });
    mirror.faults.set(path, { kind: 'gzip' });
    expect(await sources().sidecar(embedded, zip)).toMatchObject({
      kind: 'unusable',
      cause: 'gzip',
    });
    mirror.faults.set(path, { kind: 'instead', path: join(mirrorFolder, 'dl', zip) });
    expect((await sources().sidecar(embedded, zip)).kind).toBe('unusable');
    const folder = join(scratch, 'pages');
    mkdirSync(folder);
    writeFileSync(join(folder, `${zip}.sha256`), '<!DOCTYPE html><p>not found</p>');
    writeFileSync(join(folder, `${tar}.asc`), Buffer.alloc(70_000, 65));
    const source: Source = { kind: 'folder', path: folder };
    expect((await sources().sidecar(source, zip)).kind).toBe('unusable');
    expect((await sources().signature(source, tar)).kind).toBe('unusable');
  });

  it('that cannot be reached are unavailable, with the reason', async () => {
    mirror.faults.set(`/dl/${zip}.sha256`, { kind: 'status', status: 503 });
    expect(await sources().sidecar(embedded, zip)).toMatchObject({
      kind: 'unavailable',
      cause: 'status 503',
    });
    mirror.faults.set(`/dl/${zip}.sha256`, { kind: 'stall', after: 10 });
    expect((await sources().sidecar(embedded, zip)).kind).toBe('unavailable');
    const away = nodeProofSources({ http, embedded: () => 'http://127.0.0.1:1' });
    expect(await away.sidecar(embedded, zip)).toMatchObject({
      kind: 'unavailable',
      cause: 'ECONNREFUSED',
    });
  });

  it('that the user no longer waits for are no answer', async () => {
    const cancelled = sources().sidecar(embedded, zip, AbortSignal.abort());
    await expect(cancelled).rejects.toBeInstanceOf(FailureError);
  });

  it('are asked for by the name of a Go file alone', async () => {
    const asked = sources().sidecar(embedded, '../../mirror.json');
    await expect(asked).rejects.toBeInstanceOf(FailureError);
  });
});

describe('where the texts are asked for', () => {
  const asked: string[] = [];
  let missing: string;
  const server = createServer((_, response) => response.writeHead(404).end());
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    missing = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  /** Notes the address and asks a server that has nothing. */
  const noting = (): Http => ({
    ...http,
    small: (url, cap) => {
      asked.push(url);
      return http.small(missing, cap);
    },
  });

  it.each<[Source['kind'], Source, readonly string[]]>([
    ['go.dev', { kind: 'go.dev' }, [`https://dl.google.com/go/${zip}.sha256`]],
    [
      'golang.google.cn',
      { kind: 'golang.google.cn' },
      [`https://dl.google.com/go/${zip}.sha256`, `https://golang.google.cn/dl/${zip}.sha256`],
    ],
    [
      'url',
      { kind: 'url', url: 'https://m.example/go?t=1' },
      [`https://m.example/go/${zip}.sha256?t=1`],
    ],
  ])('%s', async (_, source, expected) => {
    asked.length = 0;
    const answer = await nodeProofSources({ http: noting() }).sidecar(source, zip);
    expect(asked).toEqual(expected);
    expect(answer.kind).toBe('notPublished');
  });

  it("sums are an organisation's: Go itself publishes none", async () => {
    asked.length = 0;
    for (const kind of ['go.dev', 'golang.google.cn'] as const) {
      expect((await nodeProofSources({ http: noting() }).sums({ kind })).kind).toBe('notPublished');
    }
    expect(asked).toEqual([]);
  });

  it("the checksum database is Go's for every source but the lab's", async () => {
    asked.length = 0;
    const proofs = nodeProofSources({ http: noting(), embedded: () => 'http://127.0.0.1:9' });
    for (const source of [
      { kind: 'go.dev' },
      { kind: 'golang.google.cn' },
      { kind: 'url', url: 'https://m.example/' },
      { kind: 'folder', path: '/x' },
      { kind: 'embedded' },
    ] as const) {
      await proofs.checksumDatabase(source, '/latest');
    }
    expect(asked).toEqual([
      'https://sum.golang.org/latest',
      'https://sum.golang.google.cn/latest',
      'https://sum.golang.org/latest',
      'https://sum.golang.org/latest',
      'http://127.0.0.1:9/sumdb/latest',
    ]);
  });

  it("the signing keys are Google's for every source but the lab's", async () => {
    asked.length = 0;
    const proofs = nodeProofSources({ http: noting(), embedded: () => 'http://127.0.0.1:9' });
    for (const source of [
      { kind: 'go.dev' },
      { kind: 'golang.google.cn' },
      { kind: 'url', url: 'https://m.example/?t=1' },
      { kind: 'folder', path: '/x' },
      { kind: 'embedded' },
    ] as const) {
      await proofs.signingKeys(source);
    }
    expect([...new Set(asked)]).toEqual([
      'https://dl.google.com/linux/linux_signing_key.pub',
      'http://127.0.0.1:9/linux/linux_signing_key.pub',
    ]);
    expect(asked).toHaveLength(5);
  });

  it.each(['/../x', '@evil.example/', '/latest?x', ''])(
    'the path %j does not lead out of the checksum database',
    async (path) => {
      const answer = nodeProofSources({ http }).checksumDatabase({ kind: 'go.dev' }, path);
      await expect(answer).rejects.toBeInstanceOf(FailureError);
    },
  );
});

describe('the checksum database', () => {
  it('gives records, tiles and heads as bytes', async () => {
    const ask = (path: string) => sources().checksumDatabase(embedded, path);
    const lookup = await ask('/lookup/golang.org/toolchain@v0.0.1-go1.27.0.windows-amd64');
    const text = lookup.kind === 'found' ? Buffer.from(lookup.bytes).toString() : '';
    expect(text).toMatch(/^\d+\ngolang\.org\/toolchain v0\.0\.1-go1\.27\.0\.windows-amd64 h1:/);
    const tile = await ask('/tile/8/0/000');
    expect(tile.kind === 'found' ? tile.bytes.length : 0).toBe(256 * 32);
    expect((await ask('/lookup/golang.org/toolchain@v0.0.1-go1.99.0.windows-amd64')).kind).toBe(
      'notFound',
    );
  });

  it('is unavailable behind a web page', async () => {
    mirror.faults.set('/sumdb/*', { kind: 'page' });
    expect((await sources().checksumDatabase(embedded, '/latest')).kind).toBe('unavailable');
  });
});
