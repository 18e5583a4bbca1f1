import { describe, expect, it } from 'vitest';
import { FailureError } from '../failureError';
import {
  archives,
  deps,
  prove,
  release,
  request,
  row,
  sources,
  trust,
} from '../../../test/support/proving';

const other = 'b'.repeat(64);

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
