import { describe, expect, it } from 'vitest';
import {
  answering,
  ask,
  headsInMemory,
  idOf,
  logOf,
  reader,
  sumOf,
  toolchain,
  trusting,
  versionOf,
} from '../../../../test/support/checksumLog';
import { makeSigner } from '../../lab/mirror/tlog';

describe('the last head seen', () => {
  it('is kept, and only ever grows', async () => {
    const small = logOf(300);
    const grown = logOf(900, small.signer);
    const heads = headsInMemory();
    expect(await ask(small, 4, { heads })).toMatchObject({ continues: null });
    expect(heads.kept[idOf(small)]).toBe(small.latest);
    expect(await ask(grown, 4, { heads })).toMatchObject({ continues: 300, treeSize: 900 });
    expect(heads.kept[idOf(small)]).toBe(grown.latest);
  });

  it('makes an older answer prove itself in the newer tree', async () => {
    const small = logOf(300);
    const grown = logOf(900, small.signer);
    const heads = headsInMemory({ [idOf(small)]: grown.latest });
    // A cache may still hold the answer from before: same log, smaller tree.
    const read = answering(grown, small.lookup(4));
    expect(await ask(grown, 4, { heads, read })).toMatchObject({ kind: 'recorded', treeSize: 900 });
    expect(heads.kept[idOf(small)]).toBe(grown.latest);
  });

  it('refuses a log that went back and has nothing newer to show', async () => {
    const small = logOf(300);
    const grown = logOf(900, small.signer);
    const heads = headsInMemory({ [idOf(small)]: grown.latest });
    expect(await ask(small, 4, { heads })).toMatchObject({ kind: 'refused', why: 'stale' });
    expect(heads.kept[idOf(small)]).toBe(grown.latest);
  });

  it('refuses a fork: same size, larger or smaller, with another history', async () => {
    const seen = logOf(300);
    const rewritten = (i: number): string | null =>
      i === 7 ? `${toolchain} ${versionOf(7)} ${sumOf(666)}\n` : null;
    for (const size of [300, 301, 900, 256, 20]) {
      const heads = headsInMemory({ [idOf(seen)]: seen.latest });
      const fork = logOf(size, seen.signer, rewritten);
      const answer = await ask(fork, 4, { heads });
      expect(answer).toMatchObject({ kind: 'refused' });
      expect(['forked', 'stale']).toContain((answer as { why: string }).why);
      expect(heads.kept[idOf(seen)]).toBe(seen.latest);
      // Also where it serves the tiles that were seen before.
      const mixed = reader(fork, (path) =>
        path.startsWith('/tile/') ? (seen.tile(path) ?? undefined) : undefined,
      );
      expect(await ask(fork, 4, { heads, read: mixed })).toMatchObject({ kind: 'refused' });
    }
  });

  it('is out of reach when the tiles are, and that is no pass', async () => {
    const small = logOf(300);
    const grown = logOf(900, small.signer);
    const heads = headsInMemory({ [idOf(small)]: small.latest });
    const read = reader(grown, (path) =>
      path.startsWith('/tile/') ? { kind: 'unavailable', from: path, cause: 'cut' } : undefined,
    );
    expect(await ask(grown, 4, { heads, read })).toMatchObject({ kind: 'unavailable' });
    expect(heads.kept[idOf(small)]).toBe(small.latest);
  });

  it('starts from the head that came with the program', async () => {
    const shipped = logOf(300);
    const fork = logOf(900, shipped.signer, (i) =>
      i === 7 ? `${toolchain} ${versionOf(7)} ${sumOf(666)}\n` : null,
    );
    const trust = trusting(shipped, shipped.latest);
    expect(await ask(fork, 4, { trust })).toMatchObject({ kind: 'refused', why: 'forked' });
    const grown = logOf(900, shipped.signer);
    expect(await ask(grown, 4, { trust })).toMatchObject({ kind: 'recorded', continues: 300 });
    // A damaged file puts the floor back to the shipped head, never below it.
    const damaged = headsInMemory({ [idOf(shipped)]: 'not a note' });
    expect(await ask(fork, 4, { trust, heads: damaged })).toMatchObject({ why: 'forked' });
  });

  it('of another key is another log', async () => {
    const log = logOf(20);
    const other = logOf(300, makeSigner(log.signer.name));
    const heads = headsInMemory({ [idOf(other)]: other.latest });
    expect(await ask(log, 4, { heads })).toMatchObject({ kind: 'recorded', continues: null });
  });
});
