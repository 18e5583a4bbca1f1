// Why an answer of the checksum database does not count. The one thing that this folder throws about what it reads.

/** Each has its sentence, `proof.checksumDatabase.refused.<why>`. */
export const logRefusals = [
  /** Not in the format of the database: text, tile or size. */
  'malformed',
  /** No signature by the key that is trusted. */
  'unsigned',
  /** A signature under the trusted key's name and hash that does not verify. */
  'badSignature',
  /** The record does not hash up to the signed root. */
  'notInTree',
  /** Two signed heads that are not the same history. */
  'forked',
  /** An older head than the last one seen, and no proof that they are the same history. */
  'stale',
  /** The authenticated record says nothing of this module and version. */
  'noSum',
  /** The authenticated record has more than one sum for it. */
  'manySums',
] as const;
export type LogRefusalReason = (typeof logRefusals)[number];

export class LogRefusal extends Error {
  override readonly name = 'LogRefusal';

  constructor(
    readonly why: LogRefusalReason,
    /** For the evidence and for support; never translated. */
    readonly detail: string,
  ) {
    super(`${why}: ${detail}`);
  }
}
