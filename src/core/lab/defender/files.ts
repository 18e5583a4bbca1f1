// The lab's files as its Defender meets them: it looks at what was written, takes what it takes for malware into
// quarantine, scans when it is told to, and gives back.
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { defenderChannel, detectionXml, restoredXml } from './eventXml';
import { accountOf, guid } from './history';
import { excludes } from './preferences';
import type { LabSettings } from './scenarios';
import { guards } from './status';
import type { LabStep, LabView } from './step';
import { isWithin, lastName, sameText } from '../../../shared/rules/winPath';

/** What Defender's model in the lab calls everything that it takes. */
export const threat = { id: 2147735503, name: 'Trojan:Win32/Wacatac.C!ml' } as const;

/** A file that Defender took: it is in quarantine, and gone from where it was. */
export interface TakenFile {
  readonly path: string;
  readonly threat: string;
  readonly detectionId: string;
}

/** A file was just written. Null where it stays. */
export async function lookAtFile(
  step: LabStep,
  hostPath: string,
  winPath: string,
  process?: string,
): Promise<TakenFile | null> {
  if (!guards(step) || !isSuspect(step, winPath)) return null;
  const scan = { trigger: 'OnAccess' as const, ...(process === undefined ? {} : { process }) };
  if (excludes(step, winPath, scan)) return null;
  return take(step, hostPath, winPath, process ?? 'C:\\Program Files\\Gangway\\Gangway.exe');
}

export interface ScanReport {
  readonly found: readonly { readonly path: string; readonly threat: string }[];
  readonly wasSkipped: boolean;
  readonly isMissing: boolean;
}

/** Files looked at in one scan at most. */
const mostFiles = 20_000;

/**
 * A custom scan of a file or folder. Without remediation nothing is taken, nothing is logged, and exclusions of files do
 * not count.
 */
export async function scanPath(
  step: LabStep,
  winPath: string,
  remediate: boolean,
): Promise<ScanReport> {
  const wasSkipped =
    remediate && excludes(step, winPath, { trigger: 'OnDemand', scanType: 'full' });
  const files = await filesBelow(step.drive.host(winPath));
  if (files === null) return { found: [], wasSkipped, isMissing: true };
  const found: { path: string; threat: string }[] = [];
  for (const file of wasSkipped ? [] : files) {
    const path = step.drive.display(file);
    if (!isSuspect(step, path)) continue;
    if (remediate) {
      if (excludes(step, path, { trigger: 'OnDemand', scanType: 'full' })) continue;
      if ((await take(step, file, path, 'Unknown')) === null) continue;
    }
    found.push({ path, threat: threat.name });
  }
  return { found, wasSkipped, isMissing: false };
}

export type Selected =
  | { readonly kind: 'all' }
  | { readonly kind: 'threat'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string };

export interface Restored {
  readonly path: string;
  readonly at: string;
  /** Null where it could not be written. */
  readonly to: string | null;
}

/**
 * Gives files back, to where they were or into a folder. What is given back is looked at again like any file: without an
 * exclusion it is taken a second time.
 */
export async function restoreFiles(
  step: LabStep,
  selected: Selected,
  folder: string | null,
): Promise<readonly Restored[]> {
  const chosen = step.state.quarantine.filter((entry) => {
    switch (selected.kind) {
      case 'all':
        return true;
      case 'threat':
        return sameText(selected.name, threat.name);
      case 'file':
        return sameText(selected.path, entry.path);
    }
  });
  const restored: Restored[] = [];
  for (const entry of chosen) {
    const to = folder === null ? entry.path : `${folder}\\${lastName(entry.path)}`;
    const host = step.drive.host(to);
    await mkdir(dirname(host), { recursive: true });
    const isBack = await moved(entry.file, host);
    restored.push({ path: entry.path, at: entry.at, to: isBack ? to : null });
    if (!isBack) continue;
    step.state.quarantine = step.state.quarantine.filter((other) => other !== entry);
    const { now, settings } = step;
    step.emit(defenderChannel, now, (id) =>
      restoredXml(id, now, settings.platform, {
        threatId: threat.id,
        threatName: threat.name,
        path: `file:_${to}`,
        user: accountOf(step.drive),
      }),
    );
    await lookAtFile(step, host, to);
  }
  return restored;
}

async function take(
  step: LabStep,
  hostPath: string,
  winPath: string,
  process: string,
): Promise<TakenFile | null> {
  const { drive, settings, state, now, emit } = step;
  const detectionId = guid(randomUUID());
  const file = join(step.quarantineFolder, detectionId.slice(1, -1));
  await mkdir(step.quarantineFolder, { recursive: true });
  if (!(await moved(hostPath, file))) return null;
  state.quarantine.push({ detectionId, path: winPath, file, at: now });
  const isContainer = /\.zip$/i.test(winPath) || isWithin(winPath, drive.folders.downloads);
  const fields = {
    detectionId,
    at: now,
    threatId: threat.id,
    threatName: threat.name,
    user: accountOf(drive),
    process,
    path: `${isContainer ? 'containerfile' : 'file'}:_${winPath}`,
    versions: { product: settings.platform, engine: settings.engine },
  };
  emit(defenderChannel, now, (id) => detectionXml(id, { ...fields, eventId: 1116, actionId: 9 }));
  emit(defenderChannel, now, (id) => detectionXml(id, { ...fields, eventId: 1117, actionId: 2 }));
  return { path: winPath, threat: threat.name, detectionId };
}

function isSuspect({ settings, drive }: LabView, path: string): boolean {
  return settings.takes.some((what) => isKind(what, path, drive.folders.downloads));
}

/** @param downloads Gangway's own cache, as the lab's Windows calls it */
function isKind(what: LabSettings['takes'][number], path: string, downloads: string): boolean {
  switch (what) {
    case 'releaseArchive':
      return isWithin(path, downloads) || /\\go1[^\\]*\.zip$/i.test(path);
    case 'compiler':
      return /\\pkg\\tool\\windows_[a-z0-9]+\\compile\.exe$/i.test(path);
    case 'builtPrograms':
      return /\.test\.exe$/i.test(path) || lastName(path).toLowerCase() === 'a.out.exe';
  }
}

/** Null where nothing is there. Links are not followed. */
async function filesBelow(path: string): Promise<readonly string[] | null> {
  try {
    if ((await stat(path)).isFile()) return [path];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const files: string[] = [];
  const folders = [path];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) folders.push(join(folder, entry.name));
      else if (entry.isFile() && files.length < mostFiles) files.push(join(folder, entry.name));
    }
  }
  return files;
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    if (!(await stat(from)).isFile()) return false;
    await rename(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Gone already.
    if (code === 'ENOENT') return false;
    if (code !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  }
  return true;
}
