// Manifests of installed releases as `<folder>/<sha256 of the archive>.json.gz`, some 650 kB each. They are no proof: who
// can change the tree can change them as well. They give names to what a proof says has changed.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gunzip } from 'node:zlib';
import { z } from '../../../shared/zod';
import { machineArchSchema, machineOsSchema } from '../../../shared/model/release';
import { diskFailure, errorCode } from '../diskFailure';
import type { KeptManifest, Manifests } from '../../ports';
import type { Manifest } from '../../verify/verifiedRelease';

const hex = z.string().regex(/^[0-9a-f]{64}$/);

const storedSchema = z.object({
  schema: z.literal(1),
  version: z.string().max(64),
  os: machineOsSchema,
  arch: machineArchSchema,
  sha256: hex,
  h1: z.string().max(64),
  files: z.array(z.tuple([z.string().max(1024), hex, z.number().int().nonnegative()])).max(200_000),
});

const suffix = '.json.gz';
/** Unpacked; a release's takes some 2 MB. */
const longest = 64 * 1024 ** 2;

export function manifestStore(folder: string): Manifests {
  const read = async (sha256: string): Promise<KeptManifest | null> => {
    if (!hex.safeParse(sha256).success) return null;
    const path = join(folder, sha256 + suffix);
    let packed: Buffer;
    try {
      packed = await readFile(path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw diskFailure(error, path);
    }
    const stored = storedSchema.safeParse(await unpack(packed));
    if (!stored.success || stored.data.sha256 !== sha256) return null;
    const { version, os, arch, h1, files } = stored.data;
    const manifest = new Map(files.map(([name, hash, size]) => [name, { sha256: hash, size }]));
    return { version, os, arch, sha256, h1, manifest };
  };
  return {
    async keep({ version, os, arch, sha256, h1, manifest }) {
      // Of one archive there is one manifest.
      if ((await read(sha256)) !== null) return;
      const head = { schema: 1, version, os, arch, sha256, h1 };
      try {
        await writeWhole(folder, sha256 + suffix, jsonPieces(head, manifest));
      } catch (error) {
        throw diskFailure(error, join(folder, sha256 + suffix));
      }
    },
    bySha256: read,
    async byVersion(version) {
      const found: KeptManifest[] = [];
      for (const name of await namesIn(folder)) {
        const kept = name.endsWith(suffix) ? await read(name.slice(0, -suffix.length)) : null;
        if (kept?.version === version) found.push(kept);
      }
      return found;
    },
  };
}

/** In pieces: the whole text is 2 MB, made at a time when memory is short. */
function* jsonPieces(head: object, manifest: Manifest): Generator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"files":[`;
  let piece = '';
  let first = true;
  for (const [name, { sha256, size }] of manifest) {
    piece += `${first ? '' : ','}${JSON.stringify([name, sha256, size])}`;
    first = false;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}]}`;
}

const pieceLength = 32 * 1024;

async function writeWhole(folder: string, name: string, text: Iterable<string>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const beside = join(folder, `${name}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await pipeline(text, createGzip(), async (packed: AsyncIterable<Buffer>) => {
        for await (const piece of packed) await file.writeFile(piece);
      });
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, join(folder, name));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw diskFailure(error, folder);
  }
}

async function unpack(packed: Buffer): Promise<unknown> {
  try {
    const text = await promisify(gunzip)(packed, { maxOutputLength: longest });
    return JSON.parse(text.toString('utf8')) as unknown;
  } catch {
    // Damaged: an audit then goes without names.
    return null;
  }
}
