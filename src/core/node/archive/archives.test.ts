import {
  appendFileSync,
  existsSync,
  mkdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary';
import { startTestWorker } from '../../../../test/support/worker';
import { makeTarGz, makeZip, sha256Of, type TestEntry } from '../../../../test/support/zip';
import { goArchiveLimits } from '../../../shared/rules/archivePath';
import type { Progress } from '../../ports';
import { asFailure } from '../../failureError';
import { h1OfManifest } from '../../verify/h1';
import { Workers } from '../worker/workers';
import { nodeArchives } from './archives';

const folder = temporaryFolder();
const workers = new Workers(startTestWorker);
const archives = nodeArchives(workers);
afterAll(() => workers.close());

let count = 0;
function put(bytes: Buffer, name = 'archive'): string {
  const path = join(folder, `${name}-${String(count++)}`);
  writeFileSync(path, bytes);
  return path;
}

const failureOf = async (work: Promise<unknown>): Promise<{ code: string; why: unknown }> => {
  const failure = await work.then(
    () => null,
    (error: unknown) => asFailure(error),
  );
  return { code: failure?.code ?? 'none', why: failure?.params['why'] };
};
const zipFailure = (...entries: readonly TestEntry[]): ReturnType<typeof failureOf> =>
  failureOf(archives.zipManifest(put(makeZip(entries))));

const large = Buffer.alloc(5_000_000, 'a large file that passes in pieces, ');

describe('zipManifest', () => {
  it('hashes every file, small and large, deflated and stored, in the order of the archive', async () => {
    const contents: readonly (readonly [string, string | Buffer, boolean])[] = [
      ['go/VERSION', 'go1.27.0\n', false],
      ['go/bin/go.exe', large, false],
      ['go/bin/stored.exe', large.subarray(0, 4_000_000), true],
      ['go/src/empty.go', '', false],
      ['go/src/stored.go', 'stored', true],
      ['go/test/Þfoo.go', 'package foo', false],
    ];
    const zip = makeZip(contents.map(([path, content, stored]) => ({ path, content, stored })));
    const seen: Progress[] = [];
    const manifest = await archives.zipManifest(put(zip), (progress) => seen.push(progress));
    expect([...manifest]).toEqual(
      contents.map(([path, content]) => [
        path.slice(3),
        { sha256: sha256Of(content), size: Buffer.byteLength(content) },
      ]),
    );
    expect(seen.at(-1)).toMatchObject({ done: 6, total: 6 });
  });

  it('takes entries for folders, and gives them no file', async () => {
    const zip = makeZip([
      { path: 'go/', mode: 0o040755, stored: true },
      { path: 'go/src/', mode: 0, stored: true },
      { path: 'go/src/a.go', content: 'a' },
    ]);
    expect([...(await archives.zipManifest(put(zip))).keys()]).toEqual(['src/a.go']);
  });

  it('refuses names that lead out, and links', async () => {
    const unsafe = async (entry: TestEntry): Promise<unknown> => {
      const { code, why } = await zipFailure({ path: 'go/a', content: 'a' }, entry);
      expect(code).toBe('archive.unsafePath');
      return why;
    };
    expect(await unsafe({ path: 'go/../evil' })).toBe('parent');
    expect(await unsafe({ path: '/etc/passwd' })).toBe('absolute');
    expect(await unsafe({ path: 'evil.txt' })).toBe('outside');
    expect(await unsafe({ path: 'go/..\\..\\evil' })).toBe('backslash');
    expect(await unsafe({ path: 'go/x.exe:hidden' })).toBe('stream');
    expect(await unsafe({ path: 'go/NUL.txt' })).toBe('reserved');
    expect(await unsafe({ path: 'go/A' })).toBe('collision');
    expect(await unsafe({ path: 'go/a' })).toBe('duplicate');
    expect(await unsafe({ path: 'go/l', mode: 0o120777 })).toBe('link');
    expect(await unsafe({ path: 'go/l', central: { attributes: 0x400 } })).toBe('link');
    expect(await unsafe({ path: 'go/fifo', mode: 0o010644 })).toBe('special');
    expect(await unsafe({ path: 'go/folder/', content: 'not empty' })).toBe('special');
    expect(await unsafe({ path: '', rawName: Buffer.from('go/\u00e9') })).toBe('character');
    expect(await unsafe({ path: '', rawName: Buffer.from([0x67, 0x6f, 0x2f, 0xff]) })).toBe(
      'character',
    );
  });

  it('shows a hostile name without its control characters', async () => {
    const path = put(makeZip([{ path: 'go/a\u001b[2Jb' }]));
    const failure = await archives.zipManifest(path).catch(asFailure);
    expect(failure).toMatchObject({ params: { path: 'go/a\\u{1b}[2Jb' } });
  });

  it('refuses an archive whose headers contradict each other', async () => {
    const broken = async (entry: Partial<TestEntry>): Promise<void> => {
      const whole = { path: 'go/f', content: 'content', ...entry };
      expect((await zipFailure(whole)).code).toBe('archive.broken');
      const big = { path: 'go/f', content: large, ...entry };
      expect((await zipFailure(big)).code).toBe('archive.broken');
    };
    await broken({ local: { path: 'go/g' } });
    await broken({ local: { path: 'go/ff' } });
    await broken({ local: { method: 0 } });
    await broken({ local: { size: 1 } });
    await broken({ local: { flags: 0x09 } });
    await broken({ central: { flags: 0x09 } });
    await broken({ central: { method: 12 } });
    await broken({ central: { crc: 1 } });
    await broken({ central: { offset: 3 } });
    await broken({ data: Buffer.alloc(20_000, 'this is no deflate stream. ') });
  });

  it('refuses a file that is longer or shorter than declared', async () => {
    for (const content of ['content', large]) {
      const size = Buffer.byteLength(content);
      for (const lie of [size - 1, size + 1]) {
        const { code } = await zipFailure({ path: 'go/f', content, central: { size: lie } });
        expect(code).toBe('archive.broken');
      }
    }
  });

  it('names the file that is broken among many', async () => {
    const entries = Array.from({ length: 50 }, (_, i) => ({
      path: `go/f${String(i)}`,
      content: `content ${String(i)}`,
      ...(i === 31 ? { central: { crc: 7 } } : {}),
    }));
    const failure = await archives.zipManifest(put(makeZip(entries))).catch(asFailure);
    expect(failure).toMatchObject({ code: 'archive.broken', params: { path: 'f31' } });
  });

  it('refuses entries that share bytes', async () => {
    const { code } = await zipFailure(
      { path: 'go/a', content: 'a' },
      { path: 'go/b', content: 'a', local: { path: 'go/a' }, central: { offset: 0 } },
    );
    expect(code).toBe('archive.broken');
  });

  it('refuses more, larger and denser than any release', async () => {
    const bomb = { path: 'go/bomb', content: Buffer.alloc(30_000_000) };
    expect(await zipFailure(bomb)).toEqual({ code: 'archive.tooLarge', why: 'ratio' });
    const limited = nodeArchives(workers, { ...goArchiveLimits, entries: 1, totalSize: 10 });
    const two = put(makeZip([{ path: 'go/a' }, { path: 'go/b' }]));
    expect((await failureOf(limited.zipManifest(two))).code).toBe('archive.tooMany');
    const long = put(makeZip([{ path: 'go/a', content: 'more than ten' }]));
    expect((await failureOf(limited.zipManifest(long))).code).toBe('archive.tooLarge');
  });

  it('refuses what is no zip, is cut short, or claims entries that are not there', async () => {
    const zip = makeZip([{ path: 'go/a', content: 'a' }]);
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('<!DOCTYPE html>'),
      zip.subarray(0, -1),
      zip.subarray(10),
      Buffer.concat([zip, Buffer.from('x')]),
      Buffer.concat([zip.subarray(0, -2), Buffer.from([1, 0]), Buffer.from('c')]),
      Buffer.concat([zip, zip.subarray(-22)]),
      makeZip([{ path: 'go/a' }, { path: 'go/b' }], 1),
      makeZip([{ path: 'go/a' }], 2),
    ]) {
      expect((await failureOf(archives.zipManifest(put(bytes)))).code).toBe('archive.broken');
    }
    expect((await failureOf(archives.zipManifest(join(folder, 'absent')))).code).toBe(
      'disk.missing',
    );
  });

  it('stops when told to', async () => {
    const path = put(makeZip([{ path: 'go/a', content: 'a' }]));
    const cancelled = archives.zipManifest(path, undefined, AbortSignal.abort());
    expect((await failureOf(cancelled)).code).toBe('cancelled');
  });
});

describe('tarManifest', () => {
  it('hashes every file by the same rule', async () => {
    const tar = await makeTarGz([
      { name: 'go/', type: 'directory' },
      { name: 'go/VERSION', content: 'go1.27.0\n' },
      { name: 'go/src/Þfoo.go', content: large },
    ]);
    expect([...(await archives.tarManifest(put(tar)))]).toEqual([
      ['VERSION', { sha256: sha256Of('go1.27.0\n'), size: 9 }],
      ['src/Þfoo.go', { sha256: sha256Of(large), size: large.length }],
    ]);
  });

  it.each([
    [{ name: 'go/l', type: 'symlink', linkname: '/etc' }, 'link'],
    [{ name: 'go/l', type: 'link', linkname: 'go/a' }, 'link'],
    [{ name: 'go/f', type: 'fifo' }, 'special'],
    [{ name: 'go/../evil', content: 'x' }, 'parent'],
    [{ name: 'evil', content: 'x' }, 'outside'],
    [{ name: 'go/A', content: 'x' }, 'collision'],
  ] as const)('refuses %j', async (entry, why) => {
    const tar = await makeTarGz([{ name: 'go/a', content: 'a' }, entry]);
    expect(await failureOf(archives.tarManifest(put(tar)))).toEqual({
      code: 'archive.unsafePath',
      why,
    });
  });

  it('refuses what is no gzip, no tar, or cut short', async () => {
    const tar = await makeTarGz([{ name: 'go/a', content: large }]);
    for (const bytes of [Buffer.from('<!DOCTYPE html>'), tar.subarray(0, tar.length >> 1)]) {
      expect((await failureOf(archives.tarManifest(put(bytes)))).code).toBe('archive.broken');
    }
    expect((await failureOf(archives.tarManifest(join(folder, 'absent')))).code).toBe(
      'disk.missing',
    );
  });
});

describe('treeManifest and digest', () => {
  it('hashes a tree and names what is no file, without following it', async () => {
    const root = join(folder, 'tree 用户');
    mkdirSync(join(root, 'src', 'a'), { recursive: true });
    writeFileSync(join(root, 'VERSION'), 'go1.27.0\n');
    writeFileSync(join(root, 'src', 'a', 'Þ.go'), large);
    symlinkSync('/etc', join(root, 'src', 'link'));
    const { manifest, links } = await archives.treeManifest(root);
    expect([...manifest]).toEqual([
      ['VERSION', { sha256: sha256Of('go1.27.0\n'), size: 9 }],
      ['src/a/Þ.go', { sha256: sha256Of(large), size: large.length }],
    ]);
    expect(links).toEqual(['src/link']);
    unlinkSync(join(root, 'src', 'link'));
    appendFileSync(join(root, 'VERSION'), 'x');
    const again = await archives.treeManifest(root);
    expect(again.links).toEqual([]);
    expect(again.manifest.get('VERSION')?.sha256).toBe(sha256Of('go1.27.0\nx'));
  });

  it('digests a file and says how far it is', async () => {
    const bytes = Buffer.alloc(40_000_000, 'x');
    const seen: Progress[] = [];
    const digest = await archives.digest(put(bytes), (progress) => seen.push(progress));
    expect(digest).toEqual({ sha256: sha256Of(bytes), size: bytes.length });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.every((progress) => progress.total === bytes.length)).toBe(true);
  });

  it('names a folder or file that is not there', async () => {
    expect((await failureOf(archives.treeManifest(join(folder, 'no')))).code).toBe('disk.missing');
    expect((await failureOf(archives.digest(join(folder, 'no')))).code).toBe('disk.missing');
  });
});

const data = resolve('../shared/data/go-release');
const zip = join(data, 'go1.27.0.windows-amd64.zip');
const source = join(data, 'go1.27.0.src.tar.gz');
const isThere = existsSync(zip) && existsSync(source);
if (!isThere) console.log(`skipped: the official go1.27.0 is not at ${data}`);

describe.skipIf(!isThere)('the official go1.27.0', () => {
  it('has the h1 of its module, and every file of its source', async () => {
    const manifest = await archives.zipManifest(zip);
    expect(manifest.size).toBe(15_636);
    expect(h1OfManifest(manifest, 'go1.27.0', 'windows', 'amd64')).toEqual({
      h1: 'h1:8pPy8S91V30lOV1zo59ar/esoLpn5dkgbh/mo/EhWsc=',
      files: 12_057,
      skipped: 3_579,
    });
    const tar = await archives.tarManifest(source);
    const sources = [...tar].filter(([path]) => path.startsWith('src/'));
    expect(sources.length).toBe(12_011);
    for (const [path, file] of sources) expect(manifest.get(path)).toEqual(file);
  });
});
