// Builds the bench's powershell.exe (e2e/windows/host): PowerShell's real engine, Windows' cmdlets simulated. Built once
// for each state of its sources. Where there is no .NET it says so; a build that breaks is an error, no reason to skip.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withFileLock } from '../src/core/fileLock';

export type WindowsHost =
  | { readonly kind: 'ready'; readonly path: string }
  | { readonly kind: 'missing'; readonly reason: string };

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(root, 'e2e', 'windows', 'host');
const cache = join(root, 'node_modules', '.cache', 'gangway');
/** A link to the newest build, so that its path never changes and what runs keeps its own files. */
const link = join(cache, 'windows-host');
const buildPatience = 10 * 60_000;
const run = promisify(execFile);

/**
 * The host's executable, built if need be. At most one build at a time, also among processes.
 * @throws Error where .NET is there and the build fails
 */
export async function windowsHost(): Promise<WindowsHost> {
  const path = join(link, 'powershell.exe');
  const folder = `windows-host-${sourcesHash()}`;
  if (isCurrent(folder, path)) return { kind: 'ready', path };
  const reason = await missing();
  if (reason !== null) return { kind: 'missing', reason };
  mkdirSync(cache, { recursive: true });
  await withFileLock(
    join(cache, 'windows-host.lock'),
    async () => {
      if (!isCurrent(folder, path)) await build(folder);
    },
    buildPatience,
  );
  return { kind: 'ready', path };
}

/** The runtime identifier that the host is built for, or null where nobody has tried. */
function runtimeIdentifier(): string | null {
  if (process.arch !== 'x64') return null;
  if (process.platform === 'linux') return 'linux-x64';
  return process.platform === 'win32' ? 'win-x64' : null;
}

async function missing(): Promise<string | null> {
  if (runtimeIdentifier() === null) return `no build for ${process.platform} on ${process.arch}`;
  const sdks = await run('dotnet', ['--list-sdks']).then(
    ({ stdout }) => stdout,
    () => '',
  );
  return /^(1\d|[2-9]\d)\./m.test(sdks) ? null : 'no .NET 10 SDK';
}

async function build(folder: string): Promise<void> {
  const target = join(cache, folder);
  const staging = `${target}.new`;
  rmSync(staging, { recursive: true, force: true });
  // Compiling ahead of time needs one more package; without it the host only starts more slowly.
  await publish(staging, true).catch((error: unknown) => {
    if (!String(error).includes('NU110')) throw error;
    return publish(staging, false);
  });
  if (process.platform !== 'win32') {
    copyFileSync(join(staging, 'powershell'), join(staging, 'powershell.exe'));
  }
  rmSync(target, { recursive: true, force: true });
  renameSync(staging, target);
  const before = currentFolder();
  pointLinkTo(folder);
  removeAllBut([folder, before]);
}

async function publish(output: string, aheadOfTime: boolean): Promise<void> {
  const options = [
    ...['--configuration', 'Release', '--runtime', runtimeIdentifier() ?? ''],
    ...['--output', output, '--nologo', '--verbosity', 'quiet'],
    // The lock file is the list of what may be fetched.
    ...['-p:RestoreLockedMode=true', `-p:PublishReadyToRun=${String(aheadOfTime)}`],
  ];
  const environment = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
  try {
    await run('dotnet', ['publish', sources, ...options], {
      env: environment,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    throw new Error(`The bench host could not be built:\n${outputOf(error)}`, { cause: error });
  }
}

/** What the compiler said, or why it could not be started. */
function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stdout, stderr } = error as { stdout?: string; stderr?: string };
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim();
  return said === '' ? error.message : said;
}

/** Of names and bytes, so that a clone elsewhere has the same. */
function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const file of filesIn(sources)) {
    hash
      .update(`${relative(sources, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    })
    .sort();
}

function isCurrent(folder: string, path: string): boolean {
  return currentFolder() === folder && existsSync(path);
}

function currentFolder(): string | null {
  try {
    return basename(readlinkSync(link));
  } catch {
    return null;
  }
}

function pointLinkTo(folder: string): void {
  const fresh = `${link}.new`;
  rmSync(fresh, { recursive: true, force: true });
  symlinkSync(join(cache, folder), fresh, 'junction');
  // Windows replaces no folder by renaming.
  if (process.platform === 'win32') rmSync(link, { recursive: true, force: true });
  renameSync(fresh, link);
}

/** The build before stays: something may still run from it. */
function removeAllBut(kept: readonly (string | null)[]): void {
  for (const name of readdirSync(cache)) {
    if (/^windows-host-[0-9a-f]{16}$/.test(name) && !kept.includes(name)) {
      rmSync(join(cache, name), { recursive: true, force: true });
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const host = await windowsHost();
  console.log(host.kind === 'ready' ? host.path : `missing: ${host.reason}`);
}
