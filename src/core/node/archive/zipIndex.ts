// The files of a Go zip, guarded one by one: what is returned may be unpacked. Sizes come from the central directory,
// since Go's zips leave them out of the local headers. The files' content is not read.
import { closeSync, openSync } from 'node:fs';
import { diskFailure } from '../diskFailure';
import { readDirectory, type DirectoryEntry } from './centralDirectory';
import { shortestHeader } from './localHeader';
import { archiveBroken, archiveRefused } from './refusal';
import { columnsOf, deflated, executable, type ZipIndex, type ZipRow } from './zipColumns';
import {
  ArchiveGuard,
  goArchiveLimits,
  type ArchiveLimits,
  type EntryKind,
} from '../../../shared/rules/archivePath';
import type { Handler } from '../worker/jobs';

declare module '../worker/jobs' {
  interface Jobs {
    'archive.zipIndex': {
      input: { readonly archive: string; readonly limits?: ArchiveLimits };
      progress: never;
      output: ZipIndex;
    };
  }
}

/** @throws FailureError `archive.*`, `disk.*` */
export const indexZip: Handler<'archive.zipIndex'> = ({ archive, limits }) =>
  new Promise((resolve) => {
    try {
      const fd = openSync(archive, 'r');
      try {
        resolve(readIndex(fd, archive, limits ?? goArchiveLimits));
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      throw diskFailure(error, archive);
    }
  });

function readIndex(fd: number, archive: string, limits: ArchiveLimits): ZipIndex {
  const directory = readDirectory(fd, archive);
  if (directory.count > limits.entries) throw archiveRefused('tooMany', archive);
  const guard = new ArchiveGuard(limits);
  const rows: ZipRow[] = [];
  for (const entry of directory.entries) {
    const { path, offset, compressed, size, crc } = entry;
    refuseMethod(entry);
    const admitted = guard.admit({ path, kind: kindOf(entry), size, compressed });
    if (admitted.kind === 'refused') throw archiveRefused(admitted.why, path);
    if (admitted.kind === 'folder') continue;
    const isProgram = ((entry.attributes >>> 16) & 0o111) !== 0;
    const flags = (entry.method === 8 ? deflated : 0) | (isProgram ? executable : 0);
    rows.push({ path: admitted.path, offset, compressed, size, crc, flags });
  }
  rows.sort((a, b) => a.offset - b.offset);
  refuseOverlap(rows, directory.start);
  return columnsOf(rows);
}

function refuseMethod({ path, flags, method, compressed, size }: DirectoryEntry): void {
  if ((flags & 0x41) !== 0) throw archiveBroken('encrypted', path);
  if (method !== 0 && method !== 8) throw archiveBroken(`method ${String(method)}`, path);
  // Deflate adds five bytes to each 64 KiB that it cannot shrink.
  if (compressed > size * 1.01 + 1024) throw archiveBroken('longer packed than unpacked', path);
}

/** Files that share bytes are how a small archive unpacks to a huge one. */
function refuseOverlap(rows: readonly ZipRow[], end: number): void {
  rows.forEach((row, i) => {
    const next = rows[i + 1]?.offset ?? end;
    if (row.offset + shortestHeader(row) + row.compressed > next) {
      throw archiveBroken('overlap', row.path);
    }
  });
}

function kindOf({ path, size, attributes }: DirectoryEntry): EntryKind {
  const isFolder = path.endsWith('/');
  if (isFolder && size !== 0) return 'special';
  switch ((attributes >>> 16) & 0o170000) {
    case 0:
      // No Unix mode: Windows' own attributes, of which a reparse point is a link.
      return (attributes & 0x400) !== 0 ? 'link' : isFolder ? 'folder' : 'file';
    case 0o100000:
      return isFolder ? 'special' : 'file';
    case 0o040000:
      return isFolder ? 'folder' : 'special';
    case 0o120000:
      return 'link';
    default:
      return 'special';
  }
}
