import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  consistencyRoots,
  consistencySubtrees,
  inclusionPath,
  leafHash,
  nodeHash,
  rangeHash,
  rootFromPath,
  subtreesOf,
  type HashOf,
} from './merkle';
import { LogRefusal } from './logRefusal';

/** RFC 6962, 2.1, word for word: slow, and written apart from the code under test. */
function treeHash(leaves: readonly Uint8Array[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return createHash('sha256').digest();
  if (leaves.length === 1) return createHash('sha256').update('\0').update(first).digest();
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return createHash('sha256')
    .update('\u0001')
    .update(treeHash(leaves.slice(0, k)))
    .update(treeHash(leaves.slice(k)))
    .digest();
}

const leavesOf = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => Buffer.from(`leaf ${String(i)}`));

const hashOfIn =
  (leaves: readonly Uint8Array[]): HashOf =>
  ({ level, index }) =>
    treeHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));

describe('the hash tree', () => {
  it('has the roots of the Certificate Transparency test tree', () => {
    const leaves = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ].map((hex) => Buffer.from(hex, 'hex'));
    const roots = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ];
    roots.forEach((root, i) => {
      const hash = rangeHash(0, i + 1, hashOfIn(leaves));
      expect(Buffer.from(hash).toString('hex')).toBe(root);
    });
  });

  it('leads from every leaf of every small tree to its root', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = leavesOf(size);
      const root = treeHash(leaves);
      for (let index = 0; index < size; index++) {
        const path = inclusionPath(index, size).map(([from, to]) =>
          rangeHash(from, to, hashOfIn(leaves)),
        );
        const leaf = leafHash(leaves[index] ?? '');
        expect(Buffer.from(rootFromPath(leaf, index, size, path))).toEqual(root);
      }
    }
  });

  it('leads nowhere from another place, another leaf, or a changed path', () => {
    const size = 29;
    const leaves = leavesOf(size);
    const root = treeHash(leaves).toString('hex');
    const arrive = (leaf: Buffer, index: number, path: readonly Uint8Array[]): string => {
      try {
        return Buffer.from(rootFromPath(leaf, index, size, path)).toString('hex');
      } catch (error) {
        expect(error).toBeInstanceOf(LogRefusal);
        return 'refused';
      }
    };
    const place = fc.integer({ min: 0, max: size - 1 });
    fc.assert(
      fc.property(place, place, fc.nat(), (index, other, pick) => {
        const leaf = leafHash(leaves[index] ?? '');
        const path = inclusionPath(index, size).map(([from, to]) =>
          rangeHash(from, to, hashOfIn(leaves)),
        );
        if (other !== index) {
          expect(arrive(leaf, other, path)).not.toBe(root);
          expect(arrive(leafHash(leaves[other] ?? ''), index, path)).not.toBe(root);
        }
        const changed = path.map((hash, i) => (i === pick % path.length ? leafHash('x') : hash));
        expect(arrive(leaf, index, changed)).not.toBe(root);
        expect(arrive(leaf, index, path.slice(1))).not.toBe(root);
        expect(arrive(leaf, index, [...path, leaf])).not.toBe(root);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a record beyond the tree', () => {
    expect(() => rootFromPath(leafHash('a'), 5, 5, [])).toThrow(LogRefusal);
  });

  it('shows every smaller tree to be the beginning of every larger one', () => {
    for (let newer = 1; newer <= 36; newer++) {
      const leaves = leavesOf(newer);
      for (let older = 1; older <= newer; older++) {
        const asked = new Set(
          consistencySubtrees(older, newer).map((s) => `${String(s.level)}/${String(s.index)}`),
        );
        const hashOf: HashOf = (subtree) => {
          expect(asked).toContain(`${String(subtree.level)}/${String(subtree.index)}`);
          return hashOfIn(leaves)(subtree);
        };
        const roots = consistencyRoots(older, newer, hashOf);
        expect(Buffer.from(roots.older)).toEqual(treeHash(leaves.slice(0, older)));
        expect(Buffer.from(roots.newer)).toEqual(treeHash(leaves));
      }
    }
  });

  it('takes no other hashes for a history that was rewritten', () => {
    // Whatever hashes are given, both roots come out right only if the old leaves are the same.
    const [older, newer] = [11, 26];
    const before = leavesOf(older);
    const after = leavesOf(newer).map((leaf, i) => (i === 7 ? Buffer.from('rewritten') : leaf));
    for (const given of [before, after]) {
      const roots = consistencyRoots(older, newer, hashOfIn(given));
      const both = treeHash(before).equals(roots.older) && treeHash(after).equals(roots.newer);
      expect(both).toBe(false);
    }
  });

  it('counts beyond 32 bits', () => {
    const size = 2 ** 40 + 3;
    expect(subtreesOf(0, size)).toEqual([
      { level: 40, index: 0 },
      { level: 1, index: 2 ** 39 },
      { level: 0, index: 2 ** 40 + 2 },
    ]);
    expect(inclusionPath(2 ** 40 + 1, size)).toHaveLength(3);
  });

  it('hashes leaves and nodes apart', () => {
    expect(leafHash(Buffer.concat([leafHash('a'), leafHash('b')]))).not.toEqual(
      nodeHash(leafHash('a'), leafHash('b')),
    );
  });
});
