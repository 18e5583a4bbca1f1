// Signed notes as Go's checksum database writes them: text, a blank line, then `— <name> <base64>` lines (U+2014).
// Opens a note only by a key that was given; it says nothing about what the text means.
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { LogRefusal } from './logRefusal';

/** A key that may sign notes, read from `<name>+<8 hex digits>+<base64 of 0x01 and the 32-byte Ed25519 key>`. */
export interface VerifierKey {
  readonly name: string;
  /** First 4 bytes of SHA-256 over name, line feed, algorithm byte and key. */
  readonly hash: number;
  /** "sum.golang.org+033de0ae": names the key, and the log that it signs. */
  readonly id: string;
  readonly publicKey: KeyObject;
}

export interface OpenedNote {
  /** Signed text, its last line feed included. */
  readonly text: string;
  readonly signedBy: VerifierKey;
}

/** @throws TypeError for a key that is not in the format: keys come with the program, so that is a mistake in it. */
export function readVerifierKey(key: string): VerifierKey {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/.exec(key);
  const bytes = match === null ? null : decodeBase64(match[3] ?? '');
  const name = match?.[1] ?? '';
  if (bytes === null || bytes.length !== 33 || bytes[0] !== ed25519) {
    throw new TypeError(`not a verifier key: ${key}`);
  }
  const hash = keyHash(name, bytes);
  if (hash !== Number.parseInt(match?.[2] ?? '', 16)) {
    throw new TypeError(`verifier key and its hash disagree: ${key}`);
  }
  return { name, hash, id: `${name}+${hexHash(hash)}`, publicKey: ed25519PublicKey(bytes) };
}

/** The hash that ties a signature line to a key. `bytes` is the algorithm byte and the key. */
export function keyHash(name: string, bytes: Uint8Array): number {
  return createHash('sha256').update(`${name}\n`).update(bytes).digest().readUInt32BE(0);
}

/** As verifier keys spell it. */
export function hexHash(hash: number): string {
  return hash.toString(16).padStart(8, '0');
}

/**
 * Opens a note. Signatures of unknown keys are passed over, as in Go; one under a known name and hash must verify.
 * @throws LogRefusal malformed, unsigned or badSignature.
 */
export function openNote(note: string, keys: readonly VerifierKey[]): OpenedNote {
  if (hasControl(note)) throw new LogRefusal('malformed', 'control character in the note');
  const split = note.lastIndexOf('\n\n');
  if (split < 0) throw new LogRefusal('malformed', 'the note has no signatures');
  const text = note.slice(0, split + 1);
  const block = note.slice(split + 2);
  if (block === '' || !block.endsWith('\n')) {
    throw new LogRefusal('malformed', 'the signatures do not end in a line feed');
  }
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > mostSignatures) throw new LogRefusal('malformed', 'too many signatures');
  let signedBy: VerifierKey | null = null;
  for (const line of lines) {
    const { name, hash, signature } = readSignatureLine(line);
    const key = keys.find((known) => known.name === name && known.hash === hash);
    if (key === undefined) continue;
    if (signature.length !== 64 || !verify(null, Buffer.from(text), key.publicKey, signature)) {
      throw new LogRefusal('badSignature', `signature by ${key.id} does not verify`);
    }
    signedBy ??= key;
  }
  if (signedBy === null) {
    throw new LogRefusal('unsigned', `no signature by ${keys.map((key) => key.id).join(', ')}`);
  }
  return { text, signedBy };
}

/** Strict UTF-8. @throws LogRefusal malformed. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new LogRefusal('malformed', 'not UTF-8');
  }
}

/** Standard base64 with its padding and nothing else; null otherwise. */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

const ed25519 = 1;
const mostSignatures = 100;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readSignatureLine(line: string): { name: string; hash: number; signature: Buffer } {
  const match = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
  const bytes = match === null ? null : decodeBase64(match[2] ?? '');
  if (match === null || bytes === null || bytes.length < 5) {
    throw new LogRefusal('malformed', 'a signature line is not in the format');
  }
  return { name: match[1] ?? '', hash: bytes.readUInt32BE(0), signature: bytes.subarray(4) };
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 0x0a) return true;
  }
  return false;
}

/** Wraps the raw key in the SubjectPublicKeyInfo of RFC 8410, the form that node:crypto reads. */
function ed25519PublicKey(bytes: Uint8Array): KeyObject {
  const prefix = Buffer.from('302a300506032b6570032100', 'hex');
  return createPublicKey({
    key: Buffer.concat([prefix, bytes.subarray(1)]),
    format: 'der',
    type: 'spki',
  });
}
