// Says what an armoured file holds before a person decides about it: whose keys, how strong, secret or not.
import type { Key } from 'openpgp';
import type { Handler } from '../worker/jobs';
import {
  armorBlocks,
  fingerprintOf,
  holdsSecretKey,
  readKeyring,
  strictConfig,
  weaknessOf,
} from './keyring';
import { loadOpenPgp, type OpenPgp } from './load';

export interface KeyFacts {
  /** Of the primary key, upper-case hex. */
  readonly fingerprint: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** ISO 8601, UTC; null where it has no end. */
  readonly expires: string | null;
  /** What makes it too weak; null for a strong one. */
  readonly weakness: string | null;
  readonly revoked: boolean;
  /** It has a self-signature that holds, expired or not. */
  readonly valid: boolean;
  /** The key alone, armoured afresh. */
  readonly armored: string;
}

export type Inspection =
  | { readonly kind: 'keys'; readonly keys: readonly KeyFacts[] }
  | { readonly kind: 'secret' }
  | { readonly kind: 'notAKey' };

declare module '../worker/jobs' {
  interface Jobs {
    'pgp.inspect': {
      input: {
        readonly armored: string;
        /** Earlier copies, which may know of signatures that the new ones lack; they are added to the same key. */
        readonly known?: string;
      };
      progress: never;
      output: Inspection;
    };
  }
}

export const inspectKeys: Handler<'pgp.inspect'> = async ({ armored, known = '' }) => {
  if (holdsSecretKey(armored)) return { kind: 'secret' };
  if (armorBlocks(armored).length === 0) return { kind: 'notAKey' };
  const openpgp = await loadOpenPgp();
  const keys = await readKeyring(openpgp, armored);
  if (keys.some((key) => key.isPrivate())) return { kind: 'secret' };
  if (keys.length === 0) return { kind: 'notAKey' };
  const earlier = await readKeyring(openpgp, known);
  const merged = await Promise.all(keys.map((key) => withWhatWasKnown(key, earlier, openpgp)));
  return { kind: 'keys', keys: await Promise.all(merged.map((key) => factsOf(key, openpgp))) };
};

async function withWhatWasKnown(key: Key, earlier: readonly Key[], openpgp: OpenPgp): Promise<Key> {
  const config = strictConfig(openpgp);
  let merged = key.toPublic();
  for (const copy of earlier) {
    if (fingerprintOf(copy) !== fingerprintOf(key)) continue;
    merged = await merged.update(copy.toPublic(), undefined, config);
  }
  return merged;
}

async function factsOf(key: Key, openpgp: OpenPgp): Promise<KeyFacts> {
  const config = strictConfig(openpgp);
  const expires = await key.getExpirationTime(undefined, config);
  return {
    fingerprint: fingerprintOf(key),
    name: (key.getUserIDs()[0] ?? '').slice(0, 256),
    created: key.getCreationTime().toISOString(),
    expires: expires instanceof Date ? expires.toISOString() : null,
    weakness: weaknessOf(key, config, openpgp),
    revoked: await key.isRevoked(undefined, undefined, new Date(), config),
    valid: expires !== null,
    armored: key.toPublic().armor(config),
  };
}
