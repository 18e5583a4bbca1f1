import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldCase,
  isWithin,
  lastName,
  looksShort,
  nameMatches,
  normalWinPath,
  parentPath,
  parseWinPath,
  patternsMeet,
  samePath,
} from './winPath';

describe('normal form', () => {
  it.each([
    ['C:\\go', 'C:\\go'],
    ['c:\\go\\', 'C:\\go'],
    ['c:/go//bin/', 'C:\\go\\bin'],
    ['C:', 'C:\\'],
    ['C:\\', 'C:\\'],
    ['\\\\?\\C:\\go', 'C:\\go'],
    ['\\\\.\\c:\\go', 'C:\\go'],
    ['\\\\?\\UNC\\host\\share\\x', '\\\\host\\share\\x'],
    ['//host/share/x/', '\\\\host\\share\\x'],
    ['C:\\go. \\bin.', 'C:\\go\\bin'],
    ['C:\\用户\\go', 'C:\\用户\\go'],
  ])('%s is %s', (text, normal) => {
    expect(normalWinPath(text)).toBe(normal);
  });

  it.each([
    ['', 'empty'],
    ['go.exe', 'notAbsolute'],
    ['C:go', 'notAbsolute'],
    ['\\go', 'notAbsolute'],
    ['/bin', 'notAbsolute'],
    ['C:\\go\\..\\Windows', 'parentSegment'],
    ['C:\\go\\.\\bin', 'parentSegment'],
    ['C:\\go\\. .\\bin', 'parentSegment'],
    ['\\\\?\\GLOBALROOT\\Device\\HarddiskVolume1\\x', 'device'],
    ['\\\\?\\Volume{1}\\x', 'device'],
    ['\\??\\C:\\x', 'device'],
    ['*:\\x', 'driveWildcard'],
    ['?:\\x', 'driveWildcard'],
    ['C:\\a|b', 'badCharacter'],
    ['C:\\a\u0000b', 'badCharacter'],
    ['C:\\file.txt:stream', 'badCharacter'],
    [`C:\\${'a'.repeat(2100)}`, 'tooLong'],
  ])('%s is refused as %s', (text, why) => {
    expect(parseWinPath(text)).toEqual({ kind: 'refused', why });
  });

  it('is its own normal form, whatever it was made from', () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9 _\-.]{0,8}[a-z0-9]$/);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 5 }), (names) => {
        const normal = normalWinPath(['C:', ...names].join('\\')) ?? '';
        expect(normalWinPath(normal)).toBe(normal);
        expect(samePath(normal.toUpperCase(), normal.toLowerCase())).toBe(true);
      }),
    );
  });
});

describe('comparison', () => {
  it('goes by whole names', () => {
    expect(isWithin('C:\\go\\bin', 'c:\\GO\\')).toBe(true);
    expect(isWithin('C:\\go', 'C:\\go')).toBe(true);
    expect(isWithin('C:\\gopher', 'C:\\go')).toBe(false);
    expect(isWithin('D:\\go\\bin', 'C:\\go')).toBe(false);
    expect(isWithin('C:\\x', 'C:\\')).toBe(true);
    expect(isWithin('not a path', 'C:\\')).toBe(false);
  });

  it('folds case one character to one', () => {
    expect(foldCase('straße')).toBe('STRAßE');
    expect(samePath('C:\\straße', 'C:\\strasse')).toBe(false);
    expect(samePath('C:\\ÄÖÜ', 'c:\\äöü')).toBe(true);
  });

  it('knows last names, parents and short names', () => {
    expect(lastName('C:\\a\\b.exe')).toBe('b.exe');
    expect(lastName('/tmp/x')).toBe('x');
    expect(parentPath('C:\\a\\b')).toBe('C:\\a');
    expect(parentPath('C:\\')).toBeNull();
    expect(looksShort('PROGRA~1')).toBe(true);
    expect(looksShort('LONGNA~12.EXE')).toBe(true);
    expect(looksShort('plain~')).toBe(false);
  });
});

describe('wildcards', () => {
  it.each([
    ['*', 'anything', true],
    ['Te*', 'temp', true],
    ['te?p', 'TEMP', true],
    ['te?p', 'tep', false],
    ['*.exe', 'a.b.exe', true],
    ['*.exe', 'a.exe.txt', false],
    ['', '', true],
  ])('%s and the name %s: %s', (pattern, name, fits) => {
    expect(nameMatches(pattern, name)).toBe(fits);
  });

  it.each([
    ['a*', '*b', true],
    ['a*', 'b*', false],
    ['?', '*', true],
    ['ab', 'a?', true],
    ['Te*', 'Temp', true],
  ])('%s meets %s: %s', (a, b, meet) => {
    expect(patternsMeet(a, b)).toBe(meet);
    expect(patternsMeet(b, a)).toBe(meet);
  });

  it('agrees with regular expressions', () => {
    const text = fc.stringMatching(/^[ab*?]{0,6}$/);
    const plain = fc.stringMatching(/^[ab]{0,6}$/);
    fc.assert(
      fc.property(text, plain, (pattern, name) => {
        const source = pattern.replaceAll('*', '.*').replaceAll('?', '.');
        expect(nameMatches(pattern, name)).toBe(new RegExp(`^${source}$`).test(name));
        if (nameMatches(pattern, name)) expect(patternsMeet(pattern, name)).toBe(true);
      }),
    );
  });
});
