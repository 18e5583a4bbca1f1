// Proves a downloaded release with everything that is published for it. Where the checksum database cannot be reached,
// or the settings ask for it, the signed source archive is fetched too: it vouches for every file under `go/src`.
import type { World } from './world';
import { downloadRelease } from './downloadRelease';
import { isNamedMirror } from './source';
import { FailureError } from '../failureError';
import type { OnProgress } from '../ports';
import { verifyRelease, type VerifyDeps, type VerifyResult } from '../verify/verify';
import type { GoFile, Proof, ProofId, Settings, Source } from '../../shared/model';

export type ProvePorts = Pick<
  World,
  | 'archives'
  | 'catalogue'
  | 'clock'
  | 'downloads'
  | 'files'
  | 'heads'
  | 'keys'
  | 'machine'
  | 'proofSources'
  | 'signatures'
  | 'signingKeys'
  | 'trustFor'
>;

export interface ProveRequest {
  readonly source: Source;
  readonly file: GoFile;
  readonly path: string;
  readonly from: string;
  /** Null where the source's list has none. */
  readonly sourceArchive: GoFile | null;
  readonly settings: Pick<Settings, 'requiredProofs' | 'mirrorUrl'>;
  readonly accept: readonly ProofId[];
  /** From `signedSourceWanted`, where it was asked for while the download ran. */
  readonly wantsSource?: boolean;
}

export interface ProveObserver {
  proofs(rows: readonly Proof[]): void;
  /** The source archive is being fetched. */
  sourceProgress: OnProgress;
}

/** True where the signed source is needed. Asks the checksum database; never throws for a network that is away. */
export async function signedSourceWanted(
  ports: Pick<World, 'proofSources'>,
  request: Pick<ProveRequest, 'source' | 'sourceArchive' | 'settings'>,
  signal?: AbortSignal,
): Promise<boolean> {
  if (request.sourceArchive === null) return false;
  if (request.settings.requiredProofs.includes('signedSource')) return true;
  const answer = await ports.proofSources.checksumDatabase(request.source, '/latest', signal);
  return answer.kind === 'unavailable';
}

export async function proveRelease(
  ports: ProvePorts,
  request: ProveRequest,
  observer: ProveObserver,
  signal?: AbortSignal,
): Promise<VerifyResult> {
  const wants = request.wantsSource ?? (await signedSourceWanted(ports, request, signal));
  const signedSource = wants ? await fetchSource(ports, request, observer, signal) : null;
  const trust = await ports.trustFor(request.source);
  return verifyRelease(
    {
      file: { path: request.path, filename: request.file.filename, from: request.from },
      source: request.source,
      listed: { sha256: request.file.sha256, size: request.file.size },
      required: request.settings.requiredProofs,
      accept: request.accept,
      signedSource,
      namedMirror: isNamedMirror(request.source),
    },
    verifyDeps(ports, () => trust),
    (rows) => {
      observer.proofs(rows);
    },
    signal,
  );
}

export function verifyDeps(ports: ProvePorts, trust: VerifyDeps['trust']): VerifyDeps {
  return {
    sources: ports.proofSources,
    archives: ports.archives,
    signatures: ports.signatures,
    signingKeys: ports.signingKeys,
    trust,
    heads: ports.heads,
    organisationKeys: ports.keys,
    now: () => ports.clock.now(),
  };
}

/** Null where it cannot be had: then its row says so, and the policy decides. */
async function fetchSource(
  ports: ProvePorts,
  request: ProveRequest,
  observer: ProveObserver,
  signal?: AbortSignal,
): Promise<{ readonly path: string; readonly signature: string } | null> {
  const { source, sourceArchive } = request;
  if (sourceArchive === null) return null;
  const signature = await ports.proofSources.signature(source, sourceArchive.filename, signal);
  if (signature.kind !== 'found') return null;
  try {
    const file = await downloadRelease(
      ports,
      { source, file: sourceArchive, installRoot: null },
      observer.sourceProgress,
      signal,
    );
    return { path: file.path, signature: signature.text };
  } catch (error) {
    if (isOfNetwork(error)) return null;
    throw error;
  }
}

function isOfNetwork(error: unknown): boolean {
  return (
    error instanceof FailureError &&
    (error.failure.code.startsWith('network.') || error.failure.code.startsWith('download.'))
  );
}
