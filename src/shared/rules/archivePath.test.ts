import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ArchiveGuard,
  foldPath,
  goArchiveLimits,
  refusePath,
  type Admission,
  type ArchiveEntry,
  type PathRefusal,
} from './archivePath';

const file = (path: string, size = 1, compressed: number | null = 1): ArchiveEntry => ({
  path,
  kind: 'file',
  size,
  compressed,
});
const admitAll = (...entries: readonly ArchiveEntry[]): Admission => {
  const guard = new ArchiveGuard();
  return entries.map((entry) => guard.admit(entry)).at(-1) ?? { kind: 'folder' };
};
const whyOf = (admission: Admission): PathRefusal | null =>
  admission.kind === 'refused' ? admission.why : null;

describe('the path guard', () => {
  it('admits what a real release has', () => {
    for (const path of [
      'VERSION',
      'bin/go.exe',
      'src/cmd/go/testdata/mod/rsc.io_!q!u!o!t!e_v1.5.3-!p!r!e.txt',
      'test/fixedbugs/issue27836.dir/Þfoo.go',
      'src/a b/c+d_e-f.s',
      'src/.gitattributes',
      'console/common.go',
      'src/aux_test/nul1/com.go',
      'src/x/comma.txt',
    ]) {
      expect(admitAll(file(`go/${path}`))).toEqual({ kind: 'file', path });
    }
  });

  it.each<[string, PathRefusal]>([
    ['', 'empty'],
    ['evil.txt', 'outside'],
    ['gopher/x', 'outside'],
    ['go', 'outside'],
    ['go/', 'empty'],
    ['Go/x', 'outside'],
    ['../go/x', 'outside'],
    ['/go/x', 'absolute'],
    ['//server/share', 'absolute'],
    ['C:/go/x', 'drive'],
    ['c:evil', 'drive'],
    ['go\\x', 'backslash'],
    ['go/a\\..\\b', 'backslash'],
    ['go//x', 'absolute'],
    ['go/../x', 'parent'],
    ['go/a/../../x', 'parent'],
    ['go/./x', 'parent'],
    ['go/a//b', 'empty'],
    ['go/a/', 'empty'],
    ['go/C:/x', 'drive'],
    ['go/a/d:', 'drive'],
    ['go/x.exe:stream', 'stream'],
    ['go/xy::$DATA', 'stream'],
    ['go/a\u0000b', 'character'],
    ['go/a\nb', 'character'],
    ['go/a\u007fb', 'character'],
    ['go/a\u0085b', 'character'],
    ['go/gpj.\u202eexe', 'character'],
    ['go/a\u200bb', 'character'],
    ['go/a\ufeffb', 'character'],
    ['go/a\u2028b', 'character'],
    ['go/a\ud800b', 'character'],
    ['go/a?b', 'character'],
    ['go/a*', 'character'],
    ['go/"a"', 'character'],
    ['go/a|b', 'character'],
    ['go/<a>', 'character'],
    ['go/a.', 'trailing'],
    ['go/a ', 'trailing'],
    ['go/a./b', 'trailing'],
    ['go/.../b', 'trailing'],
    ['go/CON', 'reserved'],
    ['go/nul', 'reserved'],
    ['go/a/Aux.txt', 'reserved'],
    ['go/prn.tar.gz', 'reserved'],
    ['go/com1/x', 'reserved'],
    ['go/COM¹', 'reserved'],
    ['go/lpt³.txt', 'reserved'],
    ['go/LPT9.c', 'reserved'],
    ['go/conin$', 'reserved'],
    ['go/NUL .txt', 'reserved'],
    ['go/PROGRA~1/x', 'shortName'],
    ['go/a/GIT~12.TXT', 'shortName'],
    [`go/${'a'.repeat(256)}`, 'tooLong'],
    [`go/${'é'.repeat(256)}`, 'tooLong'],
    [`go/${'a/'.repeat(600)}a`, 'tooLong'],
  ])('refuses %j as %s', (path, why) => {
    expect(whyOf(admitAll(file(path)))).toBe(why);
  });

  it('refuses the same behind a folder that was judged before', () => {
    for (const [path, why] of [
      ['go/src/..', 'parent'],
      ['go/src/nul', 'reserved'],
      ['go/src/ab:c', 'stream'],
      ['go/src/a.', 'trailing'],
      [`go/src/${'a'.repeat(1100)}`, 'tooLong'],
    ] as const) {
      expect(whyOf(admitAll(file('go/src/a'), file(path)))).toBe(why);
    }
  });

  it('refuses links and all that is no file or folder', () => {
    expect(whyOf(admitAll({ ...file('go/a'), kind: 'link' }))).toBe('link');
    expect(whyOf(admitAll({ ...file('go/a'), kind: 'special' }))).toBe('special');
  });

  it('takes folders, also the top one, and gives them no file', () => {
    const folder = (path: string): ArchiveEntry => ({ ...file(path, 0, 0), kind: 'folder' });
    expect(admitAll(folder('go/'))).toEqual({ kind: 'folder' });
    expect(admitAll(folder('go/'), folder('go/src/'), folder('go/src'))).toEqual({
      kind: 'folder',
    });
    expect(whyOf(admitAll(folder('go/../x/')))).toBe('parent');
    expect(whyOf(admitAll(folder('/')))).toBe('absolute');
  });

  it.each([
    ['go/a', 'go/a', 'duplicate'],
    ['go/a', 'go/A', 'collision'],
    ['go/src/a', 'go/SRC/b', 'collision'],
    ['go/a/b', 'go/a', 'collision'],
    ['go/a', 'go/a/b', 'collision'],
    ['go/A', 'go/a/b', 'collision'],
    ['go/\u00e9', 'go/e\u0301', 'collision'],
    ['go/ß', 'go/SS', 'collision'],
    ['go/\u212a', 'go/k', 'collision'],
    ['go/x/\u03c3', 'go/x/\u03c2', 'collision'],
  ])('refuses %s beside %s as a %s', (first, second, why) => {
    expect(whyOf(admitAll(file(first), file(second)))).toBe(why);
  });

  it('caps entries, total size, size and ratio', () => {
    const limits = { entries: 2, totalSize: 100, fileSize: 60, ratio: 10, ratioFrom: 20 };
    const run = (...entries: readonly ArchiveEntry[]): PathRefusal | null => {
      const guard = new ArchiveGuard(limits);
      return whyOf(entries.map((entry) => guard.admit(entry)).at(-1) ?? { kind: 'folder' });
    };
    expect(run(file('go/a'), file('go/b'), file('go/c'))).toBe('tooMany');
    expect(run(file('go/a', 61, 61))).toBe('tooLarge');
    expect(run(file('go/a', 60, 60), file('go/b', 41, 41))).toBe('tooLarge');
    expect(run(file('go/a', 50, 4))).toBe('ratio');
    expect(run(file('go/a', 50, 5))).toBeNull();
    expect(run(file('go/a', 20, 1))).toBeNull();
    expect(run(file('go/a', 50, null))).toBeNull();
    expect(run(file('go/a', Number.NaN, 1))).toBe('tooLarge');
    expect(run(file('go/a', -1, 1))).toBe('tooLarge');
  });

  it('never lets a path out of its folder, whatever the archive says', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '',
      'a',
      'C:',
      '\\',
      'b',
      ' ',
      'nul',
      '~1',
      'é',
      '/',
      ':',
    );
    const path = fc.oneof(
      fc.array(part, { maxLength: 6 }).map((parts) => `go/${parts.join('/')}`),
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `go/${text}`),
    );
    fc.assert(
      fc.property(path, (text) => {
        const admission = admitAll(file(text));
        if (admission.kind !== 'file') return;
        expect(`go/${admission.path}`).toBe(text);
        // As Windows and as POSIX read it.
        const url = new URL(`file:///root/${encodeURI(admission.path).replaceAll('%5C', '\\')}`);
        expect(url.pathname.startsWith('/root/')).toBe(true);
        expect(admission.path).not.toMatch(/[\\:]|^\/|\/\/|(^|\/)\.{1,2}(\/|$)|[. ](\/|$)/);
      }),
      { numRuns: 1000 },
    );
  });

  it('judges a path the same alone and after any other that it admits', () => {
    const name = fc.constantFrom('a', 'B', 'nul', 'x.', 'é', 'go.mod', '..', 'a:b');
    const paths = fc.array(fc.array(name, { minLength: 1, maxLength: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(paths, (list) => {
        const guard = new ArchiveGuard(goArchiveLimits);
        for (const path of list.map((parts) => parts.join('/'))) {
          const alone = refusePath(path);
          const here = guard.admit(file(`go/${path}`));
          if (alone !== null) expect(whyOf(here)).toBe(alone);
          else expect(['duplicate', 'collision', null]).toContain(whyOf(here));
        }
      }),
    );
  });

  it('admits no two paths that one disk could take for the same', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'A', 'ß', 's', 'S', 'é', 'e', '\u0301') });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 20 }), (names) => {
        const guard = new ArchiveGuard();
        const admitted = names.filter((text) => guard.admit(file(`go/${text}`)).kind === 'file');
        for (const fold of [
          (text: string) => text.normalize('NFC').toLowerCase(),
          (text: string) => text.normalize('NFD').toUpperCase(),
          foldPath,
        ]) {
          expect(new Set(admitted.map(fold)).size).toBe(admitted.length);
        }
      }),
    );
  });
});
