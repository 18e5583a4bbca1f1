import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installerContract } from '../../../../test/contract/installer';
import { smallRelease } from '../../../../test/support/smallRelease';
import { temporaryFolder } from '../../../../test/support/temporary';
import { failureOf, hasty, systemError } from '../../../../test/support/disk';
import { startTestWorker } from '../../../../test/support/worker';
import { h1OfManifest } from '../../verify/h1';
import { sealVerified } from '../../verify/sealVerified';
import { nodeArchives } from '../archive/archives';
import { nodeFiles } from '../files';
import { Workers } from '../worker/workers';
import { nodeInstaller, type InstallerParts } from './installer';
import { systemDiskCalls } from './diskCalls';
import { manifestStore } from './manifestStore';

const folder = temporaryFolder();
const workers = new Workers(startTestWorker);
afterAll(() => workers.close());
const manifests = manifestStore(join(folder, 'manifests'));
const quiet = (): void => undefined;

let count = 0;
const installRoot = (): string => join(folder, `root ${String(count++)}`);
const make = (parts: Partial<InstallerParts> = {}): ReturnType<typeof nodeInstaller> =>
  nodeInstaller({ workers, files: nodeFiles, manifests, ...parts });

installerContract('the real one', () => ({
  installer: make(),
  installRoot,
  scratch: join(folder, 'contract'),
}));

describe('unpacking for real', () => {
  const release = smallRelease(folder);

  it('works in a long folder with spaces and Chinese characters', async () => {
    const root = join(
      installRoot(),
      '用户 名',
      ...Array.from({ length: 12 }, () => '很长的文件夹'.repeat(4)),
    );
    const { root: tree } = await make().unpack(release, root, quiet);
    await make().switchTo(root, 'go1.27.0');
    expect(tree.length).toBeGreaterThan(260);
    expect(
      readFileSync(join(root, 'current', 'test/fixedbugs/issue27836.dir/Þfoo.go'), 'utf8'),
    ).toBe('package foo\n');
  });

  it('writes the sentinel with what was installed, takes the mark away, and keeps the manifest', async () => {
    const root = installRoot();
    const now = new Date('2026-11-24T08:00:00.000Z');
    await make({ now: () => now }).unpack(release, root, quiet);
    const tree = join(root, '1.27.0');
    expect(JSON.parse(readFileSync(join(tree, '.gangway.json'), 'utf8'))).toEqual({
      schema: 1,
      version: 'go1.27.0',
      os: 'windows',
      arch: 'amd64',
      sha256: release.sha256,
      h1: release.h1,
      files: release.manifest.size,
      bytes: [...release.manifest.values()].reduce((sum, file) => sum + file.size, 0),
      installedAt: now.toISOString(),
    });
    expect(existsSync(join(tree, '.gangway.partial'))).toBe(false);
    expect((await manifests.bySha256(release.sha256))?.manifest).toEqual(release.manifest);
  });

  it('names the program that an antivirus took, and leaves nothing', async () => {
    const root = installRoot();
    const settled = (tree: string): Promise<void> => {
      rmSync(join(tree, 'pkg/tool/windows_amd64/compile.exe'));
      rmSync(join(tree, 'LICENSE'));
      return Promise.resolve();
    };
    const failure = await failureOf(make({ settled }).unpack(release, root, quiet));
    expect(failure).toMatchObject({
      code: 'install.fileVanished',
      params: { file: 'compile.exe', count: 2 },
    });
    expect(failure.next).toContain('seeBlocks');
    expect(readdirSync(root)).toEqual([]);
  });

  it('sees a file that was cut short on disk', async () => {
    const root = installRoot();
    const settled = (tree: string): Promise<void> => {
      writeFileSync(join(tree, 'bin/go.exe'), '');
      return Promise.resolve();
    };
    expect(await failureOf(make({ settled }).unpack(release, root, quiet))).toMatchObject({
      code: 'install.fileChanged',
      params: { file: 'bin/go.exe' },
    });
    expect(readdirSync(root)).toEqual([]);
  });

  it('brings a damaged version back where it cannot be mended', async () => {
    const root = installRoot();
    await make().unpack(release, root, quiet);
    const tree = join(root, '1.27.0');
    rmSync(join(tree, 'LICENSE'));
    const settled = (): Promise<void> => {
      throw systemError('EIO');
    };
    await failureOf(make({ settled }).unpack(release, root, quiet));
    expect(readdirSync(root)).toEqual(['1.27.0']);
    expect(existsSync(join(tree, 'bin/go.exe'))).toBe(true);
    expect(existsSync(join(tree, 'LICENSE'))).toBe(false);
  });

  it('refuses a disk without room, with figures, before writing', async () => {
    const root = installRoot();
    const files = { freeBytes: () => Promise.resolve(1000) };
    const failure = await failureOf(make({ files }).unpack(release, root, quiet));
    expect(failure).toMatchObject({ code: 'disk.full', params: { free: 1000 } });
    expect(failure.params['needed']).toBeGreaterThan(64 * 1024 ** 2);
    expect(failure.next).toContain('freeSpace');
    expect(readdirSync(root)).toEqual([]);
    const unknown = { freeBytes: () => Promise.resolve(null) };
    await make({ files: unknown }).unpack(release, root, quiet);
  });

  it('refuses an h1 that the files do not have', async () => {
    const root = installRoot();
    const wrong = smallRelease(folder, 'go1.27.0', { h1: 'h1:wrong' });
    expect((await failureOf(make().unpack(wrong, root, quiet))).code).toBe('install.fileChanged');
    expect(readdirSync(root)).toEqual([]);
  });

  it('says what is in the way where a file stands in for the install root', async () => {
    const root = installRoot();
    writeFileSync(root, 'a file');
    const failure = await failureOf(make().unpack(release, join(root, 'below'), quiet));
    expect(failure.code).toBe('disk.missing');
  });

  it('clears what an earlier removal had to leave', async () => {
    const root = installRoot();
    mkdirSync(join(root, '.removing-1.26.0-0123abcd', 'src'), { recursive: true });
    await make().unpack(release, root, quiet);
    expect(readdirSync(root)).toEqual(['1.27.0']);
  });
});

describe('removal', () => {
  it('leaves the version whole where a program in it runs on', async () => {
    const root = installRoot();
    await make().unpack(smallRelease(folder), root, quiet);
    const { patience, waits } = hasty();
    const diskCalls = { ...systemDiskCalls, rename: () => Promise.reject(systemError('EPERM')) };
    const installer = make({ platform: 'win32', patience, diskCalls });
    const failure = await failureOf(installer.remove(root, 'go1.27.0'));
    expect(failure).toMatchObject({ code: 'disk.locked', params: { path: join(root, '1.27.0') } });
    expect(failure.next).toContain('closePrograms');
    const waited = waits.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(25_000);
    expect((await failureOf(installer.remove(root, 'go1.27.0', 'once'))).code).toBe('disk.locked');
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(waited);
    expect(existsSync(join(root, '1.27.0', '.gangway.json'))).toBe(true);
  });
});

const zip = resolve('../shared/data/go-release/go1.27.0.windows-amd64.zip');
if (!existsSync(zip)) console.log(`skipped: the official go1.27.0 is not at ${zip}`);

describe.skipIf(!existsSync(zip))('the official go1.27.0', () => {
  it('unpacks whole, then goes without a trace', async () => {
    const archives = nodeArchives(workers);
    const { sha256, size } = await archives.digest(zip);
    const manifest = await archives.zipManifest(zip);
    const { h1 } = h1OfManifest(manifest, 'go1.27.0', 'windows', 'amd64');
    const release = sealVerified({
      version: 'go1.27.0',
      os: 'windows',
      arch: 'amd64',
      filename: 'go1.27.0.windows-amd64.zip',
      archive: zip,
      sha256,
      size,
      h1,
      manifest,
      proofs: [],
      verifiedAt: '2026-11-24T00:00:00.000Z',
    });
    const root = installRoot();
    const tree = await make().unpack(release, root, quiet);
    expect(tree).toMatchObject({ files: 15_636, bytes: 246_896_065 });
    const read = await archives.treeManifest(tree.root);
    const found = new Map(read.manifest);
    expect(found.delete('.gangway.json')).toBe(true);
    expect(found).toEqual(new Map([...manifest].sort(([a], [b]) => (a < b ? -1 : 1))));
    await make().remove(root, 'go1.27.0');
    expect(readdirSync(root)).toEqual([]);
  }, 120_000);
});
