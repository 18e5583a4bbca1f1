/** Why a signature does not count; each has its own sentence. */
export type SignatureRefusal =
  | 'noSignature'
  | 'unknownKey'
  | 'wrongPrimary'
  | 'revoked'
  | 'madeAfterExpiry'
  | 'madeBeforeKey'
  | 'weakKey'
  | 'weakHash'
  | 'badSignature'
  | 'unreadable';

export type SignatureAnswer =
  | {
      readonly kind: 'good';
      readonly primaryFingerprint: string;
      readonly signingFingerprint: string;
      readonly userId: string;
      /** ISO 8601, UTC. */
      readonly madeAt: string;
      /** The signing key's end, if it has one. A signature made before it stays good. */
      readonly keyExpires: string | null;
    }
  | { readonly kind: 'refused'; readonly why: SignatureRefusal; readonly detail: string };

/** Detached OpenPGP signatures over files, checked off the main thread. */
export interface Signatures {
  check(
    request: {
      readonly path: string;
      /** Armoured. */
      readonly signature: string;
      /** Armoured public keys; a file may hold several blocks. */
      readonly keyring: string;
      /** Upper-case hex fingerprints of the primary keys that may vouch. */
      readonly primaryFingerprints: readonly string[];
    },
    signal?: AbortSignal,
  ): Promise<SignatureAnswer>;
}
