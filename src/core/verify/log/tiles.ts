// Tiles of height 8: where the log keeps its hashes. Reads what a proof asks for, all tiles at once, and trusts none of
// it: a hash counts only after a signed root was recomputed from it.
import type { SideBytes } from '../../ports';
import { LogRefusal } from './logRefusal';
import { nodeHash, type HashOf, type Subtree } from './merkle';

export interface Tile {
  /** Its bottom row holds hashes of subtrees of level 8 × `level`. */
  readonly level: number;
  readonly index: number;
  /** Hashes in its bottom row, 1 to 256. */
  readonly width: number;
}

export type ReadPath = (path: string) => Promise<SideBytes>;

export type Hashes =
  | { readonly kind: 'found'; readonly hashOf: HashOf }
  | Exclude<SideBytes, { readonly kind: 'found' }>;

const height = 8;
const fullWidth = 256;
const hashBytes = 32;

/** The tile of a tree of `size` leaves that holds a subtree. */
export function tileOf(subtree: Subtree, size: number): Tile {
  const level = Math.floor(subtree.level / height);
  // The place of the subtree's first hash in the row of the tile's level.
  const first = subtree.index * 2 ** (subtree.level - level * height);
  const index = Math.floor(first / fullWidth);
  const row = Math.floor(size / 2 ** (level * height));
  return { level, index, width: Math.min(fullWidth, row - index * fullWidth) };
}

/** "/tile/8/0/x001/234" or, for a tile that is not full, "/tile/8/1/005.p/17". */
export function tilePath(tile: Tile): string {
  const digits = String(tile.index).padStart(Math.ceil(String(tile.index).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g) ?? [];
  const index = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  const part = tile.width < fullWidth ? `.p/${String(tile.width)}` : '';
  return `/tile/${String(height)}/${String(tile.level)}/${index}${part}`;
}

/**
 * Fetches the tiles that hold `subtrees` of a tree of `size` leaves. A tile that is partial in that tree may since have
 * filled up; then the full one is read and its end left out.
 * @throws LogRefusal malformed for a tile of the wrong length.
 */
export async function readHashes(
  subtrees: readonly Subtree[],
  size: number,
  read: ReadPath,
): Promise<Hashes> {
  const tiles = new Map<string, Tile>();
  for (const subtree of subtrees) {
    const tile = tileOf(subtree, size);
    tiles.set(keyOf(tile), tile);
  }
  const answers = await Promise.all(
    [...tiles.values()].map(async (tile) => ({ tile, answer: await readTile(tile, read) })),
  );
  const rows = new Map<string, Uint8Array>();
  for (const { tile, answer } of answers) {
    if (answer.kind !== 'found') return answer;
    rows.set(keyOf(tile), answer.bytes);
  }
  return { kind: 'found', hashOf: (subtree) => hashIn(rows, subtree, size) };
}

async function readTile(tile: Tile, read: ReadPath): Promise<SideBytes> {
  const answer = await read(tilePath(tile));
  if (answer.kind === 'found') return checkLength(answer, tile.width);
  if (answer.kind === 'unavailable' || tile.width === fullWidth) return answer;
  const full = await read(tilePath({ ...tile, width: fullWidth }));
  if (full.kind !== 'found') return full;
  const { bytes } = checkLength(full, fullWidth);
  return { ...full, bytes: bytes.subarray(0, tile.width * hashBytes) };
}

function checkLength<A extends { readonly bytes: Uint8Array }>(answer: A, width: number): A {
  if (answer.bytes.length === width * hashBytes) return answer;
  throw new LogRefusal('malformed', `a tile has ${String(answer.bytes.length)} bytes`);
}

function hashIn(rows: ReadonlyMap<string, Uint8Array>, subtree: Subtree, size: number): Uint8Array {
  const tile = tileOf(subtree, size);
  const row = rows.get(keyOf(tile));
  if (row === undefined) throw new RangeError(`tile ${keyOf(tile)} was not read`);
  const count = 2 ** (subtree.level - tile.level * height);
  const first = subtree.index * count - tile.index * fullWidth;
  const hash = (from: number, length: number): Uint8Array => {
    if (length === 1) return row.subarray(from * hashBytes, (from + 1) * hashBytes);
    return nodeHash(hash(from, length / 2), hash(from + length / 2, length / 2));
  };
  return hash(first, count);
}

function keyOf(tile: Tile): string {
  return `${String(tile.level)}/${String(tile.index)}`;
}
