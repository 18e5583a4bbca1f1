import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  answering,
  ask,
  goMod,
  logOf,
  reader,
  sumOf,
  text,
  toolchain,
  trusting,
  versionOf,
} from '../../../../test/support/checksumLog';
import { makeSigner } from '../../lab/mirror/tlog';

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
