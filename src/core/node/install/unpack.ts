// Unpacks a verified release into a new folder. Each file is hashed as it is written and must equal what was proved;
// afterwards each is looked for again, since an antivirus may have taken some. VERSION comes last of the files and the
// sentinel last of all: until then nothing takes the folder for a Go.
import { dirname } from 'node:path/posix';
import { checkpoint } from '../../checkpoint';
import { FailureError } from '../../failureError';
import { h1OfManifest } from '../../verify/h1';
import type { Manifest, VerifiedRelease } from '../../verify/verifiedRelease';
import { counter, digestAt } from '../archive/archives';
import { ColumnManifest } from '../archive/columnManifest';
import { runBatches, zipBatches } from '../archive/batches';
import { pick, type ZipIndex } from '../archive/zipColumns';
import type { Files, OnProgress } from '../../ports';
import type { Workers } from '../worker/workers';
import { expectAll } from './expectAll';
import { finishFolder, type Sentinel } from './sentinel';
import { firstLine, versionIn } from './trees';

export interface UnpackTools {
  readonly workers: Workers;
  readonly files: Pick<Files, 'freeBytes'>;
  readonly now: () => Date;
  /** Runs between writing and looking again. On a real machine the antivirus does by itself what the lab's does here. */
  readonly settled: (root: string) => Promise<void>;
}

const versionFile = 'VERSION';
/** Bytes that stay free on the disk: a full one harms more than this upgrade. */
const spareBytes = 64 * 1024 ** 2;
const clusterBytes = 4096;

/** A release that may be unpacked: looked through again, and there is room for it. */
export interface Prepared {
  readonly release: VerifiedRelease;
  readonly index: ZipIndex;
  /** Bytes that it takes on disk, with some to spare. */
  readonly needed: number;
}

/**
 * Writes nothing.
 * @throws FailureError `archive.*`, `install.fileChanged`, `disk.full`, `cancelled`
 */
export async function prepareUnpack(
  tools: UnpackTools,
  release: VerifiedRelease,
  root: string,
  signal?: AbortSignal,
): Promise<Prepared> {
  const { archive, manifest } = release;
  tools.workers.warm();
  const index = await tools.workers.run('archive.zipIndex', { archive }, undefined, signal);
  expectSame(index, manifest);
  const [entries] = splitVersion(index);
  const text = await tools.workers.run('archive.zipText', { archive, entries }, undefined, signal);
  expectVersion(firstLine(text), release);
  const needed = spaceOf(index);
  const free = await tools.files.freeBytes(root);
  // Unknown on some network drives: then writing will tell.
  if (free !== null && free < needed) throw full(root, needed, free);
  return { release, index, needed };
}

/**
 * @param root made and marked by `beginFolder`; what is in it when this throws is the caller's to remove.
 * @throws FailureError `archive.*`, `install.*`, `disk.*`, `cancelled`
 */
export async function writeRelease(
  tools: UnpackTools,
  { release, index, needed }: Prepared,
  root: string,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<Sentinel> {
  const [last, others] = splitVersion(index);
  let written: Manifest;
  try {
    written = await writeFiles(tools, release, root, [others, last], onProgress, signal);
  } catch (error) {
    throw await withFigures(error, tools, root, needed);
  }
  expectVersion(await versionIn(root), release);
  const { version, os, arch, sha256 } = release;
  const { h1 } = h1OfManifest(written, version, os, arch);
  if (h1 !== release.h1) throw changed(root);

  await checkpoint('beforeSentinel');
  if (signal?.aborted === true) throw new FailureError('cancelled');
  const sentinel: Sentinel = {
    schema: 1,
    version,
    os,
    arch,
    sha256,
    h1,
    files: index.paths.length,
    bytes: index.sizes.reduce((sum, size) => sum + size, 0),
    installedAt: tools.now().toISOString(),
  };
  await finishFolder(root, sentinel);
  await checkpoint('afterSentinel');
  return sentinel;
}

/** Writes the parts one after the other; after each, all its files must still be there. The antivirus has its turn once. */
async function writeFiles(
  tools: UnpackTools,
  { archive, manifest }: VerifiedRelease,
  root: string,
  parts: readonly ZipIndex[],
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<Manifest> {
  const { workers } = tools;
  const paths = parts.flatMap((part) => part.paths);
  onProgress({ done: 0, total: paths.length });
  const tell = counter(paths.length, onProgress);
  const written = new ColumnManifest(paths);
  let gate: Promise<void> | undefined;
  for (const part of parts) {
    const batches = zipBatches(part);
    await runBatches(
      batches,
      async (entries, i) => {
        if (i >= batches.length / 2) await (gate ??= checkpoint('midUnpack'));
        const input = { archive, entries, target: root };
        const { digests } = await workers.run('archive.zipEntries', input, undefined, signal);
        compare(entries, digests, manifest, written);
        tell(entries.paths);
      },
      signal,
    );
    if (part === parts[0]) await tools.settled(root);
    await expectAll(workers, root, part, signal);
  }
  return written;
}

/** The archive is read a second time here: it must still be the one that was proved. */
function expectSame(index: ZipIndex, manifest: Manifest): void {
  index.paths.forEach((path, row) => {
    if (manifest.get(path)?.size !== index.sizes[row]) throw changed(path);
  });
  if (index.paths.length === manifest.size) return;
  const there = new Set(index.paths);
  for (const path of manifest.keys()) if (!there.has(path)) throw changed(path);
}

/** Each file as it was written must be the one that was proved. */
function compare(
  { paths, sizes }: ZipIndex,
  digests: Uint8Array,
  manifest: Manifest,
  written: ColumnManifest,
): void {
  paths.forEach((path, row) => {
    const digest = digestAt(digests, row);
    written.set(path, digest, sizes[row] ?? 0);
    if (written.get(path)?.sha256 !== manifest.get(path)?.sha256) throw changed(path);
  });
}

function expectVersion(found: string | null, release: VerifiedRelease): void {
  if (found === release.version) return;
  throw new FailureError('archive.wrongVersion', {
    params: { version: release.version, found: found ?? '?' },
    next: ['deleteAndDownloadAgain', 'report'],
  });
}

function changed(file: string): FailureError {
  return new FailureError('install.fileChanged', {
    params: { file },
    next: ['deleteAndDownloadAgain', 'report'],
  });
}

/** A disk that fills up while writing is told with figures too. */
async function withFigures(
  error: unknown,
  tools: UnpackTools,
  root: string,
  needed: number,
): Promise<unknown> {
  if (!(error instanceof FailureError) || error.failure.code !== 'disk.full') return error;
  return full(root, needed, (await tools.files.freeBytes(root)) ?? 0, error);
}

function full(path: string, needed: number, free: number, cause?: unknown): FailureError {
  return new FailureError('disk.full', {
    params: { path, needed, free },
    next: ['freeSpace', 'retry'],
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Bytes on disk: whole clusters, and some to spare. */
function spaceOf(index: ZipIndex): number {
  let bytes = spareBytes;
  for (const size of index.sizes) bytes += Math.ceil(size / clusterBytes) * clusterBytes;
  return bytes + foldersOf(index.paths) * clusterBytes;
}

/** VERSION by itself, and all the others. */
function splitVersion(index: ZipIndex): readonly [ZipIndex, ZipIndex] {
  const last: number[] = [];
  const others: number[] = [];
  index.paths.forEach((path, row) => (path === versionFile ? last : others).push(row));
  return [pick(index, last), pick(index, others)];
}

function foldersOf(paths: readonly string[]): number {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = dirname(path); at !== '.' && !folders.has(at); at = dirname(at)) folders.add(at);
  }
  return folders.size;
}
