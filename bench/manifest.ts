// The manifest of the bench's release, kept as the installer keeps it, and as plain JSON for the program that unpacks: in
// an upgrade the proofs hand it over in memory.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestStore } from '../src/core/node/install/manifestStore';
import { nodeArchives } from '../src/core/node/archive/archives';
import { Workers, type StartWorker } from '../src/core/node/worker/workers';
import { h1OfManifest } from '../src/core/verify/h1';

/** @returns the SHA-256 of the archive, under which it is kept */
export async function prepareManifest(
  zip: string,
  folder: string,
  startWorker: StartWorker,
): Promise<string> {
  const workers = new Workers(startWorker);
  try {
    const archives = nodeArchives(workers);
    const { sha256 } = await archives.digest(zip);
    const manifest = await archives.zipManifest(zip);
    const version = /(go[0-9a-z.]+)\.windows-(amd64|arm64|386)\.zip$/.exec(zip)?.[1] ?? 'go1.27.0';
    const os = 'windows';
    const arch = 'amd64';
    const { h1 } = h1OfManifest(manifest, version, os, arch);
    await manifestStore(folder).keep({ version, os, arch, sha256, h1, manifest });
    const files = [...manifest].map(([path, file]) => [path, file.sha256, file.size]);
    const parts = { version, os, arch, sha256, h1, files };
    await writeFile(join(folder, 'release.json'), JSON.stringify(parts));
    return sha256;
  } finally {
    await workers.close();
  }
}
