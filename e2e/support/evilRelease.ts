// A folder laid out as go.dev's with one release whose zip climbs out of its folder. The list has its true hash and
// no built-in list knows the version: what refuses it is the path guard alone.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeZip } from '../../test/support/zip';

export async function evilReleaseFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const filename = 'go1.27.9.windows-amd64.zip';
  const zip = makeZip([
    { path: 'go/VERSION', content: 'go1.27.9\n' },
    { path: 'go/../../climbed.txt', content: 'out' },
    { path: 'go/bin/go.exe', content: 'MZ' },
  ]);
  const sha256 = createHash('sha256').update(zip).digest('hex');
  await writeFile(join(folder, filename), zip);
  const file = {
    filename,
    os: 'windows',
    arch: 'amd64',
    version: 'go1.27.9',
    sha256,
    size: zip.length,
    kind: 'archive',
  };
  await writeFile(
    join(folder, 'index.json'),
    JSON.stringify([{ version: 'go1.27.9', stable: true, files: [file] }]),
  );
  return folder;
}
