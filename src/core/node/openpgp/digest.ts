// The digest that a signature is made over: the content, then the signature's own hashed part and its trailer (RFC 9580,
// 5.2.4). Computed by node:crypto from one buffer that is used again and again, so memory stays flat.
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { SignaturePacket } from 'openpgp';
import { FailureError } from '../../failureError';
import type { Signed } from '../../ports';
import { diskFailure } from '../diskFailure';
import type { OpenPgp } from './load';

/** As node:crypto names it. */
export type Hash = 'sha256' | 'sha384' | 'sha512';

/** By the numbers of RFC 9580, 9.5. Not SHA-3: nobody signs releases with it, and Electron's crypto has none. */
const strong: Readonly<Partial<Record<number, Hash>>> = {
  8: 'sha256',
  9: 'sha384',
  10: 'sha512',
};

/** Null for MD5, SHA-1, RIPEMD-160, SHA-224 and whatever is not known. */
export function strongHash({ hashAlgorithm }: SignaturePacket): Hash | null {
  return hashAlgorithm === null ? null : (strong[hashAlgorithm] ?? null);
}

/** A signature over bytes as they are, of the versions that are in use: 4, and 6 of RFC 9580. */
export function isHashable(
  { signatureType, version }: SignaturePacket,
  { enums }: OpenPgp,
): boolean {
  return signatureType === enums.signature.binary && (version === 4 || version === 6);
}

/** @throws FailureError `disk.*` where the file cannot be read, `cancelled`. */
export async function digestSigned(
  packet: SignaturePacket,
  signed: Signed,
  hash: Hash,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const digest = createHash(hash);
  digest.update(saltOf(packet));
  if ('text' in signed) digest.update(signed.text);
  else await readInto(signed.path, (chunk) => digest.update(chunk), signal);
  const own = packet.signatureData ?? new Uint8Array();
  const trailer = Buffer.alloc(6);
  trailer[0] = packet.version;
  trailer[1] = 0xff;
  trailer.writeUInt32BE(own.length, 2);
  return digest.update(own).update(trailer).digest();
}

/** Version 6 hashes its salt first; version 4 has none. */
function saltOf(packet: SignaturePacket & { readonly salt?: Uint8Array | null }): Uint8Array {
  return packet.salt ?? new Uint8Array();
}

/** Bytes read at a time. */
const chunkSize = 1024 * 1024;

async function readInto(
  path: string,
  take: (chunk: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  const buffer = Buffer.allocUnsafe(chunkSize);
  try {
    const file = await open(path);
    try {
      for (;;) {
        if (signal.aborted) throw new FailureError('cancelled');
        const { bytesRead } = await file.read(buffer, 0, chunkSize, null);
        if (bytesRead === 0) return;
        take(buffer.subarray(0, bytesRead));
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof FailureError ? error : diskFailure(error, path);
  }
}
