// What each proof may look at: the file, what was asked, and what was fetched beside it.
import type {
  Archives,
  HeadStore,
  OrganisationKey,
  ProofSources,
  SideText,
  RefreshedSigningKeys,
  Signatures,
  SigningKeys,
  FileDigest,
} from '../ports';
import type { ProofId, Source } from '../../shared/model';
import type { Artefact } from './artefact';
import type { LogAnswer } from './log/checksumLog';
import type { TrustRoots } from './trust';
import type { Manifest } from './verifiedRelease';

export interface VerifyDeps {
  readonly sources: ProofSources;
  readonly archives: Archives;
  readonly signatures: Signatures;
  readonly signingKeys: Pick<SigningKeys, 'refresh'>;
  /** Whose word counts for a source: see `trustBySource`. */
  readonly trust: (source: Source) => TrustRoots;
  readonly heads: HeadStore;
  readonly organisationKeys: { list(): Promise<readonly OrganisationKey[]> };
  /** The clock that `verifiedAt` is read from; the system's where it is left out. */
  readonly now?: () => Date;
}

export interface VerifyRequest {
  readonly file: {
    readonly path: string;
    readonly filename: string;
    /** Where its bytes came from, for the evidence. */
    readonly from?: string;
  };
  readonly source: Source;
  /** The entry of the source's list; null where no list is at hand. */
  readonly listed: { readonly sha256: string; readonly size: number } | null;
  /** Proofs that the settings require over and above the built-in policy. */
  readonly required: readonly ProofId[];
  /** Proofs whose absence the user accepted, told plainly. */
  readonly accept: readonly ProofId[];
  /** The source archive of the same version: a path, and the text of its `.asc`. */
  readonly signedSource: { readonly path: string; readonly signature: string } | null;
  /** The text of the file's own `.asc`, where it is at hand; else the source is asked. */
  readonly signature?: string;
  /** The user or the policy file named the mirror that `source` is. */
  readonly namedMirror: boolean;
}

/** One verification under way. */
export interface Proving {
  readonly request: VerifyRequest;
  readonly deps: VerifyDeps;
  readonly artefact: Artefact;
  readonly trust: TrustRoots;
  readonly digest: FileDigest;
  /** Read once and kept; each file hashed. @throws FailureError archive.* */
  readonly manifest: () => Promise<Manifest>;
  readonly fetched: Fetched;
  /** Google's keys as they are published now; asked for at the first call, once. */
  readonly newerKeys: () => Promise<RefreshedSigningKeys>;
  readonly signal: AbortSignal;
}

/** Asked for at the start, all at once; each is awaited where its row comes. Null where it is not asked for. */
export interface Fetched {
  readonly sidecar: Promise<SideText>;
  readonly log: Promise<LogAnswer> | null;
  readonly signature: Promise<SideText> | null;
  readonly sums: Promise<{ readonly sums: SideText; readonly signature: SideText }> | null;
}
