// OpenPGP keys and signatures for tests, real ones: also such as no honest program would make.
import type { PrivateKey, SecretKeyPacket, SecretSubkeyPacket } from 'openpgp';
import { loadOpenPgp } from '../../src/core/node/openpgp/load';

export interface Forged {
  /** ISO 8601: when the signature says that it was made. */
  readonly at: string;
  readonly hash?: 'sha512' | 'sha256' | 'sha224' | 'sha1' | 'md5' | 'ripemd';
  /** Signs as a text, not as bytes. */
  readonly asText?: boolean;
  /** Seconds after which the signature itself is no longer valid. */
  readonly lasts?: number;
}

/** A signature by exactly this key packet at exactly this time: no rule of the library is asked. */
export async function forge(
  signer: SecretKeyPacket | SecretSubkeyPacket,
  content: string | Uint8Array,
  { at, hash = 'sha512', asText = false, lasts }: Forged,
): Promise<string> {
  const openpgp = await loadOpenPgp();
  const packet = await forgedPacket(signer, content, {
    at,
    hash,
    asText,
    ...(lasts === undefined ? {} : { lasts }),
  });
  const list = new openpgp.PacketList();
  list.push(packet);
  return openpgp.armor(openpgp.enums.armor.signature, list.write());
}

/** Several signatures in one armour block. */
export async function joined(...armored: readonly string[]): Promise<string> {
  const openpgp = await loadOpenPgp();
  const list = new openpgp.PacketList();
  for (const armoredSignature of armored) {
    const { packets } = await openpgp.readSignature({ armoredSignature });
    for (const packet of packets) list.push(packet);
  }
  return openpgp.armor(openpgp.enums.armor.signature, list.write());
}

export interface KeyPlan {
  /** ISO 8601 */
  readonly made: string;
  readonly name?: string;
  /** Seconds; the primary key has no end where it is left out. */
  readonly lasts?: number;
  /** Seconds, of a subkey that signs. Without it the primary key signs. */
  readonly subkeyLasts?: number;
  readonly rsaBits?: number;
  /** With `rsaBits`: a subkey that encrypts, and could sign if one let it. */
  readonly withEncryptionSubkey?: boolean;
  /** Of RFC 9580, with Ed25519 and salted signatures. */
  readonly version6?: boolean;
}

export async function makeKey(plan: KeyPlan): Promise<PrivateKey> {
  const openpgp = await loadOpenPgp();
  const subkeys = [
    ...(plan.subkeyLasts === undefined
      ? []
      : [{ sign: true, keyExpirationTime: plan.subkeyLasts }]),
    ...(plan.withEncryptionSubkey === true ? [{}] : []),
  ];
  const common = {
    userIDs: [{ name: plan.name ?? 'Contoso IT', email: 'it@contoso.example' }],
    date: new Date(plan.made),
    keyExpirationTime: plan.lasts ?? 0,
    subkeys,
    format: 'object' as const,
    config: { minRSABits: 1024, v6Keys: plan.version6 === true },
  };
  const { privateKey } =
    plan.rsaBits === undefined
      ? await openpgp.generateKey({
          type: plan.version6 === true ? 'curve25519' : 'ecc',
          ...common,
        })
      : await openpgp.generateKey({ type: 'rsa', rsaBits: plan.rsaBits, ...common });
  return privateKey;
}

export const subkeyOf = (key: PrivateKey): SecretSubkeyPacket =>
  key.subkeys[0]?.keyPacket as SecretSubkeyPacket;
export const primaryOf = (key: PrivateKey): SecretKeyPacket => key.keyPacket as SecretKeyPacket;
export const publicOf = (key: PrivateKey): string => key.toPublic().armor();
export const fingerprint = (key: PrivateKey): string => key.getFingerprint().toUpperCase();

async function forgedPacket(
  signer: SecretKeyPacket | SecretSubkeyPacket,
  content: string | Uint8Array,
  { at, hash, asText, lasts }: Required<Omit<Forged, 'lasts'>> & Pick<Forged, 'lasts'>,
) {
  const openpgp = await loadOpenPgp();
  const packet = new openpgp.SignaturePacket();
  const { signature, hash: hashes } = openpgp.enums;
  packet.signatureType = asText ? signature.text : signature.binary;
  packet.publicKeyAlgorithm = signer.algorithm;
  packet.hashAlgorithm = hashes[hash];
  if (lasts !== undefined) {
    packet.signatureNeverExpires = false;
    packet.signatureExpirationTime = lasts;
  }
  const message =
    asText && typeof content === 'string'
      ? await openpgp.createMessage({ text: content })
      : await openpgp.createMessage({ binary: Buffer.from(content) });
  const literal = message.packets.findPacket(openpgp.enums.packet.literalData);
  // The library's own declaration lacks the last parameter, which it cannot do without.
  const sign = packet.sign.bind(packet) as (...parts: readonly unknown[]) => Promise<void>;
  if (signer.version === 6) packet.version = 6;
  const config = { ...openpgp.config, nonDeterministicSignaturesViaNotation: false };
  await sign(signer, literal, new Date(at), true, config);
  return packet;
}
