// Public keys read from armoured text, and the rules that a key must meet before anything that it signed counts.
import type { Config, Key, Subkey } from 'openpgp';
import type { OpenPgp } from './load';

/** The rules of the library, tightened: no DSA or ElGamal, RSA from 2048 bits. The hash is judged in `digest.ts`. */
export function strictConfig({ config, enums }: OpenPgp): Config {
  return {
    ...config,
    minRSABits: 2048,
    rejectPublicKeyAlgorithms: new Set([enums.publicKey.elgamal, enums.publicKey.dsa]),
    rejectCurves: new Set([enums.curve.secp256k1]),
  };
}

/** Bytes of armour that are looked at. Google's bundle has some 17 kB, a crowded organisation's key some 100. */
const largestKeyring = 2 * 1024 * 1024;

/**
 * Every key in every armour block of `armored`. Blocks that cannot be read are left out: a key that is not there
 * vouches for nothing.
 */
export async function readKeyring(openpgp: OpenPgp, armored: string): Promise<Key[]> {
  if (armored.length > largestKeyring) return [];
  const keys: Key[] = [];
  for (const block of armorBlocks(armored)) {
    try {
      keys.push(...(await openpgp.readKeys({ armoredKeys: block })));
    } catch {
      // Not a key, or a kind of key that the library does not know.
    }
  }
  return keys;
}

/** The armour blocks of one kind of a text, whatever stands around them. */
export function armorBlocks(text: string): string[] {
  return text.match(publicKeyBlock) ?? [];
}

export function holdsSecretKey(text: string): boolean {
  return text.includes('-----BEGIN PGP PRIVATE KEY BLOCK-----');
}

/** Upper case, as people compare fingerprints. */
export function fingerprintOf(key: Pick<Key | Subkey, 'getFingerprint'>): string {
  return key.getFingerprint().toUpperCase();
}

/** What makes a key too weak, for the details, or null for one that is strong enough. */
export function weaknessOf(key: Key | Subkey, config: Config, openpgp: OpenPgp): string | null {
  const { algorithm, bits, curve } = key.getAlgorithmInfo();
  if (config.rejectPublicKeyAlgorithms.has(openpgp.enums.publicKey[algorithm])) return algorithm;
  if (bits !== undefined && bits < config.minRSABits) return `${algorithm}, ${String(bits)} bits`;
  return curve === 'secp256k1' ? curve : null;
}

const publicKeyBlock =
  /-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g;
