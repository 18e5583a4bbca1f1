// The two small files that tell what a version's folder is: `.gangway.partial` from before the first file until after
// the last step, `.gangway.json` once all is there. A folder with neither is not Gangway's, and is left alone.
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../../failureError';
import { z } from '../../../shared/zod';
import { machineArchSchema, machineOsSchema } from '../../../shared/model/release';
import { writeAtomically } from '../jsonFile';
import { diskFailure, errorCode } from '../diskFailure';

export const sentinelName = '.gangway.json';
export const partialName = '.gangway.partial';

const partialText = `Gangway is unpacking here. Without ${sentinelName} this folder is incomplete.\n`;

export const sentinelSchema = z.object({
  schema: z.literal(1),
  /** "go1.27.0" */
  version: z.string().max(64),
  os: machineOsSchema,
  arch: machineArchSchema,
  /** Of the archive, 64 hex digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the files, as Go's checksum database computes it. */
  h1: z.string().max(64),
  files: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  /** ISO 8601, UTC. */
  installedAt: z.string().max(40),
});
export type Sentinel = z.infer<typeof sentinelSchema>;

export type FolderState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'complete'; readonly sentinel: Sentinel }
  /** Begun by Gangway and not finished. */
  | { readonly kind: 'leftover' }
  | { readonly kind: 'foreign' };

/** What stands at a version's place. */
export async function folderState(root: string): Promise<FolderState> {
  const sentinel = await readIfThere(join(root, sentinelName));
  if (sentinel !== null) {
    const parsed = sentinelSchema.safeParse(parseJson(sentinel));
    if (parsed.success) return { kind: 'complete', sentinel: parsed.data };
  }
  if (sentinel !== null || (await readIfThere(join(root, partialName))) !== null) {
    return { kind: 'leftover' };
  }
  return { kind: (await isEmpty(root)) ? 'absent' : 'foreign' };
}

/**
 * Makes the folder and marks it as begun; an empty one is taken.
 * @throws FailureError `disk.*`, `install.targetExists` where another process began at the same time
 */
export async function beginFolder(root: string): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
    const marker = await open(join(root, partialName), 'wx', 0o644);
    try {
      await marker.writeFile(partialText);
      await marker.sync();
    } finally {
      await marker.close();
    }
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw diskFailure(error, root);
    throw new FailureError('install.targetExists', { params: { path: root }, cause: error });
  }
}

/** On disk, whole, when this returns. The mark of an unfinished folder goes afterwards. */
export async function finishFolder(root: string, sentinel: Sentinel): Promise<void> {
  await writeAtomically(join(root, sentinelName), `${JSON.stringify(sentinel, null, 2)}\n`);
  await rm(join(root, partialName), { force: true });
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw diskFailure(error, path);
  }
}

/** True for nothing and for an empty folder: a crash may leave one before it is marked. */
async function isEmpty(root: string): Promise<boolean> {
  try {
    return (await readdir(root)).length === 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true;
    if (errorCode(error) === 'ENOTDIR') return false;
    throw diskFailure(error, root);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: the schema refuses it, and the folder counts as unfinished.
    return undefined;
  }
}
