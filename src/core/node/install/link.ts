// The link `current` that leads to one version's folder: a junction on Windows, a symbolic link elsewhere. It changes in
// one step where the system can; on Windows a junction cannot be renamed over, so the old one steps aside for a moment
// and comes back if the new one is refused. Whatever else stands at that name is left alone.
import { randomBytes } from 'node:crypto';
import { lstat, readdir, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FailureError } from '../../failureError';
import { diskFailure, errorCode } from '../diskFailure';
import type { DiskTools } from './diskCalls';
import { heldFailure, patiently } from './patient';

export const linkName = 'current';

type LinkState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'ours'; readonly folder: string }
  /** A folder, a file, or a link that leads out of the install root. */
  | { readonly kind: 'foreign' };

/** Name of the version folder that `current` leads to, whether or not that folder is there; null for none of ours. */
export async function readLink(installRoot: string): Promise<string | null> {
  const state = await linkState(installRoot);
  return state.kind === 'ours' ? state.folder : null;
}

/**
 * Leads `current` to a folder below the install root; null removes it.
 * @throws FailureError `install.linkRefused`, `disk.*`
 */
export async function setLink(
  installRoot: string,
  folder: string | null,
  tools: DiskTools,
): Promise<void> {
  const state = await linkState(installRoot);
  const link = join(installRoot, linkName);
  if (state.kind === 'foreign') throw refused(link, 'foreign');
  await sweepAside(installRoot, tools);
  if (folder === null) {
    if (state.kind === 'ours') await attempt(link, tools, () => tools.calls.unlink(link));
    return;
  }
  if (state.kind === 'ours' && state.folder === folder) return;
  const beside = besideName(installRoot, 'new');
  await makeLink(installRoot, folder, beside, tools);
  try {
    if (tools.platform === 'win32' && state.kind === 'ours') {
      await swap(installRoot, beside, tools);
    } else {
      await attempt(link, tools, () => tools.calls.rename(beside, link));
    }
  } catch (error) {
    await tools.calls.unlink(beside).catch(ignoreMissing);
    throw error;
  }
}

async function makeLink(
  installRoot: string,
  folder: string,
  beside: string,
  tools: DiskTools,
): Promise<void> {
  // A junction holds a whole path; elsewhere a relative one survives a move of the install root.
  const isWindows = tools.platform === 'win32';
  const target = isWindows ? join(installRoot, folder) : folder;
  try {
    await patiently(
      () => tools.calls.symlink(target, beside, isWindows ? 'junction' : 'dir'),
      tools.patience,
    );
  } catch (error) {
    // FAT, exFAT and some network drives have no links; a policy can forbid them.
    if (linkless.has(errorCode(error))) throw refused(join(installRoot, linkName), 'volume', error);
    throw diskFailure(error, join(installRoot, linkName));
  }
}

const linkless: ReadonlySet<string> = new Set([
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EINVAL',
  'EPERM',
  'EISDIR',
  'UNKNOWN',
]);

async function swap(installRoot: string, beside: string, tools: DiskTools): Promise<void> {
  const link = join(installRoot, linkName);
  const aside = besideName(installRoot, 'old');
  await attempt(link, tools, () => tools.calls.rename(link, aside));
  try {
    await attempt(link, tools, () => tools.calls.rename(beside, link));
  } catch (error) {
    await attempt(link, tools, () => tools.calls.rename(aside, link));
    throw error;
  }
  await attempt(link, tools, () => tools.calls.unlink(aside));
}

/** What a crash in the middle of an earlier switch left. */
async function sweepAside(installRoot: string, tools: DiskTools): Promise<void> {
  for (const name of await readdir(installRoot)) {
    if (!/^\.current-(?:new|old)-[0-9a-f]{8}$/.test(name)) continue;
    const path = join(installRoot, name);
    if ((await lstat(path)).isSymbolicLink()) {
      await attempt(path, tools, () => tools.calls.unlink(path));
    }
  }
}

async function linkState(installRoot: string): Promise<LinkState> {
  const link = join(installRoot, linkName);
  try {
    // A junction counts as a symbolic link here.
    if (!(await lstat(link)).isSymbolicLink()) return { kind: 'foreign' };
    const target = resolve(installRoot, await readlink(link));
    const inside = await isSameFolder(dirname(target), installRoot);
    return inside ? { kind: 'ours', folder: basename(target) } : { kind: 'foreign' };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'absent' };
    throw diskFailure(error, link);
  }
}

async function isSameFolder(a: string, b: string): Promise<boolean> {
  if (resolve(a) === resolve(b)) return true;
  try {
    return (await realpath(a)) === (await realpath(b));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function attempt(path: string, tools: DiskTools, call: () => Promise<void>): Promise<void> {
  try {
    await patiently(call, tools.patience);
  } catch (error) {
    throw heldFailure(error, path, tools.patience);
  }
}

function besideName(installRoot: string, what: 'new' | 'old'): string {
  return join(installRoot, `.current-${what}-${randomBytes(4).toString('hex')}`);
}

function refused(path: string, why: 'foreign' | 'volume', cause?: unknown): FailureError {
  return new FailureError('install.linkRefused', {
    params: { path },
    details: [{ id: 'reason', value: why }],
    next: why === 'volume' ? ['continueWithout', 'retry'] : ['retry', 'report'],
    ...(cause === undefined ? {} : { cause }),
  });
}

function ignoreMissing(error: unknown): void {
  if (errorCode(error) !== 'ENOENT') throw error;
}
