/** Why a signature does not count; each has its own sentence. */
export type SignatureRefusal =
  | 'noSignature'
  | 'unknownKey'
  | 'wrongPrimary'
  | 'revoked'
  | 'madeAfterExpiry'
  | 'madeBeforeKey'
  | 'madeInFuture'
  | 'signatureExpired'
  | 'notForSigning'
  | 'weakKey'
  | 'weakHash'
  | 'badSignature'
  | 'unreadable';

export type SignatureAnswer =
  | {
      readonly kind: 'good';
      /** Upper-case hex, as the signing key's. */
      readonly primaryFingerprint: string;
      readonly signingFingerprint: string;
      readonly userId: string;
      /** ISO 8601, UTC. */
      readonly madeAt: string;
      /** The signing key's end, if it has one. A signature made before it stays good. */
      readonly keyExpires: string | null;
    }
  | { readonly kind: 'refused'; readonly why: SignatureRefusal; readonly detail: string };

/** What was signed: a file, or a text that is at hand. */
export type Signed = { readonly path: string } | { readonly text: string };

export type SignatureRequest = Signed & {
  /** Armoured. */
  readonly signature: string;
  /** Armoured public keys; a file may hold several blocks. */
  readonly keyring: string;
  /** Upper-case hex fingerprints of the primary keys that may vouch. */
  readonly primaryFingerprints: readonly string[];
};

/** Detached OpenPGP signatures, checked off the main thread. */
export interface Signatures {
  /** @throws FailureError `disk.missing` where the signed file is not there, `cancelled`. A bad signature is an answer. */
  check(request: SignatureRequest, signal?: AbortSignal): Promise<SignatureAnswer>;
}

/** An organisation's key that an administrator added. */
export interface OrganisationKey {
  /** Of the primary key, upper-case hex. */
  readonly fingerprint: string;
  /** Its user id, for example "Contoso IT <it@contoso.example>". */
  readonly name: string;
  /** Armoured. */
  readonly armored: string;
}
