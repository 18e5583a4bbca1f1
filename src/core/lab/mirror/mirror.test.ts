import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary';
import { startTestWorker } from '../../../../test/support/worker';
import { nodeArchives } from '../../node/archive/archives';
import { createHttp } from '../../node/http';
import { workerSignatures } from '../../node/openpgp/signatures';
import { nodeProofSources } from '../../node/proofSources';
import { Workers } from '../../node/worker/workers';
import { h1OfManifest } from '../../verify/h1';
import { lookUp } from '../../verify/log/checksumLog';
import { releaseListSchema } from '../../../shared/model';
import {
  buildMirror,
  faultsFile,
  labReleases,
  serveMirror,
  type FaultRule,
  type LabTrust,
  type ServedMirror,
} from '.';

const folder = join(temporaryFolder(), 'mirror');
const zip = 'go1.27.0.windows-amd64.zip';
const tar = 'go1.27.0.src.tar.gz';
const file = (name: string) => join(folder, 'dl', name);
const workers = new Workers(startTestWorker);
const http = createHttp({ userAgent: 'Gangway/0.0.0' });
let trust: LabTrust;
let mirror: ServedMirror;

beforeAll(async () => {
  trust = await buildMirror(folder);
  mirror = await serveMirror(folder);
});
afterAll(async () => {
  http.close();
  await mirror.close();
  await workers.close();
});
beforeEach(() => {
  mirror.faults.clear();
});

const list = () => releaseListSchema.parse(JSON.parse(readFileSync(file('index.json'), 'utf8')));

describe('what is made', () => {
  it('is a list with two supported lines, older ones, a preview and one without a hash', () => {
    expect(list().map((release) => release.version)).toEqual(
      labReleases.map((release) => release.version),
    );
    expect(list().find((release) => release.version === 'go1.28rc1')?.stable).toBe(false);
    const old = list().find((release) => release.version === 'go1.5.2');
    expect(old?.files.map((one) => one.sha256)).toEqual(['']);
  });

  it('has the hashes, lengths and sidecars of its files', () => {
    for (const one of list().flatMap((release) => release.files)) {
      if (one.sha256 === '') continue;
      const bytes = readFileSync(file(one.filename));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(one.sha256);
      expect(bytes.length).toBe(one.size);
      expect(readFileSync(file(`${one.filename}.sha256`), 'utf8')).toBe(one.sha256);
      expect(readFileSync(file('SHA256SUMS'), 'utf8')).toContain(
        `${one.sha256}  ${one.filename}\n`,
      );
    }
  });

  it("has zips in the shape of Go's: data descriptors, no folders, one time", () => {
    const bytes = readFileSync(file(zip));
    // The first bytes of go1.27.0's own zip, up to its time.
    expect(bytes.subarray(0, 10).toString('hex')).toBe('504b0304140008000800');
    const central = bytes.readUInt32LE(bytes.length - 6);
    expect(bytes.subarray(central, central + 12).toString('hex')).toBe('504b01021403140008000800');
    expect(bytes.subarray(10, 14).equals(bytes.subarray(central + 12, central + 16))).toBe(true);
    // 0o100644 above the DOS attributes.
    expect(bytes.readUInt32LE(central + 38)).toBe(0o100644 * 65536);
  });

  it('has in each zip the files of the source archive, and programs besides', async () => {
    const archives = nodeArchives(workers);
    const inZip = await archives.zipManifest(file(zip));
    const inTar = await archives.tarManifest(file(tar));
    const sources = [...inTar].filter(([path]) => path.startsWith('src/'));
    expect(sources.length).toBeGreaterThan(150);
    for (const [path, digest] of sources) expect(inZip.get(path)).toEqual(digest);
    expect([...inZip.keys()].filter((path) => path.startsWith('src/'))).toHaveLength(
      sources.length,
    );
    for (const path of [
      'VERSION',
      'bin/go.exe',
      'pkg/tool/windows_amd64/compile.exe',
      'src/go.mod',
    ]) {
      expect(inZip.has(path)).toBe(true);
    }
    expect([...inTar.keys()].some((path) => path.endsWith('.exe'))).toBe(false);
  });

  it('has a source archive that other programs read', () => {
    const names = execFileSync('tar', ['tzf', file(tar)], { encoding: 'utf8' }).split('\n');
    expect(names.slice(0, 2)).toEqual(['go/', 'go/CONTRIBUTING.md']);
    expect(gunzipSync(readFileSync(file(tar))).length % 512).toBe(0);
  });

  it('is recorded in the checksum database, under the sum that its files have', async () => {
    const manifest = await nodeArchives(workers).zipManifest(file(zip));
    const { h1 } = h1OfManifest(manifest, 'go1.27.0', 'windows', 'amd64');
    expect(await ask()).toMatchObject({ kind: 'recorded', h1 });
  });

  it('is signed by a key of its own', async () => {
    const check = (path: string, signature: string, keyring: string, fingerprint: string) =>
      workerSignatures(workers).check({
        path: file(path),
        signature: readFileSync(file(signature), 'utf8'),
        keyring,
        primaryFingerprints: [fingerprint],
      });
    expect(await check(tar, `${tar}.asc`, trust.keyring, trust.primaryFingerprint)).toMatchObject({
      kind: 'good',
      primaryFingerprint: trust.primaryFingerprint,
    });
    const { organisationKeyring, organisationFingerprint } = trust;
    expect(
      await check('SHA256SUMS', 'SHA256SUMS.asc', organisationKeyring, organisationFingerprint),
    ).toMatchObject({ kind: 'good' });
    expect(
      await check(tar, `${tar}.asc`, organisationKeyring, organisationFingerprint),
    ).toMatchObject({ kind: 'refused' });
  });

  it('is made once, and its private keys are nowhere', async () => {
    expect(await buildMirror(folder)).toEqual(trust);
    const kept = readFileSync(join(folder, 'mirror.json'), 'utf8');
    expect(kept).not.toContain('PRIVATE');
    const other = await buildMirror(join(temporaryFolder(), 'other'), { releases: [] });
    expect(other.verifierKey).not.toBe(trust.verifierKey);
    expect(other.primaryFingerprint).not.toBe(trust.primaryFingerprint);
  });
});

async function ask() {
  const sources = nodeProofSources({ http, embedded: () => mirror.base });
  return lookUp(
    'golang.org/toolchain',
    'v0.0.1-go1.27.0.windows-amd64',
    { verifierKeys: [trust.verifierKey], knownHead: null },
    (path) => sources.checksumDatabase({ kind: 'embedded' }, path),
    { last: () => Promise.resolve(null), remember: () => Promise.resolve() },
  );
}

describe('what is served', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${mirror.base}${path}`, { headers });

  it('is the list as go.dev gives it: all of it, or the current ones', async () => {
    const all = releaseListSchema.parse(await (await get('/dl/?mode=json&include=all')).json());
    expect(all).toHaveLength(labReleases.length);
    const current = releaseListSchema.parse(await (await get('/dl/?mode=json')).json());
    expect(current.map((release) => release.version)).toEqual(['go1.27.0', 'go1.26.7']);
  });

  it('has ETags and ranges', async () => {
    const whole = await get(`/dl/${zip}`);
    const etag = whole.headers.get('etag') ?? '';
    expect((await get(`/dl/${zip}`, { 'if-none-match': etag })).status).toBe(304);
    const rest = await get(`/dl/${zip}`, { range: 'bytes=100-', 'if-range': etag });
    expect(rest.status).toBe(206);
    const bytes = readFileSync(file(zip));
    expect(rest.headers.get('content-range')).toBe(`bytes 100-${bytes.length - 1}/${bytes.length}`);
    expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(100))).toBe(true);
    expect((await get(`/dl/${zip}`, { range: 'bytes=100-', 'if-range': '"x"' })).status).toBe(200);
    expect((await get(`/dl/${zip}`, { range: `bytes=${bytes.length}-` })).status).toBe(416);
  });

  it.each([
    '/dl/../mirror.json',
    '/dl/%2e%2e/mirror.json',
    '/dl/..%2fmirror.json',
    '/mirror.json',
    '/sumdb/../mirror.json',
    '/dl/',
    '/',
  ])('is never %s', async (path) => {
    // Not `fetch`, which would tidy the path before it asks.
    const status = await new Promise((resolve) => {
      const { hostname, port } = new URL(mirror.base);
      httpRequest({ hostname, port, path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(404);
  });
});

describe('faults', () => {
  it('of the checksum database are noticed by whoever checks', async () => {
    mirror.faults.set('/sumdb/*', { kind: 'forgedHead' });
    expect(await ask()).toMatchObject({ kind: 'refused' });
    mirror.faults.clear();
    expect(await ask()).toMatchObject({ kind: 'recorded' });
    mirror.faults.set('/sumdb/tile/*', { kind: 'tampered' });
    expect(await ask()).toMatchObject({ kind: 'refused' });
  });

  it('change the list, and one byte of a file', async () => {
    mirror.faults.set('/dl/', { kind: 'tampered' });
    const reply = await fetch(`${mirror.base}/dl/?mode=json&include=all`);
    const changed = releaseListSchema.parse(await reply.json());
    expect(changed[0]?.files[0]?.sha256).not.toBe(list()[0]?.files[0]?.sha256);
    mirror.faults.set(`/dl/${zip}`, { kind: 'tampered' });
    const bytes = Buffer.from(await (await fetch(`${mirror.base}/dl/${zip}`)).arrayBuffer());
    const original = readFileSync(file(zip));
    expect(bytes.length).toBe(original.length);
    expect(bytes.filter((byte, i) => byte !== original[i])).toHaveLength(1);
  });

  it('end after so many times, and the newest counts', async () => {
    mirror.faults.set('/dl/*', { kind: 'status', status: 500 });
    mirror.faults.set(`/dl/${zip}`, { kind: 'status', status: 404 }, 1);
    const status = async () => (await fetch(`${mirror.base}/dl/${zip}`)).status;
    expect([await status(), await status()]).toEqual([404, 500]);
    mirror.faults.clear();
    expect(await status()).toBe(200);
  });

  it('can be set by a file, for another process', async () => {
    const rules: readonly FaultRule[] = [
      { path: '/dl/*.zip', fault: { kind: 'status', status: 418 }, times: 1 },
    ];
    writeFileSync(join(folder, faultsFile), JSON.stringify(rules));
    const status = async () => (await fetch(`${mirror.base}/dl/${zip}`)).status;
    expect([await status(), await status()]).toEqual([418, 200]);
  });

  it('of speed show a transfer', async () => {
    const slow = await serveMirror(folder, { bytesPerSecond: 1_000_000 });
    const began = performance.now();
    const length = (await (await fetch(`${slow.base}/dl/${zip}`)).arrayBuffer()).byteLength;
    expect(performance.now() - began).toBeGreaterThan((length / 1_000_000) * 800);
    await slow.close();
  });
});
