import { describe, expect, it } from 'vitest';
import { proofIds, proofSchema } from '../../shared/model';
import { translate } from '../../shared/text/translate';
import { isVerified } from './verifiedRelease';
import {
  deps,
  found,
  h1,
  prove,
  release,
  request,
  row,
  side,
  sources,
  trust,
} from '../../../test/support/proving';

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
