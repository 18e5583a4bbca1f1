// The whole ladder on the official go1.27.0, where it is at hand: real archives, real signatures, no network.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Proof, ProofId } from '../../shared/model';
import { buildLog, makeSigner, sumRecord } from '../lab/mirror/tlog';
import { nodeArchives } from '../node/archive/archives';
import { workerSignatures } from '../node/openpgp/signatures';
import { Workers } from '../node/worker/workers';
import { goMod, headsInMemory } from '../../../test/support/checksumLog';
import { signingKeysAway } from '../../../test/support/proving';
import { startTestWorker } from '../../../test/support/worker';
import { labTrust, productionTrust } from './trust';
import { isVerified } from './verifiedRelease';
import { verifyFile, verifyRelease, type VerifyDeps, type VerifyRequest } from './verify';

const folder = resolve('../shared/data/go-release');
const zip = resolve(folder, 'go1.27.0.windows-amd64.zip');
const source = resolve(folder, 'go1.27.0.src.tar.gz');
const missing = !existsSync(zip);
if (missing) console.log(`skipped: ${zip} is not there`);

const sha256 = 'f0c0a0d33ba94f4d2c5dbc887334ce678b21813504ddb3aafcb06e60a5a667c4';
const h1 = 'h1:8pPy8S91V30lOV1zo59ar/esoLpn5dkgbh/mo/EhWsc=';
const toolchainVersion = 'v0.0.1-go1.27.0.windows-amd64';

const workers = new Workers(startTestWorker);
afterAll(() => workers.close());

const away = { kind: 'unavailable', from: 'https://sum.golang.org/', cause: 'offline' } as const;
const offline: VerifyDeps['sources'] = {
  sidecar: () => Promise.resolve({ ...away, from: 'https://dl.google.com/go/' }),
  signature: () => Promise.resolve(away),
  sums: () => Promise.resolve(away),
  sumsSignature: () => Promise.resolve(away),
  signingKeys: () => Promise.resolve(away),
  checksumDatabase: () => Promise.resolve(away),
};

const deps = (parts: Partial<VerifyDeps> = {}): VerifyDeps => ({
  sources: offline,
  archives: nodeArchives(workers),
  signatures: workerSignatures(workers),
  signingKeys: signingKeysAway,
  trust: () => productionTrust,
  heads: headsInMemory(),
  organisationKeys: { list: () => Promise.resolve([]) },
  ...parts,
});

const request = (parts: Partial<VerifyRequest> = {}): VerifyRequest => ({
  file: { path: zip, filename: 'go1.27.0.windows-amd64.zip' },
  source: { kind: 'go.dev' },
  listed: { sha256, size: 78_924_880 },
  required: ['checksumDatabase'],
  accept: [],
  signedSource: null,
  namedMirror: false,
  ...parts,
});

const signed = () => ({
  path: source,
  signature: readFileSync(`${source}.asc`, 'utf8'),
});

const states = (proofs: readonly Proof[]): Record<ProofId, string> =>
  Object.fromEntries(proofs.map((proof) => [proof.id, proof.state])) as Record<ProofId, string>;

const evidence = (proofs: readonly Proof[], id: ProofId, name: string) =>
  proofs.find((proof) => proof.id === id)?.evidence.find((item) => item.id === name)?.value;

describe.skipIf(missing)('the official go1.27.0', () => {
  it('is verified offline by hash, pin and signed source, once the log is accepted as away', async () => {
    const all = request({ signedSource: signed(), accept: ['checksumDatabase'] });
    const result = await verifyRelease(all, deps(), () => undefined);
    expect(states(result.proofs)).toEqual({
      size: 'passed',
      sha256: 'passed',
      sidecar: 'unavailable',
      pins: 'passed',
      checksumDatabase: 'unavailable',
      openpgp: 'notPublished',
      signedSource: 'passed',
      organisation: 'notPublished',
      authenticode: 'notPublished',
    });
    expect(evidence(result.proofs, 'checksumDatabase', 'h1')).toBe(h1);
    expect(evidence(result.proofs, 'signedSource', 'equal')).toBe(12_011);
    expect(evidence(result.proofs, 'signedSource', 'generated')).toBe(6);
    expect(evidence(result.proofs, 'signedSource', 'fingerprint')).toBe(
      '0E225917414670F4442C250DFD533C07C264648F',
    );
    if (result.kind !== 'verified') throw new Error(result.kind);
    expect(isVerified(result.release)).toBe(true);
    expect(result.release).toMatchObject({ version: 'go1.27.0', arch: 'amd64', sha256, h1 });
    expect(result.release.manifest.size).toBe(15_636);
  });

  it('is not verified while nobody accepted that', async () => {
    const result = await verifyRelease(request(), deps(), () => undefined);
    expect(result).toMatchObject({
      kind: 'incomplete',
      acceptable: ['checksumDatabase'],
      failure: { code: 'proof.unavailable' },
    });
  });

  it('equals a record of its sum in a log', async () => {
    const signer = makeSigner('log.example');
    const log = buildLog([sumRecord('golang.org/toolchain', toolchainVersion, h1, goMod)], signer);
    const result = await verifyRelease(
      request({ source: { kind: 'embedded' } }),
      deps({
        trust: () =>
          labTrust({
            checksumDatabase: { verifierKeys: [signer.verifierKey], knownHead: null },
            openpgp: productionTrust.openpgp,
            pin: () => null,
          }),
        sources: {
          ...offline,
          checksumDatabase: (_source, path) => {
            const bytes = log.answer(path);
            return Promise.resolve(
              bytes === null
                ? { kind: 'notFound', from: path }
                : { kind: 'found', bytes, from: path },
            );
          },
        },
      }),
      () => undefined,
    );
    expect(result.kind).toBe('verified');
    expect(states(result.proofs).checksumDatabase).toBe('passed');
  });

  it('its source archive is verified by Google’s own signature', async () => {
    const verdict = await verifyFile(
      request({
        file: { path: source, filename: 'go1.27.0.src.tar.gz' },
        listed: {
          sha256: '7002403d7cc44529ef6d26f69a44818263395ead7c16c05a5808ae047ebeb0e5',
          size: 35_080_395,
        },
      }),
      deps({
        sources: {
          ...offline,
          signature: () =>
            Promise.resolve({ kind: 'found', text: signed().signature, from: 'folder' }),
        },
      }),
      () => undefined,
    );
    expect(verdict).toMatchObject({ verdict: 'verified', version: 'go1.27.0' });
    expect(states(verdict.proofs).openpgp).toBe('passed');
  });
});
