// Runs the ladder: one proof after the other in their fixed order, and a stop at the first that fails. It decides nothing
// about what is enough (`proofPolicy`) and makes no `VerifiedRelease` (`verify.ts`).
import { message, proofIds, type Failure, type Proof, type ProofId } from '../../shared/model';
import { FailureError } from '../failureError';
import type { FileDigest, RefreshedSigningKeys } from '../ports';
import type { Artefact } from './artefact';
import { checkChecksumDatabase } from './checksumDatabase';
import type { Fetched, Proving, VerifyDeps, VerifyRequest } from './context';
import { toolchainModule, toolchainVersion } from './h1';
import { plain, startLadder, type Finding } from './ladder';
import { lookUp } from './log/checksumLog';
import { checkOpenpgp } from './openpgpProof';
import { checkOrganisation } from './organisation';
import { checkPins } from './pinsProof';
import { checkSignedSource } from './signedSource';
import { checkSha256, checkSidecar, checkSize } from './transport';
import { isProductionTrust, type TrustRoots } from './trust';
import type { Manifest } from './verifiedRelease';

export interface Proved {
  readonly proofs: readonly Proof[];
  readonly digest: FileDigest;
  /** Null for files that are not an archive of a built release, and where a proof failed before it was opened. */
  readonly manifest: Manifest | null;
  /** Set where a proof failed for a reason with a failure of its own: an archive that breaks the rules. */
  readonly failure: Failure | null;
}

/**
 * @throws FailureError `disk.*`, `cancelled`: what says nothing about the file.
 * @throws TypeError where the lab's roots are used for anything but the lab's mirror: a mistake in the composition.
 */
export async function prove(
  request: VerifyRequest,
  artefact: Artefact,
  deps: VerifyDeps,
  onRows: (proofs: readonly Proof[]) => void,
  signal?: AbortSignal,
): Promise<Proved> {
  const trust = trustOf(request, deps);
  const ladder = startLadder(artefact, onRows);
  const ending = new AbortController();
  const end = (): void => ending.abort();
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted === true) end();
  try {
    const fetched = fetchBeside(request, artefact, trust, deps, ending.signal);
    const digest = await deps.archives.digest(request.file.path, undefined, ending.signal);
    let opened: Promise<Manifest> | null = null;
    let newer: Promise<RefreshedSigningKeys> | null = null;
    const proving: Proving = {
      request,
      deps,
      artefact,
      trust,
      digest,
      manifest: () => (opened ??= openArchive(request, artefact, deps, ending.signal)),
      fetched,
      newerKeys: () =>
        (newer ??= deps.signingKeys.refresh(
          request.source,
          trust.openpgp.primaryFingerprints,
          ending.signal,
        )),
      signal: ending.signal,
    };
    // In this order the archive is opened only once its hash and its pin were compared.
    for (const id of proofIds) {
      const failure = await climb(id, proving, ladder);
      if (failure === 'passed') continue;
      return { proofs: ladder.rows(), digest, manifest: null, failure: failure.failure };
    }
    const manifest = isBuilt(artefact) ? await proving.manifest() : null;
    return { proofs: ladder.rows(), digest, manifest, failure: null };
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}

async function climb(
  id: ProofId,
  proving: Proving,
  ladder: ReturnType<typeof startLadder>,
): Promise<'passed' | { readonly failure: Failure | null }> {
  try {
    if (id === 'checksumDatabase' && isBuilt(proving.artefact)) await proving.manifest();
    if (ladder.isSettled(id)) return 'passed';
    const finding = await look(id, proving, ladder.rows());
    ladder.set(id, finding);
    return finding.state === 'failed' ? { failure: null } : 'passed';
  } catch (error) {
    // An archive that breaks the rules is a finding about the file; anything else is not.
    if (!isArchiveRefusal(error)) throw error;
    ladder.set(id, {
      state: 'failed',
      summary: message(
        id === 'signedSource' ? 'proof.signedSource.archive' : 'proof.checksumDatabase.archive',
      ),
      evidence: [plain('reason', error.failure.code)],
    });
    return { failure: error.failure };
  }
}

async function look(id: ProofId, proving: Proving, rows: readonly Proof[]): Promise<Finding> {
  switch (id) {
    case 'size':
      return checkSize(proving);
    case 'sha256':
      return checkSha256(proving);
    case 'sidecar':
      return checkSidecar(proving);
    case 'pins':
      return checkPins(proving);
    case 'checksumDatabase':
      return checkChecksumDatabase(proving);
    case 'openpgp':
      return checkOpenpgp(proving);
    case 'signedSource':
      return checkSignedSource(proving, rows);
    case 'organisation':
      return checkOrganisation(proving);
    case 'authenticode':
      return { state: 'unavailable', summary: message('proof.authenticode.notHere') };
  }
}

/** Everything beside the file at once: the answers arrive while the file is hashed. */
function fetchBeside(
  { source, signature }: VerifyRequest,
  { filename, kind, version, platform }: Artefact,
  trust: TrustRoots,
  { sources, heads }: VerifyDeps,
  signal: AbortSignal,
): Fetched {
  const isTar = kind === 'tarGz' || kind === 'source';
  const isMirror = source.kind !== 'go.dev' && source.kind !== 'golang.google.cn';
  const log =
    platform === null || (kind !== 'zip' && kind !== 'tarGz')
      ? null
      : lookUp(
          toolchainModule,
          toolchainVersion(version, platform.os, platform.arch),
          trust.checksumDatabase,
          (path) => sources.checksumDatabase(source, path, signal),
          heads,
        );
  const fetched: Fetched = {
    sidecar: sources.sidecar(source, filename, signal),
    log,
    signature:
      isTar && signature === undefined ? sources.signature(source, filename, signal) : null,
    sums: isMirror
      ? Promise.all([sources.sums(source, signal), sources.sumsSignature(source, signal)]).then(
          ([sums, sumsSignature]) => ({ sums, signature: sumsSignature }),
        )
      : null,
  };
  // A proof that fails leaves later answers unread; each row that is reached still sees its own error.
  for (const answer of Object.values(fetched) as (Promise<unknown> | null)[]) {
    answer?.catch(() => undefined);
  }
  return fetched;
}

async function openArchive(
  { file }: VerifyRequest,
  { kind }: Artefact,
  { archives }: VerifyDeps,
  signal: AbortSignal,
): Promise<Manifest> {
  return kind === 'zip'
    ? archives.zipManifest(file.path, undefined, signal)
    : archives.tarManifest(file.path, undefined, signal);
}

function isBuilt({ kind }: Artefact): boolean {
  return kind === 'zip' || kind === 'tarGz';
}

function trustOf({ source }: VerifyRequest, deps: VerifyDeps): TrustRoots {
  const trust = deps.trust(source);
  const allowed = trust.kind === 'lab' ? source.kind === 'embedded' : isProductionTrust(trust);
  if (!allowed) throw new TypeError(`these roots of trust are not for ${source.kind}`);
  return trust;
}

function isArchiveRefusal(error: unknown): error is FailureError {
  return error instanceof FailureError && error.failure.code.startsWith('archive.');
}
