import { describe, expect, it } from 'vitest';
import {
  answering,
  ask,
  goMod,
  idOf,
  logOf,
  reader,
  sumOf,
  text,
  toolchain,
  versionOf,
} from '../../../../test/support/checksumLog';

describe('asking the checksum database', () => {
  it('believes a record that leads to the signed root, at every place of trees of many shapes', async () => {
    for (const size of [1, 2, 3, 7, 255, 256, 257, 600]) {
      const log = logOf(size);
      const places = new Set([0, 1, Math.floor(size / 2), size - 2, size - 1]);
      for (const index of places) {
        if (index < 0 || index >= size) continue;
        expect(await ask(log, index)).toEqual({
          kind: 'recorded',
          h1: sumOf(index),
          entry: index,
          treeSize: size,
          pathLength: expect.any(Number) as number,
          signedBy: idOf(log),
          continues: null,
        });
      }
    }
  }, 60_000);

  it('reads full tiles where a partial one is gone', async () => {
    const small = logOf(300);
    const grown = logOf(600, small.signer);
    const read = reader(grown, (path) =>
      path.startsWith('/lookup/')
        ? text(small.lookup(299))
        : path.includes('.p/')
          ? null
          : undefined,
    );
    expect(await ask(small, 299, { read })).toMatchObject({ kind: 'unavailable' });
    // Its level 0 has two full tiles by now; only the partial one of level 1 cannot be had whole.
    const whole = reader(grown, (path) =>
      path.startsWith('/lookup/')
        ? text(small.lookup(299))
        : path === '/tile/8/0/001.p/44'
          ? null
          : path === '/tile/8/1/000.p/1'
            ? small.tile(path)
            : undefined,
    );
    expect(await ask(small, 299, { read: whole })).toMatchObject({ kind: 'recorded' });
    expect(whole.asked).toContain('/tile/8/0/001');
  });

  it('says that a record is not there, and that the database is out of reach, as two things', async () => {
    const log = logOf(4);
    expect(await ask(log, 77)).toEqual({
      kind: 'absent',
      from: `/lookup/${toolchain}@${versionOf(77)}`,
    });
    const offline = reader(log, () => ({ kind: 'unavailable', from: 'x', cause: 'no route' }));
    expect(await ask(log, 1, { read: offline })).toEqual({
      kind: 'unavailable',
      from: 'x',
      cause: 'no route',
    });
    const noTiles = reader(log, (path) => (path.startsWith('/tile/') ? null : undefined));
    expect(await ask(log, 1, { read: noTiles })).toMatchObject({ kind: 'unavailable' });
  });
});

describe('the three holes of 2026', () => {
  it('CVE-2026-42501: refuses a record without a line for the module', async () => {
    const other = logOf(9, undefined, (i) =>
      i === 4
        ? `example.org/other v1.0.0 ${sumOf(4)}\nexample.org/other v1.0.0/go.mod ${goMod}\n`
        : null,
    );
    const read = answering(other, other.lookup(4));
    expect(await ask(other, 4, { read })).toMatchObject({ kind: 'refused', why: 'noSum' });
  });

  it('CVE-2026-42501: refuses an empty record', async () => {
    const log = logOf(9);
    for (const empty of [`4\n\n${log.latest}`, `4\n\n\n${log.latest}`, `4\n${log.latest}`]) {
      const answer = await ask(log, 4, { read: answering(log, empty) });
      expect(answer).toMatchObject({ kind: 'refused' });
    }
  });

  it('CVE-2026-56864: takes no sum from outside the authenticated record', async () => {
    const evil = `${toolchain} ${versionOf(4)} ${sumOf(666)}\n`;
    const log = logOf(9, undefined, (i) =>
      i === 4 ? `example.org/other v1.0.0 ${sumOf(4)}\n` : null,
    );
    const record = `example.org/other v1.0.0 ${sumOf(4)}\n`;
    const places = [
      // Before the record, after it, and after the tree head as an extension line or after its signature.
      `${evil}4\n${record}\n${log.latest}`,
      `4\n${record}\n${evil}\n${log.latest}`,
      `4\n${record}\n${log.latest.replace('\n\n', `\n${evil}\n`)}`,
      `4\n${record}\n${log.latest}${evil}`,
      `4\n${record}${evil}\n${log.latest}`,
    ];
    for (const answer of places) {
      expect(await ask(log, 4, { read: answering(log, answer) })).toMatchObject({
        kind: 'refused',
      });
    }
  });

  it('CVE-2026-56865: refuses when any byte of any tile is changed', async () => {
    const log = logOf(700);
    const honest = reader(log);
    await ask(log, 511, { read: honest });
    const tiles = honest.asked.filter((path) => path.startsWith('/tile/'));
    expect(tiles.length).toBeGreaterThan(2);
    for (const changed of tiles) {
      const bytes = log.tile(changed);
      if (bytes === null) throw new Error(changed);
      // The hash of the record itself is not read: its leaf is recomputed. Every other one that is used counts.
      let refused = 0;
      for (let hash = 0; hash < bytes.length / 32; hash++) {
        const tampered = new Uint8Array(bytes);
        tampered[hash * 32] = (tampered[hash * 32] ?? 0) ^ 1;
        const answer = await ask(log, 511, {
          read: reader(log, (path) => (path === changed ? tampered : undefined)),
        });
        if (answer.kind === 'refused') refused++;
        // A hash that no proof needed may be anything; then the answer must still be the true one.
        else expect(answer).toMatchObject({ kind: 'recorded', h1: sumOf(511) });
      }
      expect(refused).toBeGreaterThan(0);
    }
  }, 60_000);
});
