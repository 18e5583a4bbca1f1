import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  goMod,
  headsInMemory,
  logOf,
  reader,
  sumOf,
  text,
  toolchain,
  versionOf,
} from '../../../../test/support/checksumLog';
import { makeSigner } from '../../lab/mirror/tlog';
import { lookUp, type LogAnswer, type LogTrust } from './checksumLog';
import { readVerifierKey } from './signedNote';

type Log = ReturnType<typeof logOf>;

const trusting = (log: Log, knownHead: string | null = null): LogTrust => ({
  verifierKeys: [log.signer.verifierKey],
  knownHead,
});
const idOf = (log: Log): string => readVerifierKey(log.signer.verifierKey).id;

function ask(
  log: Log,
  index: number,
  parts: {
    trust?: LogTrust;
    read?: ReturnType<typeof reader>;
    heads?: ReturnType<typeof headsInMemory>;
  } = {},
): Promise<LogAnswer> {
  return lookUp(
    toolchain,
    versionOf(index),
    parts.trust ?? trusting(log),
    parts.read ?? reader(log),
    parts.heads ?? headsInMemory(),
  );
}

/** The lookup's answer replaced, everything else as the log has it. */
const answering = (log: Log, answer: string | Uint8Array): ReturnType<typeof reader> =>
  reader(log, (path) =>
    path.startsWith('/lookup/') ? (typeof answer === 'string' ? text(answer) : answer) : undefined,
  );

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

describe('refusals', () => {
  const log = logOf(20);
  const record = (index: number, text: string): string =>
    `${String(index)}\n${text}\n${log.latest}`;
  const line = (index: number, sum = sumOf(index)): string =>
    `${toolchain} ${versionOf(index)} ${sum}\n`;

  it.each<[string, string, string]>([
    ['a changed sum', record(4, line(4, sumOf(5))), 'notInTree'],
    [
      'another record at this place',
      record(4, `${line(5)}${toolchain} ${versionOf(5)}/go.mod ${goMod}\n`),
      'notInTree',
    ],
    [
      'the right record at another place',
      record(5, `${line(4)}${toolchain} ${versionOf(4)}/go.mod ${goMod}\n`),
      'notInTree',
    ],
    ['a place beyond the tree', record(20, line(4)), 'notInTree'],
    ['a place with a leading zero', `04\n${line(4)}\n${log.latest}`, 'malformed'],
    ['a negative place', `-4\n${line(4)}\n${log.latest}`, 'malformed'],
    [
      'a place that no number holds',
      `99999999999999999999\n${line(4)}\n${log.latest}`,
      'malformed',
    ],
    ['no tree head', `4\n${line(4)}\n`, 'malformed'],
    [
      'a tree head without signature',
      `4\n${line(4)}\n${log.latest.split('\n\n')[0] ?? ''}\n`,
      'malformed',
    ],
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>\n', 'malformed'],
    ['nothing', '', 'malformed'],
    ['too much', 'x'.repeat(70_000), 'malformed'],
  ])('%s', async (_name, answer, why) => {
    expect(await ask(log, 4, { read: answering(log, answer) })).toMatchObject({
      kind: 'refused',
      why,
    });
  });

  it('a changed tree head: root, size or text', async () => {
    const [title, size, root] = log.latest.split('\n');
    for (const [from, to] of [
      [root, Buffer.alloc(32, 7).toString('base64')],
      [size, '19'],
      [title, 'go.sum database treE'],
    ] as const) {
      const answer = log.lookup(4).replace(String(from), to);
      expect(await ask(log, 4, { read: answering(log, answer) })).toMatchObject({
        kind: 'refused',
        why: 'badSignature',
      });
    }
  });

  it('a log by somebody else, even under the same name', async () => {
    const impostor = logOf(20, makeSigner(log.signer.name));
    expect(await ask(impostor, 4, { trust: trusting(log), read: reader(impostor) })).toMatchObject({
      kind: 'refused',
      why: 'unsigned',
    });
    // With the key hash of the one that is trusted, it is a forgery.
    const hash = Buffer.from(log.latest.trimEnd().split(' ').at(-1) ?? '', 'base64').subarray(0, 4);
    const [note, signature] = impostor.lookup(4).split('\u2014 log.example ');
    const forged = Buffer.concat([hash, Buffer.from(signature ?? '', 'base64').subarray(4)]);
    const answer = `${note ?? ''}\u2014 log.example ${forged.toString('base64')}\n`;
    expect(
      await ask(impostor, 4, { trust: trusting(log), read: answering(impostor, answer) }),
    ).toMatchObject({ kind: 'refused', why: 'badSignature' });
  });

  it('a key that is trusted beside strangers is enough, as cosignatures are', async () => {
    const witness = makeSigner('witness.example');
    const [body = ''] = log.latest.split('\n\n');
    const cosigned = witness.sign(`${body}\n`).split('\n\n')[1] ?? '';
    const answer = `${log.lookup(4)}${cosigned}`;
    expect(await ask(log, 4, { read: answering(log, answer) })).toMatchObject({ kind: 'recorded' });
  });

  it('two sums for the same version', async () => {
    const doubled = logOf(9, undefined, (i) => (i === 4 ? `${line(4)}${line(4)}` : null));
    expect(await ask(doubled, 4)).toMatchObject({ kind: 'refused', why: 'manySums' });
  });

  it('another version and another module', async () => {
    const read = answering(log, log.lookup(5));
    expect(await ask(log, 4, { read })).toMatchObject({ kind: 'refused', why: 'noSum' });
    const prefix = logOf(9, undefined, (i) =>
      i === 4 ? line(4).replace(toolchain, `x/${toolchain}`) : null,
    );
    const other = answering(prefix, prefix.lookup(4));
    expect(await ask(prefix, 4, { read: other })).toMatchObject({ kind: 'refused', why: 'noSum' });
  });

  it('a sum that is not 32 bytes', async () => {
    const short = logOf(9, undefined, (i) => (i === 4 ? line(4, 'h1:AAAA') : null));
    expect(await ask(short, 4)).toMatchObject({ kind: 'refused', why: 'malformed' });
  });

  it('a tile of another length', async () => {
    for (const length of [0, 32, 19 * 32, 20 * 32 + 1, 8192]) {
      const read = reader(log, (path) =>
        path.startsWith('/tile/') ? new Uint8Array(length) : undefined,
      );
      expect(await ask(log, 4, { read })).toMatchObject({ kind: 'refused', why: 'malformed' });
    }
  });

  it('whatever comes: garbage is refused, and never believed', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 400 }).map(text),
      // Real answers with a piece cut out, put in or swapped.
      fc
        .tuple(fc.nat(log.lookup(4).length), fc.nat(40), fc.string({ maxLength: 20 }))
        .map(([at, cut, put]) => {
          const answer = log.lookup(4);
          return text(answer.slice(0, at) + put + answer.slice(at + cut));
        }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (answer) => {
        const said = await ask(log, 4, { read: answering(log, answer) });
        if (said.kind === 'recorded') expect(said.h1).toBe(sumOf(4));
        else expect(said.kind).toBe('refused');
      }),
      { numRuns: 500 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 9000 }), async (tile) => {
        const read = reader(log, (path) => (path.startsWith('/tile/') ? tile : undefined));
        expect((await ask(log, 4, { read })).kind).toBe('refused');
      }),
      { numRuns: 100 },
    );
  });
});

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
