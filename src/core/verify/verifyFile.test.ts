import { describe, expect, it } from 'vitest';
import { deps, release, request, row, sources } from '../../../test/support/proving';
import { verifyFile, verifyRelease } from './verify';

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
