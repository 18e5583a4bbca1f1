// Finds the Electron that runs here: a named folder, the installed package, its official download, or, on Linux x64,
// the development fallback. It says which one it took. It never ships anything.
import { spawn, execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { prepareFallback } from './electronFallback';

export type RuntimeKind = 'override' | 'installed' | 'fallback';

export interface Runtime {
  readonly kind: RuntimeKind;
  /** Folder that behaves like a stock `electron` distribution. */
  readonly folder: string;
  readonly executable: string;
  /** "25.1.1", as the program itself says it. */
  readonly version: string;
  /** One line for people. */
  readonly description: string;
}

export interface RuntimeOptions {
  /** Root of the project; its `node_modules` are searched. */
  readonly root?: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly say?: (line: string) => void;
  /** Downloads the official runtime into `node_modules/electron`; false where it cannot be had. */
  readonly download?: (electronPackage: string) => Promise<boolean>;
  readonly fallback?: (cache: string, say: (line: string) => void) => Promise<string>;
  readonly platform?: string;
  readonly arch?: string;
}

/** The folder named here wins over everything else. */
export const overrideVariable = 'GANGWAY_ELECTRON';
/** Milliseconds without a byte of the official archive on disk after which the download is given up. */
const downloadLimitMs = 180_000;
const reachLimitMs = 8_000;

const run = promisify(execFile);

/** @throws Error in plain words where no runtime can be had. */
export async function resolveRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const root = options.root ?? process.cwd();
  const environment = options.environment ?? process.env;
  const say = options.say ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const platform = options.platform ?? process.platform;
  const arch = options.arch ?? process.arch;

  const named = environment[overrideVariable];
  if (named !== undefined && named !== '') {
    const folder = resolve(named);
    const executable = join(folder, executableName(platform));
    if (!existsSync(executable)) {
      throw new Error(`${overrideVariable} names ${folder}, and there is no ${executable}.`);
    }
    return describe('override', folder, executable, `named by ${overrideVariable}`);
  }

  const electronPackage = join(root, 'node_modules', 'electron');
  const installed = installedExecutable(electronPackage);
  if (installed !== null) {
    return describe('installed', dirname(installed), installed, 'node_modules/electron');
  }

  const cache = join(root, 'node_modules', '.cache', 'gangway', 'electron');
  const hasFallback = platform === 'linux' && arch === 'x64';
  // A fallback that is there is taken at once: asking a network that is not there costs seconds at each start.
  if (!hasFallback || !existsSync(join(cache, 'ready'))) {
    say('Electron: asking for the official download …');
    const download = options.download ?? officialDownload;
    if (existsSync(electronPackage) && (await download(electronPackage))) {
      const fresh = installedExecutable(electronPackage);
      if (fresh !== null) return describe('installed', dirname(fresh), fresh, 'official download');
    }
    if (!hasFallback) {
      throw new Error(
        `Electron could not be downloaded, and there is no fallback for ${platform} ${arch}. ` +
          `Run "npx install-electron --no" where the download can be reached, or name a folder in ${overrideVariable}.`,
      );
    }
    say('Electron: the official download cannot be reached; taking the development fallback.');
  }
  const folder = await (options.fallback ?? prepareFallback)(cache, say);
  return describe(
    'fallback',
    folder,
    join(folder, 'electron'),
    'development fallback, never shipped',
  );
}

/** What child processes need so that every tool takes this runtime. */
export function runtimeEnvironment(runtime: Runtime): Record<string, string> {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
    ELECTRON_EXEC_PATH: runtime.executable,
  };
}

/** Flags without which Electron does not start for this user. */
export function requiredFlags(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function executableName(platform: string): string {
  if (platform === 'win32') return 'electron.exe';
  return platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

function installedExecutable(electronPackage: string): string | null {
  const pathFile = join(electronPackage, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const executable = join(electronPackage, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? executable : null;
}

async function describe(
  kind: RuntimeKind,
  folder: string,
  executable: string,
  from: string,
): Promise<Runtime> {
  const version = await askVersion(executable);
  return { kind, folder, executable, version, description: `Electron ${version} (${from})` };
}

/** Asks the program as plain Node: needs no display and no sandbox. */
async function askVersion(executable: string): Promise<string> {
  const { stdout } = await run(executable, ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeout: 30_000,
  });
  const version = stdout.trim();
  if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${executable} is not an Electron runtime.`);
  return version;
}

/** The package's own installer, which checks the archive against the checksums that the package carries. */
async function officialDownload(electronPackage: string): Promise<boolean> {
  if (!(await reachable('https://github.com/electron/electron'))) return false;
  return new Promise((finish) => {
    const child = spawn(process.execPath, [join(electronPackage, 'install.js')], {
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), downloadLimitMs);
    const end = (ok: boolean): void => {
      clearTimeout(limit);
      finish(ok);
    };
    child.on('error', () => {
      end(false);
    });
    child.on('close', (code) => {
      end(code === 0);
    });
  });
}

async function reachable(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(reachLimitMs) });
    return true;
  } catch {
    return false;
  }
}

async function main(): Promise<void> {
  const runtime = await resolveRuntime();
  process.stdout.write(`${runtime.description}\n${runtime.executable}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
