import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { releaseListSchema, type GoFile, type GoRelease } from '../model/release';
import {
  chooseFile,
  findRelease,
  isSupported,
  newestFirst,
  offers,
  sourceFile,
  supportedLines,
} from './chooseRelease';

const hash = 'ab'.repeat(32);

function file(version: string, os: string, arch: string, parts: Partial<GoFile> = {}): GoFile {
  const extension = os === 'windows' ? 'zip' : 'tar.gz';
  return {
    filename: `${version}.${os}-${arch}.${extension}`,
    os,
    arch,
    version,
    sha256: hash,
    size: 1000,
    kind: 'archive',
    ...parts,
  };
}

function release(version: string, files: readonly GoFile[] = [], stable = true): GoRelease {
  return { version, stable, files: [...files] };
}

const list = ['go1.25.13', 'go1.27.0', 'go1.26.3', 'go1.20', 'go1.26.7']
  .map((version) => release(version))
  .concat(release('go1.28rc1', [], false), release('go1.9.2rc2', [], false));

describe('what is offered', () => {
  it('supports the newest two lines, whatever the list calls stable', () => {
    expect(supportedLines(list)).toEqual(['1.27', '1.26']);
    expect(isSupported(list, 'go1.26.3')).toBe(true);
    expect(isSupported(list, 'go1.25.13')).toBe(false);
    expect(isSupported(list, 'go1.28rc1')).toBe(false);
    expect(isSupported(list, 'nonsense')).toBe(false);
  });

  it('offers the newest patch of the installed line and the newest stable', () => {
    const both = offers(list, 'go1.26.3');
    expect(both.newestPatch?.version).toBe('go1.26.7');
    expect(both.newestStable?.version).toBe('go1.27.0');
    expect(offers(list, null).newestPatch).toBeNull();
    expect(offers(list, 'go1.24.1').newestPatch).toBeNull();
    expect(offers([], 'go1.26.3')).toEqual({ newestPatch: null, newestStable: null });
  });

  it('never offers a preview, even one that a list calls stable', () => {
    expect(offers([release('go1.28rc1'), ...list], 'go1.28rc1').newestPatch).toBeNull();
    expect(offers([release('go1.28rc1'), ...list], null).newestStable?.version).toBe('go1.27.0');
  });

  it('lists what Go can order, newest first', () => {
    expect(newestFirst(list).map((one) => one.version)).toEqual([
      'go1.28rc1',
      'go1.27.0',
      'go1.26.7',
      'go1.26.3',
      'go1.25.13',
      'go1.20',
    ]);
  });

  it('finds what was asked for', () => {
    const find = (wanted: Parameters<typeof findRelease>[1]) => findRelease(list, wanted)?.version;
    expect(find({ kind: 'latest' })).toBe('go1.27.0');
    expect(find({ kind: 'line', line: '1.26' })).toBe('go1.26.7');
    expect(find({ kind: 'version', version: 'go1.28rc1' })).toBe('go1.28rc1');
    expect(find({ kind: 'version', version: 'go1.26.9' })).toBeUndefined();
  });
});

describe('the file for a machine', () => {
  const windows = release('go1.27.0', [
    file('go1.27.0', 'linux', 'arm64'),
    file('go1.27.0', 'windows', 'amd64', {
      kind: 'installer',
      filename: 'go1.27.0.windows-amd64.msi',
    }),
    file('go1.27.0', 'windows', '386'),
    file('go1.27.0', 'windows', 'amd64'),
    file('go1.27.0', 'windows', 'arm64'),
    file('go1.27.0', '', '', { kind: 'source', filename: 'go1.27.0.src.tar.gz' }),
  ]);
  const without = (...archs: string[]): GoRelease => ({
    ...windows,
    files: windows.files.filter((one) => !archs.includes(one.arch)),
  });

  it.each(['amd64', 'arm64', '386'] as const)('is the zip of its own processor: %s', (arch) => {
    const choice = chooseFile(windows, { os: 'windows', arch });
    expect(choice).toMatchObject({
      kind: 'file',
      file: { filename: `go1.27.0.windows-${arch}.zip` },
      fallback: null,
    });
  });

  it('falls back on arm64 with a reason', () => {
    expect(chooseFile(without('arm64'), { os: 'windows', arch: 'arm64' })).toMatchObject({
      file: { arch: 'amd64' },
      fallback: { key: 'choose.otherArch', params: { wanted: 'arm64', arch: 'amd64' } },
    });
    expect(chooseFile(without('arm64', 'amd64'), { os: 'windows', arch: 'arm64' })).toMatchObject({
      file: { arch: '386' },
    });
  });

  it('refuses where nothing runs there', () => {
    const refused = { kind: 'refused', code: 'catalogue.noFile' };
    expect(chooseFile(without('386'), { os: 'windows', arch: '386' })).toMatchObject(refused);
    expect(chooseFile(windows, { os: 'linux', arch: 'amd64' })).toMatchObject(refused);
    expect(chooseFile(release('go1.0'), { os: 'windows', arch: 'amd64' })).toMatchObject(refused);
  });

  it('refuses an empty hash, and takes no other file instead', () => {
    const old = release('go1.5.2', [
      file('go1.5.2', 'windows', 'amd64', { sha256: '' }),
      file('go1.5.2', 'windows', '386'),
    ]);
    expect(chooseFile(old, { os: 'windows', arch: 'amd64' })).toMatchObject({
      kind: 'refused',
      code: 'catalogue.emptyHash',
      file: { arch: 'amd64' },
    });
  });

  it('knows the source archive, unless it has no hash', () => {
    expect(sourceFile(windows)?.filename).toBe('go1.27.0.src.tar.gz');
    expect(
      sourceFile(
        release('go1.5.2', [
          file('go1.5.2', '', '', { kind: 'source', filename: 'go1.5.2.src.tar.gz', sha256: '' }),
        ]),
      ),
    ).toBeNull();
  });
});

const listFile = resolve('../shared/data/go-dl-2021-11-08.json');
const hasList = existsSync(listFile);
if (!hasList) console.info(`skipped: the real list of 202 versions is not at ${listFile}`);

describe('the real list of November 2021', () => {
  it.skipIf(!hasList)('gives what a machine of that day should have had', () => {
    const real = releaseListSchema.parse(JSON.parse(readFileSync(listFile, 'utf8')));
    expect(supportedLines(real)).toEqual(['1.17', '1.16']);
    expect(offers(real, 'go1.16.2').newestPatch?.version).toBe('go1.16.10');
    const newest = offers(real, null).newestStable;
    expect(newest?.version).toBe('go1.17.3');
    for (const arch of ['amd64', 'arm64', '386'] as const) {
      const choice = newest === null ? null : chooseFile(newest, { os: 'windows', arch });
      expect(choice).toMatchObject({ kind: 'file', file: { arch }, fallback: null });
    }
    const emptied = real.filter(
      (one) =>
        chooseFile(one, { os: 'windows', arch: 'amd64' }).kind === 'refused' &&
        one.files.some((f) => f.os === 'windows' && f.arch === 'amd64' && f.sha256 === ''),
    );
    expect(emptied.map((one) => one.version)).toContain('go1.5.2');
    expect(emptied.map((one) => one.version)).not.toContain('go1.6');
  });
});
