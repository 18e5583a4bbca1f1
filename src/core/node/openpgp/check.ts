// Checks a detached signature: first all that needs no reading (who, when, how strong), then the file itself, streamed.
// A bad signature is an answer, never an exception; a file that cannot be read is one.
import type { Config, Key, SignaturePacket, Subkey } from 'openpgp';
import type { SignatureAnswer, SignatureRequest, Signed } from '../../ports';
import type { Handler } from '../worker/jobs';
import { digestSigned, isHashable, strongHash, type Hash } from './digest';
import { findSigners, hex, judgeCopies, refused, textOf } from './judgeKey';
import { fingerprintOf, readKeyring, strictConfig } from './keyring';
import { loadOpenPgp, type OpenPgp } from './load';

declare module '../worker/jobs' {
  interface Jobs {
    'pgp.check': {
      /** `now`: milliseconds since 1970, for tests; the clock where it is left out. */
      input: SignatureRequest & { readonly now?: number };
      progress: never;
      output: SignatureAnswer;
    };
  }
}

export const checkSignature: Handler<'pgp.check'> = async (input, { signal }) => {
  const openpgp = await loadOpenPgp();
  const keys = await readKeyring(openpgp, input.keyring);
  const packets = await readPackets(openpgp, input.signature);
  if (packets === null) return refused('unreadable', 'the signature is not OpenPGP armour');
  let answer = refused('noSignature', 'the armour holds no signature');
  for (const packet of packets) {
    // Several signatures: one good one is enough, else the first one's reason is given.
    const next = await checkPacket({
      openpgp,
      keys,
      packet,
      signed: input,
      pinned: input.primaryFingerprints,
      now: input.now === undefined ? new Date() : new Date(input.now),
      signal,
    });
    if (next.kind === 'good') return next;
    if (packet === packets[0]) answer = next;
  }
  return answer;
};

interface Check {
  readonly openpgp: OpenPgp;
  readonly keys: readonly Key[];
  readonly packet: SignaturePacket;
  readonly signed: Signed;
  readonly pinned: readonly string[];
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** How far this computer's clock may be behind the signer's, in milliseconds. */
const clockTolerance = 24 * 60 * 60 * 1000;

async function checkPacket(check: Check): Promise<SignatureAnswer> {
  const { openpgp, packet, now } = check;
  const config = strictConfig(openpgp);
  const made = packet.created;
  if (!isHashable(packet, openpgp) || made === null) {
    const { signatureType, version } = packet;
    return refused('unreadable', `type ${String(signatureType)}, version ${String(version)}`);
  }
  const hash = strongHash(packet);
  if (hash === null) return refused('weakHash', `hash algorithm ${String(packet.hashAlgorithm)}`);
  if (made.getTime() > now.getTime() + clockTolerance) {
    return refused('madeInFuture', made.toISOString());
  }
  const end = packet.getExpirationTime();
  if (end instanceof Date && end <= now) return refused('signatureExpired', end.toISOString());

  const signers = findSigners(check.keys, packet);
  if (signers.length === 0) return refused('unknownKey', issuerOf(packet));
  const pinned = signers.filter(({ primary }) => check.pinned.includes(fingerprintOf(primary)));
  if (pinned.length === 0) {
    return refused('wrongPrimary', signers.map(({ primary }) => fingerprintOf(primary)).join(' '));
  }
  const judged = await judgeCopies(pinned, made, now, config, openpgp);
  if (judged.kind === 'refused') return judged;
  const { primary, signer } = judged;

  const bad = await verifyContent(check, signer, made, hash, config);
  if (bad !== null) return refused('badSignature', bad);
  return {
    kind: 'good',
    primaryFingerprint: fingerprintOf(primary),
    signingFingerprint: fingerprintOf(signer),
    userId: primary.getUserIDs()[0] ?? '',
    madeAt: made.toISOString(),
    keyExpires: judged.expires?.toISOString() ?? null,
  };
}

/** Null where the signature is by this key over this content. */
async function verifyContent(
  { openpgp, packet, signed, signal }: Check,
  signer: Key | Subkey,
  made: Date,
  hash: Hash,
  config: Config,
): Promise<string | null> {
  const digest = await digestSigned(packet, signed, hash, signal);
  try {
    // `hashed` is where the library keeps a digest that it has already, for signatures that come before their text.
    // Without it the empty content below would be hashed, and no signature would ever be good.
    Object.assign(packet, { hashed: digest });
    const { binary } = openpgp.enums.signature;
    await packet.verify(signer.keyPacket, binary, new Uint8Array(), made, true, config);
    return null;
  } catch (error) {
    return textOf(error);
  }
}

async function readPackets(
  openpgp: OpenPgp,
  armored: string,
): Promise<readonly SignaturePacket[] | null> {
  try {
    const { packets } = await openpgp.readSignature({ armoredSignature: armored });
    // A limit, so that a crafted file cannot ask for hours of checking.
    return packets.slice(0, 16);
  } catch {
    return null;
  }
}

function issuerOf(packet: SignaturePacket): string {
  const { issuerFingerprint } = packet;
  return issuerFingerprint === null
    ? packet.issuerKeyID.toHex().toUpperCase()
    : hex(issuerFingerprint);
}
