import { describe, expect, it } from 'vitest';
import { proofIds, type ProofId } from '../../shared/model';
import { FailureError } from '../failureError';
import {
  archives,
  deps,
  found,
  logWith,
  prove,
  request,
  sources,
  trust,
} from '../../../test/support/proving';
import { goMod } from '../../../test/support/checksumLog';
import { productionTrust, trustBySource } from './trust';
import { verifyRelease, type VerifyDeps, type VerifyRequest } from './verify';

const other = 'b'.repeat(64);

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
      deps({
        signingKeys: {
          refresh: () =>
            Promise.resolve({
              kind: 'refreshed',
              keyring: 'google',
              from: 'https://keys.example/',
            }),
        },
      }),
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
