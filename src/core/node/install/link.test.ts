import { lstatSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { failureOf, hasty, systemError } from '../../../../test/support/disk';
import { smallRelease } from '../../../../test/support/smallRelease';
import { temporaryFolder } from '../../../../test/support/temporary';
import { startTestWorker } from '../../../../test/support/worker';
import { nodeFiles } from '../files';
import { Workers } from '../worker/workers';
import { systemDiskCalls } from './diskCalls';
import { nodeInstaller, type InstallerParts } from './installer';
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

describe('the link', () => {
  const release = smallRelease(folder);
  const older = smallRelease(folder, 'go1.26.7');
  const ready = async (): Promise<string> => {
    const root = installRoot();
    await make().unpack(release, root, quiet);
    await make().unpack(older, root, quiet);
    await make().switchTo(root, 'go1.26.7');
    return root;
  };
  /** Windows refuses to rename over a junction. */
  const windowsRename = async (from: string, to: string): Promise<void> => {
    if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) throw systemError('EPERM');
    await systemDiskCalls.rename(from, to);
  };

  it('is a junction with a whole path on Windows, swapped by way of a name aside', async () => {
    const root = await ready();
    const types: string[] = [];
    const diskCalls = {
      ...systemDiskCalls,
      symlink: (target: string, path: string, type: 'dir' | 'junction') => {
        types.push(`${type} ${target}`);
        return systemDiskCalls.symlink(target, path, type);
      },
      rename: windowsRename,
    };
    const installer = make({ platform: 'win32', diskCalls, patience: hasty().patience });
    await installer.switchTo(root, 'go1.27.0');
    expect(types).toEqual([`junction ${join(root, '1.27.0')}`]);
    expect(await installer.current(root)).toBe('go1.27.0');
    expect(readdirSync(root).sort()).toEqual(['1.26.7', '1.27.0', 'current']);
  });

  it('comes back where the new one is refused', async () => {
    const root = await ready();
    const before = await readlink(join(root, 'current'));
    const diskCalls = {
      ...systemDiskCalls,
      rename: async (from: string, to: string) => {
        if (from.includes('.current-new-')) throw systemError('EBUSY');
        await windowsRename(from, to);
      },
    };
    const { patience, waits } = hasty();
    const installer = make({ platform: 'win32', diskCalls, patience });
    const failure = await failureOf(installer.switchTo(root, 'go1.27.0'));
    expect(failure.code).toBe('disk.locked');
    expect(waits.length).toBeGreaterThan(10);
    expect(await readlink(join(root, 'current'))).toBe(before);
    expect(readdirSync(root).sort()).toEqual(['1.26.7', '1.27.0', 'current']);
  });

  it.each(['ENOTSUP', 'EISDIR', 'EPERM'])(
    'says so where the disk has no links: %s',
    async (code) => {
      const root = await ready();
      const diskCalls = { ...systemDiskCalls, symlink: () => Promise.reject(systemError(code)) };
      const installer = make({ platform: 'win32', diskCalls, patience: hasty().patience });
      const failure = await failureOf(installer.switchTo(root, 'go1.27.0'));
      expect(failure.code).toBe('install.linkRefused');
      expect(failure.next).toContain('continueWithout');
      expect(await installer.current(root)).toBe('go1.26.7');
    },
  );

  it('waits for whoever holds it', async () => {
    const root = await ready();
    let refusals = 5;
    const diskCalls = {
      ...systemDiskCalls,
      rename: async (from: string, to: string) => {
        if (refusals-- > 0) throw systemError('EPERM');
        await systemDiskCalls.rename(from, to);
      },
    };
    const { patience, waits } = hasty();
    const installer = make({ platform: 'win32', diskCalls, patience });
    await installer.switchTo(root, 'go1.27.0');
    expect(waits.length).toBe(5);
    expect(await installer.current(root)).toBe('go1.27.0');
  });

  it('clears what a crash in a switch left, and nothing else', async () => {
    const root = await ready();
    symlinkSync('1.27.0', join(root, '.current-new-0123abcd'));
    mkdirSync(join(root, '.current-new-89abcdef'));
    await make().switchTo(root, 'go1.27.0');
    expect(readdirSync(root).sort()).toEqual([
      '.current-new-89abcdef',
      '1.26.7',
      '1.27.0',
      'current',
    ]);
  });

  it('leaves a link that leads elsewhere', async () => {
    const root = installRoot();
    await make().unpack(release, root, quiet);
    symlinkSync('/usr', join(root, 'current'));
    expect(await make().current(root)).toBeNull();
    expect((await failureOf(make().switchTo(root, 'go1.27.0'))).code).toBe('install.linkRefused');
    expect(await readlink(join(root, 'current'))).toBe('/usr');
  });
});
