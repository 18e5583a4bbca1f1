// Promise 1: nothing unproved is installed. `verifyRelease` is the one maker of a `VerifiedRelease`; it makes one only
// when no proof failed and the policy is met. `verifyFile` says the same of a loose file and makes none.
import type { Failure, NextStep, Proof, ProofId, Verdict } from '../../shared/model';
import { decideProofs, type PolicyDecision } from '../../shared/rules/proofPolicy';
import { FailureError } from '../failureError';
import { artefactOf, type Artefact } from './artefact';
import type { VerifyDeps, VerifyRequest } from './context';
import { keysNotPinned, keysUnavailable } from './googleSignature';
import { h1OfManifest } from './h1';
import { prove, type Proved } from './prove';
import { sealVerified } from './sealVerified';
import type { VerifiedRelease } from './verifiedRelease';

export type { VerifyDeps, VerifyRequest } from './context';

export type VerifyResult =
  | {
      readonly kind: 'verified';
      readonly release: VerifiedRelease;
      readonly proofs: readonly Proof[];
    }
  | {
      /** `refused`: a proof failed. `incomplete`: nothing failed, and it is not enough. */
      readonly kind: 'refused' | 'incomplete';
      readonly proofs: readonly Proof[];
      readonly failure: Failure;
      /** Proofs whose absence alone stands in the way: with all of them in `accept` the file is verified. */
      readonly acceptable: readonly ProofId[];
    };

/** What was found about a file that is not going to be installed. */
export interface FileVerdict {
  readonly verdict: Verdict;
  readonly version: string;
  /** The name that Go gives the file. */
  readonly filename: string;
  readonly proofs: readonly Proof[];
  /** Null when verified. */
  readonly failure: Failure | null;
  readonly acceptable: readonly ProofId[];
}

/**
 * Proves a built release (a zip or a tar.gz).
 * @param onRows gets all rows in the order of `proofIds`, at the start and whenever one changed.
 * @throws FailureError `disk.*`, `cancelled`, and `proof.unknownVersion` for a name that no release has.
 */
export async function verifyRelease(
  request: VerifyRequest,
  deps: VerifyDeps,
  onRows: (proofs: readonly Proof[]) => void,
  signal?: AbortSignal,
): Promise<VerifyResult> {
  const artefact = artefactOf(request.file.filename);
  const platform = artefact?.platform ?? null;
  if (artefact === null || platform === null) throw unknownVersion(request.file.filename);
  const { proved, decision } = await judge(request, artefact, deps, onRows, signal);
  const { proofs, manifest, digest } = proved;
  if (decision.verdict !== 'verified') {
    return { kind: decision.verdict, proofs, ...stopped(request, artefact, proved, decision) };
  }
  if (manifest === null) throw unknownVersion(request.file.filename);
  const { version, filename } = artefact;
  const release = sealVerified({
    version,
    ...platform,
    filename,
    archive: request.file.path,
    sha256: digest.sha256,
    size: digest.size,
    h1: h1OfManifest(manifest, version, platform.os, platform.arch).h1,
    manifest,
    proofs,
    verifiedAt: (deps.now?.() ?? new Date()).toISOString(),
  });
  return { kind: 'verified', release, proofs };
}

export type FileRequest = VerifyRequest & {
  /** "go1.27.0" or "1.27.0", where the file's name does not say; taken for a Windows zip for `arch`. */
  readonly version?: string | undefined;
  readonly arch?: 'amd64' | 'arm64' | '386';
};

/**
 * Proves any release file, also an archive of sources or an installer.
 * @throws FailureError as `verifyRelease`.
 */
export async function verifyFile(
  request: FileRequest,
  deps: VerifyDeps,
  onRows: (proofs: readonly Proof[]) => void,
  signal?: AbortSignal,
): Promise<FileVerdict> {
  const artefact = artefactOfFile(request);
  const { proved, decision } = await judge(request, artefact, deps, onRows, signal);
  const { version, filename } = artefact;
  const said = { verdict: decision.verdict, version, filename, proofs: proved.proofs };
  return decision.verdict === 'verified'
    ? { ...said, failure: null, acceptable: [] }
    : { ...said, ...stopped(request, artefact, proved, decision) };
}

async function judge(
  request: VerifyRequest,
  artefact: Artefact,
  deps: VerifyDeps,
  onRows: (proofs: readonly Proof[]) => void,
  signal: AbortSignal | undefined,
): Promise<{ proved: Proved; decision: PolicyDecision }> {
  const proved = await prove(request, artefact, deps, onRows, signal);
  const { required, accept: accepted, namedMirror } = request;
  const { version, kind } = artefact;
  const decision = decideProofs({
    proofs: proved.proofs,
    version,
    required,
    accepted,
    namedMirror,
    isBuild: kind === 'zip' || kind === 'tarGz',
  });
  return { proved, decision };
}

/** The name in the file's own right, else the one that the given version has. */
function artefactOfFile({ file, version, arch = 'amd64' }: FileRequest): Artefact {
  const named = artefactOf(file.filename);
  if (version === undefined) {
    if (named === null) throw unknownVersion(file.filename);
    return named;
  }
  const wanted = version.startsWith('go') ? version : `go${version}`;
  const suffix = named?.filename.slice(named.version.length) ?? `.windows-${arch}.zip`;
  const artefact = artefactOf(`${wanted}${suffix}`);
  if (artefact === null) throw unknownVersion(version);
  return artefact;
}

function stopped(
  request: VerifyRequest,
  artefact: Artefact,
  proved: Proved,
  decision: PolicyDecision,
): { failure: Failure; acceptable: readonly ProofId[] } {
  const { acceptable } = decision;
  if (decision.verdict === 'refused') {
    return { failure: proved.failure ?? failed(request, artefact, proved.proofs), acceptable: [] };
  }
  const details = [
    { id: 'file', value: request.file.path },
    { id: 'missing', value: decision.missing.join(', ') },
  ];
  const first: readonly NextStep[] = proved.proofs.some((row) => reasonOf(row) === keysUnavailable)
    ? ['checkNetwork']
    : [];
  const { failure } =
    acceptable.length > 0
      ? new FailureError('proof.unavailable', {
          params: { file: artefact.filename, proof: acceptable.join(', ') },
          next: [...first, 'retry', 'acceptUnavailable'],
          details,
        })
      : new FailureError('proof.notEnough', {
          params: { file: artefact.filename },
          next: [...first, 'retry', 'chooseOtherSource'],
          details,
        });
  return { failure, acceptable };
}

function failed(request: VerifyRequest, artefact: Artefact, proofs: readonly Proof[]): Failure {
  const row = proofs.find(({ state }) => state === 'failed');
  const elsewhere: NextStep = request.source.kind === 'go.dev' ? 'chooseOtherSource' : 'tryGoDev';
  return new FailureError('proof.failed', {
    params: { file: artefact.filename, proof: row?.id ?? '' },
    // Whoever offers another's key stands between this computer and Google: the file itself may be whole.
    next:
      row !== undefined && reasonOf(row) === keysNotPinned
        ? ['retry', 'askAdministrator']
        : ['deleteAndDownloadAgain', elsewhere],
    details: [
      { id: 'file', value: request.file.path },
      { id: 'proof', value: row?.id ?? '' },
      ...(row?.evidence ?? [])
        .filter(({ id }) => id === 'expected' || id === 'actual' || id === 'reason')
        .map(({ id, value }) => ({ id, value: String(value) })),
    ],
  }).failure;
}

function reasonOf({ evidence }: Proof): string {
  return String(evidence.find(({ id }) => id === 'reason')?.value ?? '');
}

function unknownVersion(filename: string): FailureError {
  return new FailureError('proof.unknownVersion', { params: { file: filename.slice(0, 256) } });
}
