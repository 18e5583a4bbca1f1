import { describe, expect, it } from 'vitest';
import { proofIds, proofSchema, type Proof, type ProofId } from '../../shared/model';
import { translate } from '../../shared/text/translate';
import { FailureError } from '../failureError';
import {
  archives,
  deps,
  found,
  h1,
  logWith,
  release,
  request,
  side,
  sources,
  trust,
} from '../../../test/support/proving';
import { goMod } from '../../../test/support/checksumLog';
import { productionTrust, trustBySource } from './trust';
import { isVerified } from './verifiedRelease';
import { verifyFile, verifyRelease, type VerifyDeps, type VerifyRequest } from './verify';

const other = 'b'.repeat(64);

async function prove(asked: VerifyRequest = request(), given: VerifyDeps = deps()) {
  const pushed: (readonly Proof[])[] = [];
  const result = await verifyRelease(asked, given, (rows) => pushed.push(rows));
  const states = Object.fromEntries(result.proofs.map(({ id, state }) => [id, state]));
  return { result, states: states as Record<ProofId, string>, pushed };
}

const row = (proofs: readonly Proof[], id: ProofId): Proof => {
  const proof = proofs.find((candidate) => candidate.id === id);
  if (proof === undefined) throw new Error(id);
  return proof;
};

describe('a release that is what it should be', () => {
  it('is verified, and sealed', async () => {
    const { result, states } = await prove();
    expect(states).toEqual({
      size: 'passed',
      sha256: 'passed',
      sidecar: 'passed',
      pins: 'passed',
      checksumDatabase: 'passed',
      openpgp: 'notPublished',
      signedSource: 'notChecked',
      organisation: 'notPublished',
      authenticode: 'notPublished',
    });
    if (result.kind !== 'verified') throw new Error(result.kind);
    expect(isVerified(result.release)).toBe(true);
    expect(isVerified({ ...result.release })).toBe(false);
    expect(result.release).toMatchObject({
      version: 'go1.27.0',
      os: 'windows',
      arch: 'amd64',
      archive: '/d/file.zip',
      h1,
      verifiedAt: '2026-11-24T00:00:00.000Z',
    });
  });

  it('pushes all rows, in their order, each time one changed', async () => {
    const { pushed, result } = await prove();
    expect(pushed[0]?.map(({ state }) => state)).toEqual([
      ...Array<string>(5).fill('notChecked'),
      'notPublished',
      'notChecked',
      'notChecked',
      'notPublished',
    ]);
    for (const rows of pushed) {
      expect(rows.map(({ id }) => id)).toEqual(proofIds);
      for (const proof of rows) expect(proofSchema.parse(proof)).toEqual(proof);
    }
    expect(pushed).toHaveLength(8);
    expect(pushed.at(-1)).toEqual(result.proofs);
  });

  it('says each row in both languages, without holes', async () => {
    const { pushed } = await prove();
    for (const proof of pushed.flat()) {
      for (const language of ['en', 'zh-CN'] as const) {
        const said = translate(language, proof.summary);
        expect(said).not.toMatch(/\{\{|^proof\./);
      }
    }
  });
});

describe('what stops it', () => {
  const stops: readonly [string, VerifyRequest, VerifyDeps, ProofId][] = [
    ['another size', request(), deps({ archives: archives({ size: 99 }) }), 'size'],
    ['another hash', request(), deps({ archives: archives({ sha256: other }) }), 'sha256'],
    [
      'another hash in the sidecar',
      request(),
      deps({ sources: sources({ sidecar: found(other) }) }),
      'sidecar',
    ],
    [
      'another hash than the pinned one',
      request(),
      deps({ trust: () => ({ ...trust, pin: () => ({ sha256: other, date: '2026-08-19' }) }) }),
      'pins',
    ],
    [
      'another sum in the log',
      request(),
      deps({ sources: sources({ log: logWith(goMod) }) }),
      'checksumDatabase',
    ],
    [
      'a bad signature of the source',
      request({ signedSource: { path: '/d/src.tar.gz', signature: 'bad' } }),
      deps(),
      'signedSource',
    ],
    [
      'a source signed by somebody else',
      request({ signedSource: { path: '/d/src.tar.gz', signature: 'good by MALLORY' } }),
      deps(),
      'signedSource',
    ],
  ];

  it.each(stops)('%s', async (_name, asked, given, id) => {
    const { result, states } = await prove(asked, given);
    expect(result).toMatchObject({
      kind: 'refused',
      acceptable: [],
      failure: { code: 'proof.failed', params: { proof: id } },
    });
    // Before it passed or absent, it failed, after it nothing was looked at.
    const at = proofIds.indexOf(id);
    expect(states[id]).toBe('failed');
    for (const later of proofIds.slice(at + 1)) {
      expect(['notChecked', 'notPublished']).toContain(states[later]);
    }
  });

  it('cannot be accepted away', async () => {
    for (const [, asked, given] of stops) {
      const { result } = await prove({ ...asked, accept: [...proofIds] }, given);
      expect(result.kind).toBe('refused');
    }
  });

  it('opens nothing before hash and pin were compared', async () => {
    for (const [, asked, given, id] of stops.slice(0, 4)) {
      const closed = given.archives as ReturnType<typeof archives>;
      await prove(asked, given);
      expect(closed.opened, id).toEqual([]);
    }
  });

  it('an archive that breaks the rules is refused with its own reason', async () => {
    const zip = new FailureError('archive.unsafePath', { params: { path: 'go/../evil' } });
    const { result, states } = await prove(request(), deps({ archives: archives({ zip }) }));
    expect(states.checksumDatabase).toBe('failed');
    expect(result).toMatchObject({ kind: 'refused', failure: { code: 'archive.unsafePath' } });
  });

  it('a disk that fails says nothing about the file', async () => {
    const zip = new FailureError('disk.denied');
    await expect(prove(request(), deps({ archives: archives({ zip }) }))).rejects.toMatchObject({
      failure: { code: 'disk.denied' },
    });
  });

  it('a cancelled check is an end, and no verdict', async () => {
    const stopped = new AbortController();
    stopped.abort();
    const given = deps({
      archives: {
        ...archives(),
        digest: (_path, _progress, signal) =>
          signal?.aborted === true
            ? Promise.reject(new FailureError('cancelled'))
            : Promise.reject(new Error('not aborted')),
      },
    });
    await expect(
      verifyRelease(request(), given, () => undefined, stopped.signal),
    ).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  });
});

describe('what is not there', () => {
  it.each([
    ['a web page', found('<!DOCTYPE html><html></html>'), 'unavailable'],
    ['the hash and a name', found(`${release.sha256}  ${release.filename}`), 'unavailable'],
    ['the hash in upper case', found(release.sha256.toUpperCase()), 'unavailable'],
    ['the hash and a line feed', found(`${release.sha256}\n`), 'passed'],
    ['a page that was recognised', side('unusable'), 'unavailable'],
    ['no answer', side('unavailable'), 'unavailable'],
    ['no such file', side('notPublished'), 'notPublished'],
  ])('sidecar: %s', async (_name, sidecar, state) => {
    const { states } = await prove(request(), deps({ sources: sources({ sidecar }) }));
    expect(states.sidecar).toBe(state);
  });

  it('a log out of reach still has the computed sum, and can be accepted', async () => {
    const away = deps({ sources: sources({ log: 'away' }) });
    const { result } = await prove(request(), away);
    expect(result).toMatchObject({
      kind: 'incomplete',
      acceptable: ['checksumDatabase'],
      failure: { code: 'proof.unavailable', next: ['retry', 'acceptUnavailable'] },
    });
    const { evidence, state } = row(result.proofs, 'checksumDatabase');
    expect(state).toBe('unavailable');
    expect(evidence).toContainEqual({ id: 'h1', value: h1, code: true });
    const accepted = await prove(request({ accept: ['checksumDatabase'] }), away);
    expect(accepted.result.kind).toBe('verified');
  });

  it('a log without the record does not pass', async () => {
    const asked = request({
      file: { path: '/d/f', filename: 'go1.27.1.windows-amd64.zip' },
    });
    const { result, states } = await prove(asked);
    expect(states.checksumDatabase).toBe('unavailable');
    expect(result.kind).toBe('incomplete');
  });

  it('nothing but the list: not enough, and nothing to accept', async () => {
    const { result } = await prove(
      request({ accept: ['checksumDatabase'] }),
      deps({
        sources: sources({ log: 'away' }),
        trust: () => ({ ...trust, pin: () => null }),
      }),
    );
    expect(result).toMatchObject({
      kind: 'incomplete',
      acceptable: [],
      failure: { code: 'proof.notEnough' },
    });
  });

  it('before 1.21 the log is not asked to vouch', async () => {
    const asked = request({ file: { path: '/d/f', filename: 'go1.20.3.windows-amd64.zip' } });
    const { result, states } = await prove(
      asked,
      deps({
        trust: () => ({ ...trust, pin: () => ({ sha256: release.sha256, date: '2023-04-04' }) }),
      }),
    );
    expect(states.checksumDatabase).toBe('notPublished');
    expect(result.kind).toBe('verified');
  });
});

describe('the signed source', () => {
  const signedSource = { path: '/d/src.tar.gz', signature: 'good by GOOGLE' };
  const away = sources({ log: 'away' });

  it('vouches for what lies under src/, and counts what the build wrote apart', async () => {
    const asked = request({ signedSource, accept: ['checksumDatabase'] });
    const given = deps({ sources: away, trust: () => ({ ...trust, pin: () => null }) });
    const { result } = await prove(asked, given);
    expect(result.kind).toBe('verified');
    const { evidence } = row(result.proofs, 'signedSource');
    expect(evidence).toContainEqual({ id: 'equal', value: 3 });
    expect(evidence).toContainEqual(
      expect.objectContaining({ id: 'generated', value: 1 }) as unknown,
    );
  });

  const changed = (change: (files: Map<string, { sha256: string; size: number }>) => void) => {
    const files = new Map(release.manifest);
    change(files);
    return files;
  };
  it.each([
    [
      'a changed file',
      changed((f) => f.set('src/a.go', { sha256: other, size: 1 })),
      'differences',
      'src/a.go',
    ],
    ['a missing file', changed((f) => f.delete('src/b/b.go')), 'onlyInSource', 'src/b/b.go'],
    [
      'an added file',
      changed((f) => f.set('src/evil.go', { sha256: other, size: 1 })),
      'onlyInRelease',
      'src/evil.go',
    ],
    [
      'a generated name elsewhere',
      changed((f) => f.set('src/zbootstrap.go', { sha256: other, size: 1 })),
      'onlyInRelease',
      'src/zbootstrap.go',
    ],
    [
      'another version',
      changed((f) => f.set('VERSION', { sha256: other, size: 1 })),
      'differences',
      'VERSION',
    ],
  ])('names %s', async (_name, zip, id, value) => {
    const given = deps({ sources: away, archives: archives({ zip }) });
    const { result } = await prove(request({ signedSource }), given);
    expect(result.kind).toBe('refused');
    expect(row(result.proofs, 'signedSource')).toMatchObject({ state: 'failed' });
    expect(row(result.proofs, 'signedSource').evidence).toContainEqual({ id, value, code: true });
  });

  it('with no file under src/ proves nothing', async () => {
    const given = deps({ archives: archives({ zip: new Map(), tar: new Map() }), sources: away });
    const { result } = await prove(request({ signedSource }), given);
    expect(row(result.proofs, 'signedSource').state).toBe('failed');
  });

  it('that breaks the rules is refused', async () => {
    const tar = new FailureError('archive.broken');
    const { result } = await prove(
      request({ signedSource }),
      deps({ archives: archives({ tar }) }),
    );
    expect(result).toMatchObject({ kind: 'refused', failure: { code: 'archive.broken' } });
  });
});

describe('an organisation', () => {
  const keys = [{ fingerprint: 'CONTOSO', name: 'Contoso IT', armored: 'key' }];
  const listed = { list: () => Promise.resolve(keys) };
  const sums = found(`${other}  other.zip\r\n${release.sha256} *${release.filename}\r\n`);
  const signed = found('good by CONTOSO');
  const none = { ...trust, pin: () => null };
  const given = (parts: Parameters<typeof sources>[0], organisationKeys = listed): VerifyDeps =>
    deps({ sources: sources({ log: 'away', ...parts }), organisationKeys, trust: () => none });
  const asked = (namedMirror: boolean): VerifyRequest =>
    request({ namedMirror, accept: ['checksumDatabase'] });

  it('vouches where its mirror was named, and the row says whose word it is', async () => {
    const { result } = await prove(asked(true), given({ sums, sumsSignature: signed }));
    expect(result.kind).toBe('verified');
    expect(row(result.proofs, 'organisation').summary).toEqual({
      key: 'proof.organisation.passed',
      params: { name: 'Contoso IT' },
    });
  });

  it('does not count on a mirror that nobody named', async () => {
    const { result } = await prove(asked(false), given({ sums, sumsSignature: signed }));
    expect(result).toMatchObject({ kind: 'incomplete', failure: { code: 'proof.notEnough' } });
  });

  it.each<[string, VerifyDeps, string]>([
    ['no list', given({}), 'notPublished'],
    ['a list without signature', given({ sums }), 'notPublished'],
    [
      'a signature out of reach',
      given({ sums, sumsSignature: side('unavailable') }),
      'unavailable',
    ],
    [
      'a page for the list',
      given({ sums: side('unusable'), sumsSignature: signed }),
      'unavailable',
    ],
    [
      'no key here',
      given({ sums, sumsSignature: signed }, { list: () => Promise.resolve([]) }),
      'notChecked',
    ],
    [
      'a key that was not added',
      given({ sums, sumsSignature: found('good by MALLORY') }),
      'unavailable',
    ],
    ['a bad signature', given({ sums, sumsSignature: found('bad') }), 'failed'],
    [
      'another file only',
      given({ sums: found(`${other}  other.zip\n`), sumsSignature: signed }),
      'notPublished',
    ],
    [
      'another hash',
      given({ sums: found(`${other}  ${release.filename}\n`), sumsSignature: signed }),
      'failed',
    ],
    [
      'two hashes of which one is right',
      given({
        sums: found(`${release.sha256}  ${release.filename}\n${other}  ${release.filename}\n`),
        sumsSignature: signed,
      }),
      'failed',
    ],
  ])('%s', async (_name, parts, state) => {
    const { result, states } = await prove(asked(true), parts);
    expect(states.organisation).toBe(state);
    expect(result.kind).not.toBe('verified');
  });
});

describe('roots of trust', () => {
  it('of the lab hold for the lab’s own mirror and nothing else', async () => {
    for (const source of [
      { kind: 'go.dev' },
      { kind: 'golang.google.cn' },
      { kind: 'url', url: 'https://m.example/' },
      { kind: 'folder', path: '/m' },
    ] as const) {
      await expect(prove(request({ source }))).rejects.toThrow(TypeError);
      expect(trustBySource(trust)(source)).toBe(productionTrust);
    }
    expect(trustBySource(trust)({ kind: 'embedded' })).toBe(trust);
  });

  it('cannot be passed off as the production ones', async () => {
    const forged = { ...productionTrust, checksumDatabase: trust.checksumDatabase };
    await expect(
      prove(request({ source: { kind: 'go.dev' } }), deps({ trust: () => forged })),
    ).rejects.toThrow(TypeError);
    expect(Object.isFrozen(productionTrust)).toBe(true);
    expect(Object.isFrozen(productionTrust.openpgp.primaryFingerprints)).toBe(true);
  });
});

describe('a loose file', () => {
  const loose = request({ listed: null, accept: ['checksumDatabase'] });

  it('is proved without a list', async () => {
    const verdict = await verifyFile(
      loose,
      deps({ sources: sources({ log: 'away' }) }),
      () => undefined,
    );
    expect(verdict).toMatchObject({ verdict: 'verified', version: 'go1.27.0', failure: null });
    expect(row(verdict.proofs, 'sha256').state).toBe('notChecked');
  });

  it('takes its version from its name, or from what it is told', async () => {
    const file = { path: '/d/x.zip', filename: 'x.zip' };
    await expect(verifyFile({ ...loose, file }, deps(), () => undefined)).rejects.toMatchObject({
      failure: { code: 'proof.unknownVersion' },
    });
    for (const version of ['1.27.0', 'go1.27.0']) {
      const verdict = await verifyFile({ ...loose, file, version }, deps(), () => undefined);
      expect(verdict).toMatchObject({ filename: release.filename, verdict: 'verified' });
    }
    await expect(
      verifyFile({ ...loose, file, version: 'newest' }, deps(), () => undefined),
    ).rejects.toMatchObject({ failure: { code: 'proof.unknownVersion' } });
  });

  it('of another kind has the proofs of its kind', async () => {
    const states = async (filename: string, signature: string) => {
      const file = { path: '/d/f', filename };
      const verdict = await verifyFile({ ...loose, file, signature }, deps(), () => undefined);
      const of = Object.fromEntries(verdict.proofs.map(({ id, state }) => [id, state]));
      return [verdict.verdict, of['checksumDatabase'], of['openpgp'], of['authenticode']];
    };
    expect(await states('go1.27.0.src.tar.gz', 'good by GOOGLE')).toEqual([
      'verified',
      'notPublished',
      'passed',
      'notPublished',
    ]);
    expect((await states('go1.27.0.src.tar.gz', 'bad'))[0]).toBe('refused');
    expect(await states('go1.27.0.windows-amd64.msi', '')).toEqual([
      'incomplete',
      'notPublished',
      'notPublished',
      'unavailable',
    ]);
  });

  it('is never sealed, and a source archive is no release', async () => {
    await expect(
      verifyRelease(
        request({ file: { path: '/d/f', filename: 'go1.27.0.src.tar.gz' } }),
        deps(),
        () => undefined,
      ),
    ).rejects.toMatchObject({ failure: { code: 'proof.unknownVersion' } });
  });
});
