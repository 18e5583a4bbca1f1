// The hash tree of RFC 6962, plainly: leaf and node hashes, which hashes a proof takes, and the root that they lead to.
// Sizes are counted in doubles (exact to 2^53), never with 32-bit operators.
import { createHash } from 'node:crypto';
import { LogRefusal } from './logRefusal';

/** The whole subtree over the leaves [index × 2^level, (index + 1) × 2^level). */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** The hash of a whole subtree, from wherever it is kept. Not trusted: it counts once a signed root was reached with it. */
export type HashOf = (subtree: Subtree) => Uint8Array;

export function leafHash(record: Uint8Array | string): Buffer {
  return createHash('sha256').update(leafPrefix).update(record).digest();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

/** The hash of the leaves [from, to), which must start where a tree of that size splits. */
export function rangeHash(from: number, to: number, hashOf: HashOf): Uint8Array {
  const size = to - from;
  const split = splitOf(size);
  if (split === size) return hashOf({ level: Math.log2(size), index: from / size });
  return nodeHash(rangeHash(from, from + split, hashOf), rangeHash(from + split, to, hashOf));
}

/** The whole subtrees that `rangeHash` asks for. */
export function subtreesOf(from: number, to: number): Subtree[] {
  const size = to - from;
  const split = splitOf(size);
  if (split === size) return [{ level: Math.log2(size), index: from / size }];
  return [...subtreesOf(from, from + split), ...subtreesOf(from + split, to)];
}

/** A run of leaves [from, to) whose hash stands in a proof. */
export type Range = readonly [from: number, to: number];

/** The siblings on the way from leaf `index` to the root of a tree of `size` leaves, lowest first (RFC 6962, 2.1.1). */
export function inclusionPath(index: number, size: number): Range[] {
  const path: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + halfOf(to - from);
    if (index < middle) {
      path.unshift([middle, to]);
      to = middle;
    } else {
      path.unshift([from, middle]);
      from = middle;
    }
  }
  return path;
}

/**
 * The root that a leaf and its siblings lead to, each hash recomputed (RFC 9162, 2.1.3.2).
 * @throws LogRefusal notInTree where the path has not the length that index and size ask for.
 */
export function rootFromPath(
  leaf: Uint8Array,
  index: number,
  size: number,
  siblings: readonly Uint8Array[],
): Uint8Array {
  if (index >= size) throw new LogRefusal('notInTree', 'the record is beyond the tree');
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of siblings) {
    if (last === 0) throw new LogRefusal('notInTree', 'the path is too long');
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash);
      while (place % 2 === 0 && place !== 0) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0) throw new LogRefusal('notInTree', 'the path is too short');
  return hash;
}

/** The whole subtrees with which a tree of `older` leaves is shown to be the beginning of one of `newer` leaves. */
export function consistencySubtrees(older: number, newer: number): Subtree[] {
  const kept = subtreesOf(0, older);
  return [...kept, ...addedRanges(older, newer).flatMap(([from, to]) => subtreesOf(from, to))];
}

/**
 * The roots of the older and the newer tree, both computed from the same hashes of the older one's whole subtrees: if
 * both equal what was signed, the older tree is the beginning of the newer. `0 < older <= newer`.
 */
export function consistencyRoots(
  older: number,
  newer: number,
  hashOf: HashOf,
): { readonly older: Uint8Array; readonly newer: Uint8Array } {
  const rootOfNewer = (from: number, to: number): Uint8Array => {
    // Whole and old, or wholly new: taken as it is. What straddles the old end is split as the tree splits.
    if (from >= older || (to <= older && isWhole(to - from))) return rangeHash(from, to, hashOf);
    const middle = from + halfOf(to - from);
    return nodeHash(rootOfNewer(from, middle), rootOfNewer(middle, to));
  };
  return { older: rangeHash(0, older, hashOf), newer: rootOfNewer(0, newer) };
}

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** The runs that the newer tree adds, as `consistencyRoots` cuts them. */
function addedRanges(older: number, newer: number): Range[] {
  const ranges: Range[] = [];
  const walk = (from: number, to: number): void => {
    if (to <= older) return;
    if (from >= older) {
      ranges.push([from, to]);
      return;
    }
    const middle = from + halfOf(to - from);
    walk(from, middle);
    walk(middle, to);
  };
  walk(0, newer);
  return ranges;
}

/** The largest power of two that is not larger than `size`. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 <= size) split *= 2;
  return split;
}

/** Where a tree of `size` > 1 leaves splits: the largest power of two smaller than it. */
function halfOf(size: number): number {
  const split = splitOf(size);
  return split === size ? size / 2 : split;
}

function isWhole(size: number): boolean {
  return splitOf(size) === size;
}
