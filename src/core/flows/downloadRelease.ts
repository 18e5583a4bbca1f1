// Fetches one file of a release into the cache. It looks at the room on the disk first, so that a full disk is told
// before an hour of download and not after.
import { checkpoint } from '../checkpoint';
import { FailureError } from '../failureError';
import type { Catalogue, DownloadedFile, Downloads, Files, Machine, OnProgress } from '../ports';
import type { GoFile, Source } from '../../shared/model';

export interface DownloadPorts {
  readonly catalogue: Pick<Catalogue, 'locate'>;
  readonly downloads: Downloads;
  readonly files: Pick<Files, 'freeBytes' | 'exists'>;
  readonly machine: Pick<Machine, 'display'>;
}

/** Bytes that a Windows zip unpacks to, over its own size: go1.27.0 has 247 MB in 79 MB. */
export const unpackedRatio = 3.2;

/** Bytes left free over and above what is needed. */
const spare = 64 * 1024 * 1024;

/**
 * @param installRoot where it will be unpacked; null for a file that is only read
 * @throws FailureError `disk.full` with the bytes that are missing, `disk.missing` where it is gone again, and what `Downloads.fetch` throws
 */
export async function downloadRelease(
  ports: DownloadPorts,
  request: { readonly source: Source; readonly file: GoFile; readonly installRoot: string | null },
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<DownloadedFile> {
  const { source, file, installRoot } = request;
  const there = await ports.downloads.partial(file.sha256);
  await wantRoom(ports, ports.downloads.folder, Math.max(0, file.size - there));
  if (installRoot !== null) {
    await wantRoom(ports, installRoot, file.size - there + file.size * unpackedRatio);
  }
  const downloaded = await ports.downloads.fetch(
    {
      from: ports.catalogue.locate(source, file.filename),
      filename: file.filename,
      sha256: file.sha256,
      size: file.size,
    },
    onProgress,
    signal,
  );
  // An antivirus may have taken it as soon as it was whole.
  if (!(await ports.files.exists(downloaded.path))) {
    throw new FailureError('disk.missing', {
      params: { path: ports.machine.display(downloaded.path) },
      next: ['seeBlocks', 'retry'],
    });
  }
  await checkpoint('afterDownload', file.filename);
  return downloaded;
}

async function wantRoom(ports: DownloadPorts, folder: string, bytes: number): Promise<void> {
  const free = await ports.files.freeBytes(folder);
  if (free === null || free >= bytes + spare) return;
  throw new FailureError('disk.full', {
    params: { needed: Math.ceil(bytes + spare), free, path: ports.machine.display(folder) },
    details: [
      { id: 'needed', value: String(Math.ceil(bytes + spare)) },
      { id: 'free', value: String(free) },
    ],
    next: ['freeSpace', 'retry'],
  });
}
