// A release that exists nowhere, and everything that a verification asks for, as answers that a test sets.
import type { Archives, ProofSources, SideText, Signatures } from '../../src/core/ports';
import { FailureError } from '../../src/core/failureError';
import type { Proof, ProofId } from '../../src/shared/model';
import { h1OfManifest } from '../../src/core/verify/h1';
import { labTrust, type TrustRoots } from '../../src/core/verify/trust';
import type { Manifest } from '../../src/core/verify/verifiedRelease';
import { verifyRelease, type VerifyDeps, type VerifyRequest } from '../../src/core/verify/verify';
import { buildLog, makeSigner, sumRecord, type BuiltLog } from '../../src/core/lab/mirror/tlog';
import { goMod, headsInMemory, toolchain } from './checksumLog';

const hash = (digit: string): string => digit.repeat(64);
const entry = (digit: string) => ({ sha256: hash(digit), size: 10 });

export const release = {
  filename: 'go1.27.0.windows-amd64.zip',
  version: 'go1.27.0',
  sha256: hash('a'),
  size: 100,
  manifest: new Map([
    ['VERSION', entry('1')],
    ['src/a.go', entry('2')],
    ['src/b/b.go', entry('3')],
    ['src/go.mod', entry('4')],
    ['src/internal/buildcfg/zbootstrap.go', entry('5')],
    ['bin/go.exe', entry('6')],
    ['test/x.go', entry('7')],
  ]) as Manifest,
  source: new Map([
    ['VERSION', entry('1')],
    ['src/a.go', entry('2')],
    ['src/b/b.go', entry('3')],
    ['src/go.mod', entry('4')],
    ['test/x.go', entry('8')],
  ]) as Manifest,
} as const;

export const { h1 } = h1OfManifest(release.manifest, release.version, 'windows', 'amd64');

const signer = makeSigner('log.example');
export const logWith = (sum: string): BuiltLog =>
  buildLog(
    [
      sumRecord('example.org/x', 'v1.0.0', goMod, goMod),
      sumRecord(toolchain, 'v0.0.1-go1.27.0.windows-amd64', sum, goMod),
    ],
    signer,
  );

export const trust: TrustRoots = labTrust({
  checksumDatabase: { verifierKeys: [signer.verifierKey], knownHead: null },
  openpgp: { keyring: 'google', primaryFingerprints: ['GOOGLE'] },
  pin: (name) =>
    name === release.filename ? { sha256: release.sha256, date: '2026-08-19' } : null,
});

export const found = (text: string): SideText => ({
  kind: 'found',
  text,
  from: 'https://m.example/go/f',
});
export const side = (kind: 'notPublished' | 'unavailable' | 'unusable'): SideText =>
  kind === 'notPublished'
    ? { kind, from: 'https://m.example/go/f' }
    : { kind, from: 'https://m.example/go/f', cause: 'text/html' };

export function sources(parts: {
  sidecar?: SideText;
  signature?: SideText;
  sums?: SideText;
  sumsSignature?: SideText;
  signingKeys?: SideText;
  log?: BuiltLog | 'away';
}): ProofSources {
  const { log = logWith(h1) } = parts;
  return {
    sidecar: () => Promise.resolve(parts.sidecar ?? found(release.sha256)),
    signature: () => Promise.resolve(parts.signature ?? side('notPublished')),
    sums: () => Promise.resolve(parts.sums ?? side('notPublished')),
    sumsSignature: () => Promise.resolve(parts.sumsSignature ?? side('notPublished')),
    signingKeys: () => Promise.resolve(parts.signingKeys ?? side('unavailable')),
    checksumDatabase: (_source, path) => {
      const from = `https://m.example/sumdb${path}`;
      if (log === 'away') return Promise.resolve({ kind: 'unavailable', from, cause: 'offline' });
      const bytes = log.answer(path);
      return Promise.resolve(
        bytes === null ? { kind: 'notFound', from } : { kind: 'found', bytes, from },
      );
    },
  };
}

export function archives(
  parts: {
    sha256?: string;
    size?: number;
    zip?: Manifest | FailureError;
    tar?: Manifest | FailureError;
  } = {},
): Archives & { readonly opened: string[] } {
  const opened: string[] = [];
  const open = (path: string, manifest: Manifest | FailureError): Promise<Manifest> => {
    opened.push(path);
    return manifest instanceof FailureError ? Promise.reject(manifest) : Promise.resolve(manifest);
  };
  return {
    opened,
    digest: () =>
      Promise.resolve({ sha256: parts.sha256 ?? release.sha256, size: parts.size ?? release.size }),
    zipManifest: (path) => open(path, parts.zip ?? release.manifest),
    tarManifest: (path) => open(path, parts.tar ?? release.source),
    treeManifest: () => Promise.reject(new Error('not asked for')),
  };
}

/** Signatures as a key's owner would make them: "good by <FINGERPRINT>". */
export const signatures: Signatures = {
  check: ({ signature, primaryFingerprints }) => {
    const by = /^good by (\w+)$/.exec(signature)?.[1];
    if (by === undefined) {
      return Promise.resolve({ kind: 'refused', why: 'badSignature', detail: 'differs' });
    }
    if (!primaryFingerprints.includes(by)) {
      return Promise.resolve({ kind: 'refused', why: 'unknownKey', detail: by });
    }
    return Promise.resolve({
      kind: 'good',
      primaryFingerprint: by,
      signingFingerprint: `${by}SUB`,
      userId: `${by} <keys@example.org>`,
      madeAt: '2026-08-18T22:11:00.000Z',
      keyExpires: null,
    });
  },
};

/** Nothing newer is known: the answer of a computer that is offline. */
export const signingKeysAway: VerifyDeps['signingKeys'] = {
  refresh: () =>
    Promise.resolve({
      kind: 'unavailable',
      from: 'https://dl.google.com/linux/linux_signing_key.pub',
      cause: 'offline',
    }),
};

export const deps = (parts: Partial<VerifyDeps> = {}): VerifyDeps => ({
  sources: sources({}),
  archives: archives(),
  signatures,
  signingKeys: signingKeysAway,
  trust: () => trust,
  heads: headsInMemory(),
  organisationKeys: { list: () => Promise.resolve([]) },
  now: () => new Date('2026-11-24T00:00:00Z'),
  ...parts,
});

export const request = (parts: Partial<VerifyRequest> = {}): VerifyRequest => ({
  file: { path: '/d/file.zip', filename: release.filename },
  source: { kind: 'embedded' },
  listed: { sha256: release.sha256, size: release.size },
  required: [],
  accept: [],
  signedSource: null,
  namedMirror: false,
  ...parts,
});

/** The whole ladder, with every push of rows and the state of each. */
export async function prove(asked: VerifyRequest = request(), given: VerifyDeps = deps()) {
  const pushed: (readonly Proof[])[] = [];
  const result = await verifyRelease(asked, given, (rows) => pushed.push(rows));
  const states = Object.fromEntries(result.proofs.map(({ id, state }) => [id, state]));
  return { result, states: states as Record<ProofId, string>, pushed };
}

export const row = (proofs: readonly Proof[], id: ProofId): Proof => {
  const proof = proofs.find((candidate) => candidate.id === id);
  if (proof === undefined) throw new Error(id);
  return proof;
};
