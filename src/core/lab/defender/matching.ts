// How Defender decides that a file is excluded: by whole names, with its wildcards, variables as SYSTEM has them,
// contexts, and without following reparse points below an excluded folder. Pure but for one question to the disk.
import { expandAsSystem, splitValue, type Context } from '../../../shared/rules/exclusions';
import {
  foldCase,
  formatWinPath,
  nameMatches,
  parseWinPath,
  sameText,
  type WinPath,
} from '../../../shared/rules/winPath';
import type { Exclusion } from '../../../shared/model';

export interface ScanContext {
  /** The program that opens the file, as a full path. */
  readonly process?: string;
  readonly trigger?: 'OnAccess' | 'OnDemand' | 'BM';
  readonly scanType?: 'quick' | 'full';
}

export interface DiskFacts {
  /** A junction, link or mount point stands at this path. */
  isReparsePoint(path: string): boolean;
  /** … and was made after Defender's service started, so that it is no target yet. */
  isNewReparsePoint(path: string): boolean;
}

export const noReparsePoints: DiskFacts = {
  isReparsePoint: () => false,
  isNewReparsePoint: () => false,
};

export function isExcluded(
  path: string,
  entries: readonly Exclusion[],
  scan: ScanContext = {},
  disk: DiskFacts = noReparsePoints,
): boolean {
  return entries.some((entry) => entryExcludes(entry, path, scan, disk));
}

function entryExcludes(
  { kind, value }: Exclusion,
  path: string,
  scan: ScanContext,
  disk: DiskFacts,
): boolean {
  switch (kind) {
    case 'ip':
      return false;
    case 'extension':
      return foldCase(path).endsWith(foldCase(`.${value.replace(/^\*?\./, '')}`));
    case 'process':
      // Real-time protection only.
      if (scan.process === undefined || (scan.trigger ?? 'OnAccess') !== 'OnAccess') return false;
      return processFits(value, scan.process);
    case 'path': {
      const split = splitValue(value);
      switch (split.kind) {
        case 'malformed':
          return false;
        case 'plain':
          return pathFits(split.path, path, null, disk);
        case 'contextual':
          return (
            contextFits(split.context, scan) &&
            pathFits(split.path, path, split.context.pathType, disk)
          );
      }
    }
  }
}

function contextFits(context: Context, scan: ScanContext): boolean {
  if (context.scanTrigger !== null && context.scanTrigger !== (scan.trigger ?? 'OnAccess')) {
    return false;
  }
  if (context.scanType !== null && context.scanType !== scan.scanType) return false;
  if (context.processes.length === 0) return true;
  const { process } = scan;
  return process !== undefined && context.processes.some((one) => processFits(one, process));
}

function processFits(pattern: string, process: string): boolean {
  if (!/[\\/]/.test(pattern)) {
    return sameText(pattern, process.slice(process.lastIndexOf('\\') + 1));
  }
  return pathFits(pattern, process, 'file', noReparsePoints);
}

function pathFits(
  entry: string,
  text: string,
  type: Context['pathType'],
  disk: DiskFacts,
): boolean {
  const pattern = parseWinPath(expandAsSystem(entry));
  const file = parseWinPath(text);
  if (pattern.kind === 'refused' || file.kind === 'refused') return false;
  const outer = pattern.path;
  const inner = file.path;
  if (!sameText(outer.root, inner.root)) return false;
  if (outer.segments.length > inner.segments.length) return false;
  if (!outer.segments.every((name, at) => nameMatches(name, inner.segments[at] ?? ''))) {
    return false;
  }
  const below = inner.segments.length - outer.segments.length;
  if (below === 0) return true;
  if (type === 'file') return false;
  // A pattern for file names (`*.zip`) stays in its folder; one for a folder covers all below it.
  const last = outer.segments.at(-1) ?? '';
  if (/[*?]/.test(last) && last.includes('.')) return false;
  return !crossesReparsePoint(inner, outer.segments.length, disk);
}

/** A reparse point below the excluded folder needs an entry of its own; a new one is no target before a restart. */
function crossesReparsePoint(path: WinPath, depth: number, disk: DiskFacts): boolean {
  const at = (length: number): string =>
    formatWinPath({ root: path.root, segments: path.segments.slice(0, length) });
  if (disk.isNewReparsePoint(at(depth))) return true;
  for (let length = depth + 1; length < path.segments.length; length += 1) {
    if (disk.isReparsePoint(at(length))) return true;
  }
  return false;
}
