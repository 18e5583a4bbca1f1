// Puts a verified release beside the old one and leads `current` to it, each step in the journal first. Nothing but a
// `VerifiedRelease` comes in. What was cut off is gone on with; what failed is left for the caller's rollback.
import { join } from 'node:path';
import { FailureError } from '../failureError';
import type { JournalAction } from '../journal/replay';
import type { Journal } from '../journal/journal';
import type { GoEnv, InstalledTree, Installer, OnProgress } from '../ports';
import type { VerifiedRelease } from '../verify/verifiedRelease';
import { isVerified } from '../verify/verifiedRelease';
import { withoutGo } from '../../shared/rules/goVersion';
import { journaled } from './journaled';

export interface InstallPorts {
  readonly installer: Installer;
  readonly goEnv: Pick<GoEnv, 'version'>;
  readonly journal: Journal;
}

export interface InstallRequest {
  readonly release: VerifiedRelease;
  readonly installRoot: string;
  readonly run: string;
}

export type InstallStep = 'folder' | 'unpack' | 'compare' | 'switch' | 'askVersion';

export interface InstallObserver {
  step(id: InstallStep, state: 'running' | 'done' | 'notPossible', note?: string): void;
  progress: OnProgress;
}

export interface Installed {
  readonly tree: InstalledTree;
  /** What `current` led to before; null for nothing. */
  readonly before: string | null;
  /** What the new Go says; null where it does not run on this system. */
  readonly goVersion: string | null;
}

/** @throws FailureError what `Installer` throws, `cancelled`, `install.linkRefused` where the link was not seen after. */
export async function installRelease(
  ports: InstallPorts,
  request: InstallRequest,
  observer: InstallObserver,
  signal?: AbortSignal,
): Promise<Installed> {
  const { installer, journal } = ports;
  const { release, installRoot, run } = request;
  if (!isVerified(release)) {
    throw new FailureError('internal', { cause: new Error('this release was not verified') });
  }
  const earlier = unfinished(journal, run);
  const before = await installer.current(installRoot);
  const wasSwitching = earlier.some((entry) => entry.action.kind === 'switchCurrent');

  observer.step('folder', 'running');
  const tree = await unpack();
  signal?.throwIfAborted();
  observer.step('switch', 'running');
  if (before !== release.version || wasSwitching) await lead();
  observer.step('switch', 'done', withoutGo(release.version));
  observer.step('askVersion', 'running');
  const goVersion = await ports.goEnv.version(tree.root);
  observer.step('askVersion', goVersion === null ? 'notPossible' : 'done', goVersion ?? '');
  return { tree, before: beforeOf(), goVersion };

  async function unpack(): Promise<InstalledTree> {
    const there = await finished(installer, installRoot, release.version);
    const started = earlier.find((entry) => entry.action.kind === 'unpack');
    if (there !== null && started === undefined) {
      // Someone else's work: not this run's to undo, so not in its journal.
      const tree = await installer.unpack(release, installRoot, watched(), signal);
      observer.step('compare', 'done', String(tree.files));
      return tree;
    }
    const { value, applied } = await journaled(journal, run, {
      action: {
        kind: 'unpack',
        installRoot,
        version: release.version,
        root: rootOf(installRoot, release.version),
        sha256: release.sha256,
      },
      ...(started === undefined ? {} : { resumes: started.id }),
      effect: () => installer.unpack(release, installRoot, watched(), signal),
      readBack: async () => (await finished(installer, installRoot, release.version)) !== null,
    });
    if (!applied) {
      throw new FailureError('install.fileVanished', {
        params: { file: value.root },
        next: ['seeBlocks', 'retry'],
      });
    }
    observer.step('unpack', 'done');
    observer.step('compare', 'done', String(value.files));
    return value;
  }

  /** The folder is made when the first file is reported. */
  function watched(): OnProgress {
    let isFirst = true;
    return (progress) => {
      if (isFirst) {
        isFirst = false;
        observer.step('folder', 'done', rootOf(installRoot, release.version));
        observer.step('unpack', 'running');
      }
      observer.progress(progress);
    };
  }

  async function lead(): Promise<void> {
    const started = earlier.find((entry) => entry.action.kind === 'switchCurrent');
    const { applied } = await journaled(journal, run, {
      action: { kind: 'switchCurrent', installRoot, version: release.version, before },
      ...(started === undefined ? {} : { resumes: started.id }),
      effect: () => installer.switchTo(installRoot, release.version),
      readBack: async () => (await installer.current(installRoot)) === release.version,
    });
    if (!applied) {
      throw new FailureError('install.linkRefused', {
        params: { path: installRoot },
        next: ['retry', 'undo'],
      });
    }
  }

  /** An earlier process may have switched already: then what was before is in its record. */
  function beforeOf(): string | null {
    const started = earlier.find((entry) => entry.action.kind === 'switchCurrent');
    return started?.action.kind === 'switchCurrent' ? started.action.before : before;
  }
}

/** The folder of a version, as the installer names it. */
export function rootOf(installRoot: string, version: string): string {
  return join(installRoot, withoutGo(version));
}

/** Intents of this run that no `done` followed. */
function unfinished(journal: Journal, run: string): readonly JournalAction[] {
  const known = journal.runs().find((candidate) => candidate.run === run);
  return known?.actions.filter((entry) => entry.done === null && entry.undone === null) ?? [];
}

async function finished(
  installer: Installer,
  installRoot: string,
  version: string,
): Promise<string | null> {
  const versions = await installer.versions(installRoot);
  return (
    versions.find((kept) => kept.version === version && kept.installedAt !== null)?.root ?? null
  );
}
