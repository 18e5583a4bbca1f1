// An installer without files: versions in memory, one link. Named by what it does.
import { join } from 'node:path';
import type { InstalledTree, Installer, KeptVersion } from '../../src/core/ports';
import { FailureError } from '../../src/core/failureError';
import { withoutGo } from '../../src/shared/rules/goVersion';

export interface MemoryInstaller extends Installer {
  readonly log: string[];
}

function memory(versions: readonly string[], current: string | null): MemoryInstaller {
  const kept = new Set(versions);
  let link = current;
  const log: string[] = [];
  const tree = (root: string, version: string): InstalledTree => ({
    version,
    root: join(root, withoutGo(version)),
    files: 3,
    bytes: 30,
  });
  return {
    log,
    unpack(release, root, onProgress) {
      log.push(`unpack ${release.version}`);
      onProgress({ done: 3, total: 3, current: 'bin/go.exe' });
      kept.add(release.version);
      return Promise.resolve(tree(root, release.version));
    },
    current: () => Promise.resolve(link),
    switchTo(_root, version) {
      log.push(`switch ${version ?? 'nothing'}`);
      link = version;
      return Promise.resolve();
    },
    versions: (root) =>
      Promise.resolve(
        [...kept].map((version): KeptVersion => {
          const { root: folder, bytes } = tree(root, version);
          return {
            version,
            root: folder,
            bytes,
            current: version === link,
            installedAt: '2026-11-01T00:00:00.000Z',
          };
        }),
      ),
    remove(_root, version) {
      log.push(`remove ${version}`);
      kept.delete(version);
      return Promise.resolve();
    },
  };
}

export const installer = {
  holding: (versions: readonly string[], current: string | null): MemoryInstaller =>
    memory(versions, current),
  /** The link looks made, and leads where it led. */
  linkIgnored: (versions: readonly string[], current: string | null): MemoryInstaller => ({
    ...memory(versions, current),
    switchTo: () => Promise.resolve(),
  }),
  linkRefused: (versions: readonly string[], current: string | null): MemoryInstaller => ({
    ...memory(versions, current),
    switchTo: () => Promise.reject(new FailureError('install.linkRefused')),
  }),
};
