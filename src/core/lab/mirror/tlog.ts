// Builds a small checksum database in the formats of the real one: records, tiles of height 8, signed tree heads. Its
// keys are made at random for the lab and for tests; nothing but the lab's own trust knows them.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

export interface LogSigner {
  readonly name: string;
  /** `<name>+<hash>+<base64>`: what a client must trust to believe the log. */
  readonly verifierKey: string;
  /** A signed note of `text`, which ends in a line feed. */
  sign(text: string): string;
}

export interface BuiltLog {
  readonly size: number;
  /** The signed tree head, as `/latest` answers. */
  readonly latest: string;
  /** The record at `index` with the signed tree head, as `/lookup/…` answers. */
  lookup(index: number): string;
  /** `/tile/8/<level>/<index>` with or without `.p/<width>`; null for what the tree does not have. */
  tile(path: string): Uint8Array | null;
  /** Any path of the database: `/latest`, `/lookup/<module>@<version>`, `/tile/…`; null is "not found". */
  answer(path: string): Uint8Array | null;
}

/** A signer with a new key of its own. */
export function makeSigner(name: string): LogSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  // The raw key is the end of its SubjectPublicKeyInfo.
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = Buffer.concat([Uint8Array.of(1), raw]);
  const hash = sha256(Buffer.from(`${name}\n`), key).subarray(0, 4);
  return {
    name,
    verifierKey: `${name}+${hash.toString('hex')}+${key.toString('base64')}`,
    sign(text) {
      const signature = Buffer.concat([hash, sign(null, Buffer.from(text), privateKey)]);
      return `${text}\n\u2014 ${name} ${signature.toString('base64')}\n`;
    },
  };
}

/** The record of one module version, as the database writes it. Sums are "h1:" and base64. */
export function sumRecord(module: string, version: string, h1: string, goModH1: string): string {
  return `${module} ${version} ${h1}\n${module} ${version}/go.mod ${goModH1}\n`;
}

/** A log of `records`, each the text that is hashed: lines, the last line feed included, no blank line. */
export function buildLog(records: readonly string[], signer: LogSigner): BuiltLog {
  const rows = subtreeRows(records);
  const root = treeRoot(rows, records.length);
  const latest = signer.sign(
    `go.sum database tree\n${String(records.length)}\n${root.toString('base64')}\n`,
  );
  const places = new Map(
    records.map((record, index) => [/^(\S+) (\S+) /.exec(record)?.slice(1, 3).join('@'), index]),
  );
  const lookup = (index: number): string => {
    const record = records[index];
    if (record === undefined) throw new RangeError(`no record ${String(index)}`);
    return `${String(index)}\n${record}\n${latest}`;
  };
  const tile = (path: string): Uint8Array | null => {
    const place = readTilePath(path);
    if (place === null) return null;
    const row = rows[place.level * 8] ?? [];
    const first = place.index * 256;
    if (first + place.width > row.length) return null;
    return Buffer.concat(row.slice(first, first + place.width));
  };
  return {
    size: records.length,
    latest,
    lookup,
    tile,
    answer(path) {
      if (path === '/latest') return Buffer.from(latest);
      if (path.startsWith('/tile/')) return tile(path);
      const index = places.get(path.replace('/lookup/', ''));
      return path.startsWith('/lookup/') && index !== undefined ? Buffer.from(lookup(index)) : null;
    },
  };
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Row `n` has the hashes of all whole subtrees of 2^n records. */
function subtreeRows(records: readonly string[]): Buffer[][] {
  let row = records.map((record) => sha256(Uint8Array.of(0), Buffer.from(record)));
  const rows = [row];
  while (row.length > 1) {
    const above: Buffer[] = [];
    for (let i = 0; i + 1 < row.length; i += 2) {
      const [left, right] = [row[i], row[i + 1]];
      if (left !== undefined && right !== undefined) above.push(parent(left, right));
    }
    rows.push(above);
    row = above;
  }
  return rows;
}

/** Joins the whole subtrees that `size` is made of, from the smallest, which is the rightmost, upwards. */
function treeRoot(rows: readonly Buffer[][], size: number): Buffer {
  let root: Buffer | null = null;
  let rest = size;
  for (let level = 0; rest > 0; level++, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 0) continue;
    const whole = rows[level]?.[rest - 1];
    if (whole === undefined) throw new RangeError(`no subtree at level ${String(level)}`);
    root = root === null ? whole : parent(whole, root);
  }
  // RFC 6962: the root of an empty tree is the hash of nothing.
  return root ?? sha256();
}

function parent(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Uint8Array.of(1), left, right);
}

function readTilePath(path: string): { level: number; index: number; width: number } | null {
  const match = /^\/tile\/8\/(\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (match === null) return null;
  const [, level = '', index = '', width] = match;
  const asked = width === undefined ? 256 : Number(width);
  if (asked > 256 || (width !== undefined && asked === 256)) return null;
  return { level: Number(level), index: Number(index.replace(/[x/]/g, '')), width: asked };
}
