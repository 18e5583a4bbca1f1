// The `Installer` port: versions side by side below one folder, and the link that leads to one of them.
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpoint } from '../../checkpoint';
import { asFailure, FailureError } from '../../failureError';
import { isVerified, type VerifiedRelease } from '../../verify/verifiedRelease';
import { diskFailure, errorCode } from '../diskFailure';
import type { Files, Installer, KeptVersion, Manifests } from '../../ports';
import type { Workers } from '../worker/workers';
import { compareGoVersions, parseGoVersion, withoutGo } from '../../../shared/rules/goVersion';
import { discard, removeAll, setAside, sweep } from './discard';
import { findAbsent } from './expectAll';
import { systemDiskCalls, type DiskCalls, type DiskTools } from './diskCalls';
import { readLink, setLink } from './link';
import { patienceOf, patiently, type Patience } from './patient';
import { beginFolder, folderState, type FolderState, type Sentinel } from './sentinel';
import { sizeOfTree } from './sizeOfTree';
import { prepareUnpack, writeRelease, type UnpackTools } from './unpack';

export interface InstallerParts {
  readonly workers: Workers;
  readonly files: Pick<Files, 'freeBytes'>;
  /** Where the manifest of each installed release is kept. */
  readonly manifests: Pick<Manifests, 'keep'>;
  readonly now?: () => Date;
  /** Runs after the files are written and before they are looked for: the lab's antivirus acts here. */
  readonly settled?: (root: string) => Promise<void>;
  readonly platform?: NodeJS.Platform;
  readonly patience?: Patience;
  readonly diskCalls?: DiskCalls;
}

export function nodeInstaller(parts: InstallerParts): Installer {
  const platform = parts.platform ?? process.platform;
  const patience = parts.patience ?? patienceOf(platform);
  const disk: DiskTools = { platform, patience, calls: parts.diskCalls ?? systemDiskCalls };
  const tools: UnpackTools = {
    workers: parts.workers,
    files: parts.files,
    now: parts.now ?? (() => new Date()),
    settled: parts.settled ?? (() => Promise.resolve()),
  };

  const currentVersion = async (installRoot: string): Promise<string | null> => {
    const folder = await readLink(installRoot);
    return folder === null ? null : versionOfFolder(folder);
  };

  return {
    async unpack(release, installRoot, onProgress, signal) {
      if (!isVerified(release)) {
        throw new FailureError('proof.notEnough', { cause: new Error('this was not verified') });
      }
      const folder = folderOf(release.version);
      const root = join(installRoot, folder);
      await makeRoot(installRoot);
      await sweep(installRoot, disk);
      const state = await folderState(root);
      refuseOthers(state, root, release);
      if (state.kind === 'complete' && (await isWhole(parts.workers, root, release, signal))) {
        await parts.manifests.keep(release);
        return treeOf(state.sentinel, root);
      }
      if (state.kind === 'leftover') await discard(installRoot, folder, disk, signal);
      const prepared = await prepareUnpack(tools, release, root, signal);
      await parts.manifests.keep(release);
      // A finished one that has lost files is kept until the new one is there.
      const damaged = state.kind === 'complete' ? await setAside(installRoot, folder, disk) : null;
      let began = false;
      try {
        await beginFolder(root);
        began = true;
        const sentinel = await writeRelease(tools, prepared, root, onProgress, signal);
        if (damaged !== null) await removeAll(damaged, disk);
        return treeOf(sentinel, root);
      } catch (error) {
        throw await undone(error, async () => {
          if (began) await discard(installRoot, folder, disk);
          if (damaged !== null) await patiently(() => disk.calls.rename(damaged, root), patience);
        });
      }
    },
    current: currentVersion,
    async switchTo(installRoot, version) {
      if (version !== null) {
        const state = await folderState(join(installRoot, folderOf(version)));
        if (state.kind !== 'complete') {
          throw new FailureError('install.noSuchVersion', {
            params: { version: withoutGo(version) },
            next: ['chooseOtherVersion'],
          });
        }
      }
      await checkpoint('beforeSwitch');
      await setLink(installRoot, version === null ? null : folderOf(version), disk);
      await checkpoint('afterSwitch');
    },
    async versions(installRoot) {
      const current = await currentVersion(installRoot);
      const kept: KeptVersion[] = [];
      for (const folder of await foldersIn(installRoot)) {
        const version = versionOfFolder(folder);
        if (version === null) continue;
        const root = join(installRoot, folder);
        const state = await folderState(root);
        if (state.kind !== 'complete' && state.kind !== 'leftover') continue;
        const isComplete = state.kind === 'complete';
        kept.push({
          version,
          root,
          bytes: isComplete ? state.sentinel.bytes : await sizeOfTree(root),
          current: version === current,
          installedAt: isComplete ? state.sentinel.installedAt : null,
        });
      }
      return kept.sort((a, b) => compareGoVersions(b.version, a.version));
    },
    async remove(installRoot, version, waits = 'patiently') {
      if ((await currentVersion(installRoot)) === version) {
        throw new FailureError('install.isCurrent', { params: { version: withoutGo(version) } });
      }
      const folder = folderOf(version);
      const root = join(installRoot, folder);
      const state = await folderState(root);
      if (state.kind === 'foreign') throw exists(root);
      if ((await foldersIn(installRoot)).includes(folder)) {
        await discard(installRoot, folder, waits === 'once' ? atOnce(disk) : disk);
      }
    },
  };
}

/** @throws FailureError `install.noSuchVersion` for what is no version, so that no name leads out of the root. */
function folderOf(version: string): string {
  const folder = withoutGo(version);
  if (versionOfFolder(folder) === version) return folder;
  throw new FailureError('install.noSuchVersion', { params: { version: folder.slice(0, 64) } });
}

function versionOfFolder(folder: string): string | null {
  const version = `go${folder}`;
  return /^go[0-9a-z.]{1,60}$/.test(version) && parseGoVersion(version) !== null ? version : null;
}

/** What is not Gangway's, or is another machine's Go of the same version, is never replaced. */
function refuseOthers(state: FolderState, root: string, release: VerifiedRelease): void {
  if (state.kind === 'foreign') throw exists(root);
  if (state.kind === 'complete' && state.sentinel.sha256 !== release.sha256) throw exists(root);
}

function exists(path: string): FailureError {
  return new FailureError('install.targetExists', { params: { path }, next: ['retry'] });
}

function atOnce(disk: DiskTools): DiskTools {
  return { ...disk, patience: { ...disk.patience, giveUpAfterMs: 0 } };
}

/** Runs `undo` and answers the first failure; a second one is told with it. */
async function undone(error: unknown, undo: () => Promise<void>): Promise<unknown> {
  try {
    await undo();
    return error;
  } catch (second) {
    const { code, params, next, details } = asFailure(error);
    const left = asFailure(second);
    const leftover = { id: 'leftover', value: left.cause ?? left.code };
    return new FailureError(code, { params, next, details: [...details, leftover], cause: error });
  }
}

async function isWhole(
  workers: Workers,
  root: string,
  release: VerifiedRelease,
  signal?: AbortSignal,
): Promise<boolean> {
  const expected = {
    paths: [...release.manifest.keys()],
    sizes: Float64Array.from(release.manifest.values(), (file) => file.size),
  };
  const { missing, changed } = await findAbsent(workers, root, expected, signal);
  return missing.length === 0 && changed.length === 0;
}

function treeOf(sentinel: Sentinel, root: string): Awaited<ReturnType<Installer['unpack']>> {
  return { version: sentinel.version, root, files: sentinel.files, bytes: sentinel.bytes };
}

async function makeRoot(installRoot: string): Promise<void> {
  try {
    await mkdir(installRoot, { recursive: true });
  } catch (error) {
    throw diskFailure(error, installRoot);
  }
}

async function foldersIn(installRoot: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(installRoot, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw diskFailure(error, installRoot);
  }
}
