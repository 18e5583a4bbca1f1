// Judges the key that a signature names: pinned or not, strong, unrevoked, bound to its primary key, and valid at the
// time when the signature was made, as its newest self-signatures describe it. It does not look at what was signed.
import type { Config, Key, SignaturePacket, Subkey } from 'openpgp';
import type { SignatureAnswer, SignatureRefusal } from '../../ports';
import { fingerprintOf, weaknessOf } from './keyring';
import type { OpenPgp } from './load';

export interface Signer {
  readonly primary: Key;
  readonly signer: Key | Subkey;
}

/** Every copy of the key that the signature names: a newer copy may know of a revocation, an older one of a subkey. */
export function findSigners(keys: readonly Key[], packet: SignaturePacket): Signer[] {
  const issuer = packet.issuerFingerprint;
  return keys.flatMap((primary) =>
    primary
      .getKeys()
      .filter((signer) =>
        issuer === null
          ? signer.getKeyID().equals(packet.issuerKeyID)
          : fingerprintOf(signer) === hex(issuer),
      )
      .map((signer) => ({ primary, signer })),
  );
}

export type Refused = Extract<SignatureAnswer, { kind: 'refused' }>;
type Validity = { readonly kind: 'valid'; readonly expires: Date | null } | Refused;

/** One copy that is valid is enough, and one that is revoked is too many. */
export async function judgeCopies(
  copies: readonly Signer[],
  made: Date,
  now: Date,
  config: Config,
  openpgp: OpenPgp,
): Promise<(Extract<Validity, { kind: 'valid' }> & Signer) | Refused> {
  const judged = await Promise.all(
    copies.map(async (copy) => ({
      copy,
      validity: await judgeKey(copy.primary, copy.signer, made, now, config, openpgp),
    })),
  );
  const refusals: Refused[] = [];
  let valid: (Extract<Validity, { kind: 'valid' }> & Signer) | null = null;
  for (const { copy, validity } of judged) {
    if (validity.kind === 'refused') refusals.push(validity);
    else valid ??= { ...validity, ...copy };
  }
  const revoked = refusals.find(({ why }) => why === 'revoked');
  return revoked ?? valid ?? refusals[0] ?? refused('unknownKey', '');
}

async function judgeKey(
  primary: Key,
  signer: Key | Subkey,
  made: Date,
  now: Date,
  config: Config,
  openpgp: OpenPgp,
): Promise<Validity> {
  const weak = weaknessOf(primary, config, openpgp) ?? weaknessOf(signer, config, openpgp);
  if (weak !== null) return refused('weakKey', weak);
  // A revocation counts whenever it was made: who stole a key can also date a signature back.
  if (await isRevoked(primary, signer, now, config)) {
    return refused('revoked', fingerprintOf(signer));
  }
  if (made < signer.getCreationTime() || made < primary.getCreationTime()) {
    return refused('madeBeforeKey', signer.getCreationTime().toISOString());
  }
  const primaryEnd = await primary.getExpirationTime(undefined, config);
  const signerEnd = 'mainKey' in signer ? await signer.getExpirationTime(now, config) : primaryEnd;
  if (primaryEnd === null || signerEnd === null) {
    return refused('notForSigning', 'no valid self-signature');
  }
  for (const end of [primaryEnd, signerEnd]) {
    if (end instanceof Date && made >= end) return refused('madeAfterExpiry', end.toISOString());
  }
  const binding = await bindingFault(
    primary,
    signer,
    now,
    [primaryEnd, signerEnd],
    config,
    openpgp,
  );
  if (binding !== null) return refused('notForSigning', binding);
  return { kind: 'valid', expires: signerEnd instanceof Date ? signerEnd : null };
}

async function isRevoked(
  primary: Key,
  signer: Key | Subkey,
  now: Date,
  config: Config,
): Promise<boolean> {
  if (await primary.isRevoked(undefined, undefined, now, config)) return true;
  if (!('mainKey' in signer)) return false;
  for (const binding of signer.bindingSignatures) {
    if (await signer.isRevoked(binding, primary.keyPacket, now, config)) return true;
  }
  return false;
}

/** Null where the primary key vouches for the signing key and the signing key for being its subkey, both for signing. */
async function bindingFault(
  primary: Key,
  signer: Key | Subkey,
  now: Date,
  [primaryEnd, signerEnd]: readonly [Date | number, Date | number],
  config: Config,
  openpgp: OpenPgp,
): Promise<string | null> {
  try {
    const primaryAt = lastMoment(now, primaryEnd);
    if (!('mainKey' in signer)) {
      await primary.getSigningKey(primary.getKeyID(), primaryAt, undefined, config);
      return null;
    }
    await primary.verifyPrimaryKey(primaryAt, undefined, config);
    const binding = await signer.verify(lastMoment(now, signerEnd), config);
    const flags = binding.keyFlags?.[0] ?? 0;
    if ((flags & openpgp.enums.keyFlags.signData) === 0) return 'the subkey is not for signing';
    const back = binding.embeddedSignature;
    if (back === null) return 'the subkey does not name its primary key';
    await back.verify(
      signer.keyPacket,
      openpgp.enums.signature.keyBinding,
      { key: primary.keyPacket, bind: signer.keyPacket },
      now,
      false,
      config,
    );
    return null;
  } catch (error) {
    return textOf(error);
  }
}

/** Now, or the last second in which a key was valid: an expired key is judged as it was. */
function lastMoment(now: Date, end: Date | number): Date {
  return end instanceof Date && end <= now ? new Date(end.getTime() - 1000) : now;
}

export function refused(why: SignatureRefusal, detail: string): Refused {
  return { kind: 'refused', why, detail: detail.slice(0, 1000) };
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
