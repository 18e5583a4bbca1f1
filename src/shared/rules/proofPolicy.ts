// Which proofs are enough. The rule: a hash of the whole file, one proof that is independent of where the file came
// from, the checksum database from Go 1.21 on, and whatever the settings ask for besides. A failed proof is never enough.
import type { ProofId, ProofState, Verdict } from '../model/proof';
import { compareGoVersions, parseGoVersion } from './goVersion';

export interface PolicyInput {
  readonly proofs: readonly { readonly id: ProofId; readonly state: ProofState }[];
  /** "go1.27.0" */
  readonly version: string;
  /** A zip or tar.gz of a build, not sources and not an installer: what the checksum database can have a record of. */
  readonly isBuild: boolean;
  /** What the settings ask for over and above the rule. */
  readonly required: readonly ProofId[];
  /** Proofs whose absence the user accepted, told plainly. */
  readonly accepted: readonly ProofId[];
  /** The user or the policy file named the organisation's mirror that this file comes from. */
  readonly namedMirror: boolean;
}

export interface PolicyDecision {
  readonly verdict: Verdict;
  /** What is still asked for. Empty when verified; for a refusal, the proofs that failed. */
  readonly missing: readonly (ProofId | 'hash' | 'independent')[];
  /** Proofs whose absence alone stands in the way: accepting all of them makes the verdict `verified`. */
  readonly acceptable: readonly ProofId[];
}

/** The first version whose Windows zip is made from the same files as its record in the checksum database. */
export const firstRecorded = 'go1.21rc1';

/** True where the checksum database can vouch for a release. A version that cannot be read counts as new. */
export function isRecorded(version: string): boolean {
  return parseGoVersion(version) === null || compareGoVersions(version, firstRecorded) >= 0;
}

/** Proofs that say something of every byte of the file. */
const coversFile: readonly ProofId[] = ['sha256', 'sidecar', 'pins', 'openpgp', 'organisation'];

/**
 * Proofs whose word does not come from the place that the file came from. The list's SHA-256 and the `.sha256` file are
 * one trust domain, the transport, and are not among them.
 */
const independentOfSource: readonly ProofId[] = [
  'pins',
  'checksumDatabase',
  'openpgp',
  'signedSource',
  'organisation',
];

export function decideProofs(input: PolicyInput): PolicyDecision {
  const failed = input.proofs.filter(({ state }) => state === 'failed').map(({ id }) => id);
  if (failed.length > 0) return { verdict: 'refused', missing: failed, acceptable: [] };

  const missing = whatIsMissing(input, input.accepted);
  if (missing.length === 0) return { verdict: 'verified', missing, acceptable: [] };

  const absent = missing.filter((id) => isProof(id) && mayBeAccepted(input, id)) as ProofId[];
  const enough = whatIsMissing(input, [...input.accepted, ...absent]).length === 0;
  return { verdict: 'incomplete', missing, acceptable: enough ? absent : [] };
}

function whatIsMissing(
  input: PolicyInput,
  accepted: readonly ProofId[],
): (ProofId | 'hash' | 'independent')[] {
  const counts = (id: ProofId): boolean =>
    stateOf(input, id) === 'passed' && (id !== 'organisation' || input.namedMirror);
  const missing: (ProofId | 'hash' | 'independent')[] = [];
  if (!coversFile.some(counts)) missing.push('hash');
  if (!independentOfSource.some(counts)) missing.push('independent');
  for (const id of requiredProofs(input)) {
    if (counts(id) || (accepted.includes(id) && mayBeAccepted(input, id))) continue;
    missing.push(id);
  }
  return missing;
}

function requiredProofs({ version, isBuild, required }: PolicyInput): readonly ProofId[] {
  const asked = new Set(required);
  if (isBuild && isRecorded(version)) asked.add('checksumDatabase');
  else asked.delete('checksumDatabase');
  return [...asked];
}

/** Only the absence of a proof can be accepted, never that it failed or was not looked at. */
function mayBeAccepted(input: PolicyInput, id: ProofId): boolean {
  const state = stateOf(input, id);
  return state === 'unavailable' || state === 'notPublished';
}

function stateOf(input: PolicyInput, id: ProofId): ProofState {
  return input.proofs.find((proof) => proof.id === id)?.state ?? 'notChecked';
}

function isProof(id: ProofId | 'hash' | 'independent'): id is ProofId {
  return id !== 'hash' && id !== 'independent';
}
