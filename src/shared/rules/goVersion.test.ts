import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releaseListSchema } from '../model/release';
import {
  compareGoVersions,
  isPreview,
  isRelease,
  lineOf,
  parseGoVersion,
  readWantedVersion,
  withoutGo,
} from './goVersion';

/** Oldest first, as go/version orders them. */
const ordered = [
  'go1.9.2rc2', // invalid to Go, so older than everything
  'go1',
  'go1.2.2',
  'go1.6beta1',
  'go1.6rc1',
  'go1.6',
  'go1.6.4',
  'go1.9',
  'go1.10',
  'go1.20rc3',
  'go1.20',
  'go1.20.14',
  'go1.21', // the language, not a release
  'go1.21rc2',
  'go1.21.0',
  'go1.21.10',
  'go1.27rc1',
  'go1.27rc3',
  'go1.27rc10',
  'go1.27.0',
  'go1.28beta1',
  'go2',
];

describe('Go versions', () => {
  it('order as Go orders them', () => {
    for (let i = 0; i < ordered.length; i++) {
      for (let j = 0; j < ordered.length; j++) {
        const [a, b] = [ordered[i] ?? '', ordered[j] ?? ''];
        expect(Math.sign(compareGoVersions(a, b)), `${a} against ${b}`).toBe(Math.sign(i - j));
      }
    }
  });

  it('take 1.20 for the same as 1.20.0, and 1.21 for another than 1.21.0', () => {
    expect(compareGoVersions('go1.20', 'go1.20.0')).toBe(0);
    expect(compareGoVersions('go1', 'go1.0.0')).toBe(0);
    expect(compareGoVersions('go1.21', 'go1.21.0')).toBeLessThan(0);
    expect(compareGoVersions('go1.21.0-bigcorp', 'go1.21.0')).toBe(0);
  });

  it('read their parts', () => {
    expect(parseGoVersion('go1.27.0')).toEqual({
      major: '1',
      minor: '27',
      patch: '0',
      kind: '',
      pre: '',
    });
    expect(parseGoVersion('go1.6beta1')).toMatchObject({ patch: '', kind: 'beta', pre: '1' });
    expect(parseGoVersion('go1.20')).toMatchObject({ minor: '20', patch: '0' });
    expect(parseGoVersion('go1.21')).toMatchObject({ minor: '21', patch: '' });
  });

  it.each([
    '',
    '1.27.0',
    'go',
    'go01.2',
    'go1.02',
    'go1.',
    'go1.2.3.4',
    'go1.2RC1',
    'go1.2.3rc1',
    'go1.2 ',
    'go1.2/..',
  ])('refuse %j', (text) => {
    expect(parseGoVersion(text)).toBeNull();
  });

  it('name their line, their folder and whether they are a preview', () => {
    expect([lineOf('go1.27.0'), lineOf('go1.20'), lineOf('go1.28rc1'), lineOf('x')]).toEqual([
      '1.27',
      '1.20',
      '1.28',
      null,
    ]);
    expect(withoutGo('go1.27.0')).toBe('1.27.0');
    expect(['go1.27rc1', 'go1.6beta1', 'go1.9.2rc2'].every(isPreview)).toBe(true);
    expect(['go1.27.0', 'go1.20', 'go1'].some(isPreview)).toBe(false);
    expect(isRelease('go1.20')).toBe(true);
    expect(isRelease('go1.21')).toBe(false);
    expect(isRelease('go1.9.2rc2')).toBe(false);
  });

  it('are understood as people type them', () => {
    expect(readWantedVersion(' Latest ')).toEqual({ kind: 'latest' });
    expect(readWantedVersion('1.27.0')).toEqual({ kind: 'version', version: 'go1.27.0' });
    expect(readWantedVersion('go1.27RC1')).toEqual({ kind: 'version', version: 'go1.27rc1' });
    expect(readWantedVersion('1.20')).toEqual({ kind: 'version', version: 'go1.20' });
    expect(readWantedVersion('1.27')).toEqual({ kind: 'line', line: '1.27' });
    expect(readWantedVersion('newest')).toBeNull();
    expect(readWantedVersion('../1.27.0')).toBeNull();
    expect(readWantedVersion('go1.21.0-corp')).toBeNull();
  });
});

describe('the order, for any versions', () => {
  const part = fc.nat(40).map(String);
  const version = fc
    .tuple(part, part, fc.constantFrom('', '.', 'rc', 'beta'), part)
    .map(([major, minor, sep, last]) => `go${major}.${minor}${sep}${sep === '' ? '' : last}`);
  const any = fc.oneof(version, fc.string({ maxLength: 12 }));

  it('is total: reflexive, antisymmetric, transitive', () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        const ab = Math.sign(compareGoVersions(a, b));
        expect(compareGoVersions(a, a)).toBe(0);
        expect(Math.sign(compareGoVersions(b, a)) + ab).toBe(0);
        if (ab <= 0 && compareGoVersions(b, c) <= 0) {
          expect(compareGoVersions(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it('puts previews before their release and patches after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 21, max: 99 }), fc.nat(30), (minor, n) => {
        const line = `go1.${minor}`;
        const steps = [line, `${line}beta${n}`, `${line}rc${n}`, `${line}.0`, `${line}.${n + 1}`];
        expect([...steps].reverse().sort(compareGoVersions)).toEqual(steps);
      }),
    );
  });
});

const listFile = resolve('../shared/data/go-dl-2021-11-08.json');
const hasList = existsSync(listFile);
if (!hasList) console.info(`skipped: the real list of 202 versions is not at ${listFile}`);

describe('the real list of November 2021', () => {
  it.skipIf(!hasList)('is ordered as published: 201 of 202 are valid, newest first', () => {
    const list = releaseListSchema.parse(JSON.parse(readFileSync(listFile, 'utf8')));
    const versions = list.map((release) => release.version);
    expect(versions).toHaveLength(202);
    expect(versions.filter((version) => !isRelease(version))).toEqual(['go1.9.2rc2']);
    // Published as: the two current ones, the archive, the previews. Each of the last two is in order.
    const archive = versions.slice(2).filter((version) => !isPreview(version));
    const parts = [archive, versions.filter(isPreview)];
    for (const part of parts) {
      const valid = part.filter(isRelease);
      expect([...valid].sort((a, b) => compareGoVersions(b, a))).toEqual(valid);
    }
    const all = versions.filter(isRelease).sort(compareGoVersions);
    expect(all[0]).toBe('go1');
    expect(all.at(-1)).toBe('go1.17.3');
    for (let i = 1; i < all.length; i++) {
      expect(compareGoVersions(all[i - 1] ?? '', all[i] ?? '')).toBeLessThan(0);
    }
  });
});
