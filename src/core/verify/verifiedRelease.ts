// The type-state of promise 1: only `verify()` in this folder makes a `VerifiedRelease`, and only a `VerifiedRelease`
// can be installed. `isVerified` is the same check at run time: a look-alike object does not pass it.
import type { MachineArch, MachineOs, Proof } from '../../shared/model';
import { isSealed } from './sealVerified';

/** Path below `go/` with forward slashes → SHA-256 of the content (64 hex digits) and its length in bytes. */
export type Manifest = ReadonlyMap<string, { readonly sha256: string; readonly size: number }>;

declare const proved: unique symbol;

export interface VerifiedRelease {
  readonly [proved]: true;
  /** "go1.27.0" */
  readonly version: string;
  readonly os: MachineOs;
  readonly arch: MachineArch;
  readonly filename: string;
  /** Absolute path of the file that was proved. */
  readonly archive: string;
  readonly sha256: string;
  readonly size: number;
  readonly h1: string;
  readonly manifest: Manifest;
  readonly proofs: readonly Proof[];
  /** ISO 8601, UTC. */
  readonly verifiedAt: string;
}

export type VerifiedParts = Omit<VerifiedRelease, typeof proved>;

/** False for anything that `verify()` did not make in this process. */
export function isVerified(candidate: object): candidate is VerifiedRelease {
  return isSealed(candidate);
}
