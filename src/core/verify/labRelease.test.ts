// The whole ladder against the lab's mirror over real HTTP: what it serves is proved, and what it is made to serve wrong
// is refused or out of reach, never passed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { releaseListSchema, type Proof, type ProofId } from '../../shared/model';
import { translate } from '../../shared/text/translate';
import { headsInMemory } from '../../../test/support/checksumLog';
import { temporaryFolder } from '../../../test/support/temporary';
import { signingKeysAway } from '../../../test/support/proving';
import { startTestWorker } from '../../../test/support/worker';
import { buildMirror, serveMirror, type LabTrust, type ServedMirror } from '../lab/mirror';
import { nodeArchives } from '../node/archive/archives';
import { createHttp } from '../node/http';
import { workerSignatures } from '../node/openpgp/signatures';
import { googleKeys } from '../node/openpgp/googleKeys';
import { nodeProofSources } from '../node/proofSources';
import { Workers } from '../node/worker/workers';
import { labTrust, productionTrust, trustBySource } from './trust';
import { verifyRelease, type VerifyDeps, type VerifyRequest } from './verify';

const scratch = temporaryFolder();
const folder = join(scratch, 'mirror');
const filename = 'go1.27.0.windows-amd64.zip';
const workers = new Workers(startTestWorker);
const http = createHttp({ userAgent: 'Gangway/0.0.0' });
let lab: LabTrust;
let mirror: ServedMirror;
let listed: { sha256: string; size: number };

beforeAll(async () => {
  lab = await buildMirror(folder, {
    releases: [
      { version: 'go1.27.0', time: '2026-08-18T21:24:23Z', archs: ['amd64', '386'] },
      { version: 'go1.26.7', time: '2026-08-18T20:10:05Z', archs: ['amd64'] },
    ],
    level: 1,
  });
  mirror = await serveMirror(folder);
  const list: unknown = JSON.parse(readFileSync(join(folder, 'dl', 'index.json'), 'utf8'));
  const files = releaseListSchema.parse(list).flatMap((release) => release.files);
  const file = files.find((candidate) => candidate.filename === filename);
  if (file === undefined) throw new Error(filename);
  listed = { sha256: file.sha256, size: file.size };
});
afterEach(() => {
  mirror.faults.clear();
});
afterAll(async () => {
  http.close();
  await mirror.close();
  await workers.close();
});

const deps = (parts: Partial<VerifyDeps> = {}): VerifyDeps => ({
  sources: nodeProofSources({ http, embedded: () => mirror.base }),
  signingKeys: signingKeysAway,
  archives: nodeArchives(workers),
  signatures: workerSignatures(workers),
  trust: trustBySource(
    labTrust({
      checksumDatabase: { verifierKeys: [lab.verifierKey], knownHead: null },
      openpgp: { keyring: lab.keyring, primaryFingerprints: [lab.primaryFingerprint] },
      pin: () => null,
    }),
  ),
  heads: headsInMemory(),
  organisationKeys: { list: () => Promise.resolve([]) },
  ...parts,
});

const request = (parts: Partial<VerifyRequest> = {}): VerifyRequest => ({
  file: { path: join(folder, 'dl', filename), filename },
  source: { kind: 'embedded' },
  listed,
  required: ['checksumDatabase'],
  accept: [],
  signedSource: null,
  namedMirror: false,
  ...parts,
});

async function prove(asked = request(), given = deps()) {
  const result = await verifyRelease(asked, given, () => undefined);
  const of = (id: ProofId): Proof => {
    const proof = result.proofs.find((row) => row.id === id);
    if (proof === undefined) throw new Error(id);
    return proof;
  };
  return { result, of };
}

describe('the lab’s mirror', () => {
  it('is proved by its own log, its own keys and its own source', async () => {
    const source = join(folder, 'dl', 'go1.27.0.src.tar.gz');
    const signedSource = { path: source, signature: readFileSync(`${source}.asc`, 'utf8') };
    const { result, of } = await prove(request({ signedSource }));
    expect(result.kind).toBe('verified');
    for (const id of ['size', 'sha256', 'sidecar', 'checksumDatabase', 'signedSource'] as const) {
      expect(of(id).state, id).toBe('passed');
    }
    expect(of('organisation').summary.key).toBe('proof.organisation.noKey');
  });

  it('is vouched for by its organisation where that key was added', async () => {
    const key = {
      fingerprint: lab.organisationFingerprint,
      name: 'Lab',
      armored: lab.organisationKeyring,
    };
    const organisationKeys = { list: () => Promise.resolve([key]) };
    const { of } = await prove(request({ namedMirror: true }), deps({ organisationKeys }));
    expect(of('organisation')).toMatchObject({
      state: 'passed',
      summary: { key: 'proof.organisation.passed' },
    });
  });

  it('is worth nothing under the production roots', async () => {
    const { result, of } = await prove(request(), deps({ trust: () => productionTrust }));
    expect(result.kind).toBe('refused');
    // The made release has the name of a real one and another hash: the pin sees it first.
    expect(of('pins').state).toBe('failed');
  });

  it('with a head by a stranger is refused', async () => {
    mirror.faults.set('/sumdb/*', { kind: 'forgedHead' });
    const { result, of } = await prove();
    expect(result.kind).toBe('refused');
    expect(of('checksumDatabase').evidence).toContainEqual({ id: 'reason', value: 'unsigned' });
  });

  it.each([
    ['a sign-in page', { kind: 'page' }],
    ['an error', { kind: 'status', status: 503 }],
    ['nothing there', { kind: 'status', status: 404 }],
    ['gone', { kind: 'status', status: 410 }],
  ] as const)('with %s for its log is incomplete', async (_name, fault) => {
    mirror.faults.set('/sumdb/*', fault);
    const { result, of } = await prove();
    expect(result).toMatchObject({ kind: 'incomplete' });
    expect(of('checksumDatabase').state).toBe('unavailable');
    expect(of('checksumDatabase').evidence.map(({ id }) => id)).toContain('h1');
  });

  it('with tampered tiles or records is refused', async () => {
    for (const path of ['/sumdb/*tile*', '/sumdb/*lookup*']) {
      mirror.faults.clear();
      mirror.faults.set(path, { kind: 'tampered' });
      const { result, of } = await prove();
      expect(result.kind, path).toBe('refused');
      expect(of('checksumDatabase').state).toBe('failed');
    }
  });

  it('with a web page for the sidecar passes without it', async () => {
    mirror.faults.set('/dl/*.sha256', { kind: 'page' });
    const { result, of } = await prove();
    expect(result.kind).toBe('verified');
    expect(of('sidecar').state).toBe('unavailable');
  });

  it('with another release under the same name is refused', async () => {
    const other = join(folder, 'dl', 'go1.26.7.windows-amd64.zip');
    const { result, of } = await prove(
      request({ file: { path: other, filename }, listed: null, accept: ['checksumDatabase'] }),
    );
    expect(result.kind).toBe('refused');
    expect(of('sidecar').state).toBe('failed');
  });
});

describe('a mirror whose newest releases are signed by a newer subkey', () => {
  const rotatedFolder = join(scratch, 'rotated');
  const state = join(scratch, 'state');
  const embedded = { kind: 'embedded' } as const;
  const source = join(rotatedFolder, 'dl', 'go1.27.0.src.tar.gz');
  let rotated: ServedMirror;
  let trusted: LabTrust;
  beforeAll(async () => {
    trusted = await buildMirror(rotatedFolder, {
      releases: [{ version: 'go1.27.0', time: '2026-08-18T21:24:23Z', archs: ['amd64'] }],
      level: 1,
      rotated: true,
    });
    rotated = await serveMirror(rotatedFolder);
  });
  afterEach(() => {
    rotated.faults.clear();
    rotated.requests.length = 0;
  });
  afterAll(() => rotated.close());

  const keyPath = '/linux/linux_signing_key.pub';
  const asksForKeys = () => rotated.requests.filter((line) => line === `GET ${keyPath}`).length;
  async function provedRotated() {
    const sources = nodeProofSources({ http, embedded: () => rotated.base });
    const signingKeys = googleKeys({ stateFolder: state, workers, sources });
    const kept = await signingKeys.kept(embedded);
    const roots = labTrust({
      checksumDatabase: { verifierKeys: [trusted.verifierKey], knownHead: null },
      openpgp: {
        keyring: `${trusted.keyring}\n${kept}`,
        primaryFingerprints: [trusted.primaryFingerprint],
      },
      pin: () => null,
    });
    return prove(
      request({
        file: { path: join(rotatedFolder, 'dl', filename), filename },
        listed: null,
        signedSource: { path: source, signature: readFileSync(`${source}.asc`, 'utf8') },
      }),
      deps({ sources, signingKeys, trust: trustBySource(roots) }),
    );
  }

  it('is not decided while its keys cannot be had', async () => {
    rotated.faults.set(keyPath, { kind: 'page' });
    const { result, of } = await provedRotated();
    expect(result.kind).toBe('verified');
    expect(of('signedSource')).toMatchObject({
      state: 'unavailable',
      summary: {
        key: 'proof.signature.keysUnavailable',
        params: { place: { key: 'ui.source.lab' } },
      },
    });
  });

  it('is refused where it offers another key', async () => {
    const other = join(scratch, 'other.asc');
    writeFileSync(other, lab.keyring);
    rotated.faults.set(keyPath, { kind: 'instead', path: other });
    const { result, of } = await provedRotated();
    expect(result.kind).toBe('refused');
    expect(of('signedSource').summary.key).toBe('proof.signature.keysNotPinned');
  });

  it('is proved with the keys that it publishes, and the second time without asking', async () => {
    const first = await provedRotated();
    expect(first.of('signedSource').state).toBe('passed');
    expect(asksForKeys()).toBe(1);
    const second = await provedRotated();
    expect(second.of('signedSource').state).toBe('passed');
    expect(asksForKeys()).toBe(1);
  });
});

it('the rows name the lab’s mirror and no address', async () => {
  const { result } = await prove();
  for (const { id, summary, evidence } of result.proofs) {
    for (const language of ['en', 'zh-CN'] as const) {
      expect(translate(language, summary), id).not.toContain('127.0.0.1');
      for (const { text } of evidence) {
        if (text !== undefined) expect(translate(language, text)).not.toContain('127.0.0.1');
      }
    }
    for (const item of evidence) {
      if (item.id === 'from' && String(item.value).startsWith('http')) {
        expect(item.text, id).toEqual({ key: 'ui.source.lab' });
      }
    }
  }
  const said = (id: ProofId, language: 'en' | 'zh-CN') =>
    result.proofs.filter((row) => row.id === id).map((row) => translate(language, row.summary));
  expect(said('sidecar', 'en')).toEqual(['Equal to the file on the lab’s mirror']);
  expect(said('sha256', 'en')).toEqual(['Equal to the list of the lab’s mirror']);
  expect(said('sha256', 'zh-CN')).toEqual(['与实验镜像的列表一致']);
});
