// Prepares a Debian machine for the app and its tests: system libraries and the Electron runtime. Installs only what is
// missing and only as root; else it prints the one command to copy. On other systems it says that there is nothing to do.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { resolveRuntime } from './electron';

/** Debian 12's names. Of what Electron itself links, only what no other entry brings along. */
export const systemPackages = [
  // Electron
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libnotify4',
  'libsecret-1-0',
  'libatspi2.0-0',
  'libdrm2',
  'libxkbcommon0',
  'libx11-xcb1',
  // a screen, a bus and a notification daemon without a desktop
  'xvfb',
  'xauth',
  'dbus',
  'dunst',
  // letters, Chinese ones too
  'fonts-noto-core',
  'fonts-noto-cjk',
] as const;

export type SetupOutcome =
  | { readonly kind: 'ready' }
  | { readonly kind: 'install'; readonly missing: readonly string[] }
  | { readonly kind: 'ask'; readonly command: string };

const run = promisify(execFile);

/** What to do, from what dpkg says: decided apart from doing it. */
export function plan(
  installed: ReadonlySet<string>,
  isRoot: boolean,
  wanted: readonly string[] = systemPackages,
): SetupOutcome {
  const missing = wanted.filter((name) => !installed.has(name));
  if (missing.length === 0) return { kind: 'ready' };
  if (isRoot) return { kind: 'install', missing };
  return { kind: 'ask', command: installCommand(missing) };
}

/** Packages that dpkg calls installed, whatever their architecture, from `dpkg-query`'s lines. */
export function parseInstalled(output: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of output.split('\n')) {
    const [status, name] = line.split('\t');
    if (status === 'ii ' && name !== undefined) names.add(name);
  }
  return names;
}

/** Resolves when everything is there; false where a person has to run the printed command first. */
export async function prepareSystem(say: (line: string) => void): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  if (!existsSync('/usr/bin/dpkg-query')) {
    say(`Not a Debian system. Needed, by Debian's names: ${systemPackages.join(' ')}`);
    return true;
  }
  const outcome = plan(await installedPackages(), process.getuid?.() === 0);
  switch (outcome.kind) {
    case 'ready':
      say('System libraries: all there.');
      return true;
    case 'ask':
      say(
        `Some system libraries are missing. Run this once, then start again:\n\n  ${outcome.command}\n`,
      );
      return false;
    case 'install':
      await install(outcome.missing, say);
      return true;
  }
}

function installCommand(missing: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`;
}

async function installedPackages(): Promise<ReadonlySet<string>> {
  // A name that dpkg has never heard of makes it end with 1; the others are on stdout all the same.
  const format = '${db:Status-Abbrev}\t${Package}\n';
  const output = await run('dpkg-query', ['-W', '-f', format, ...systemPackages]).then(
    ({ stdout }) => stdout,
    (error: unknown) => (hasStdout(error) ? error.stdout : Promise.reject(error as Error)),
  );
  return parseInstalled(output);
}

function hasStdout(error: unknown): error is { readonly stdout: string } {
  return typeof error === 'object' && error !== null && 'stdout' in error;
}

async function install(missing: readonly string[], say: (line: string) => void): Promise<void> {
  say(`System libraries: installing ${missing.join(' ')} …`);
  const arguments_ = ['install', '-y', '--no-install-recommends', '-q', ...missing];
  if ((await aptGet(arguments_)) === 0) return;
  // A fresh image has no package lists, or old ones.
  if ((await aptGet(['update', '-q'])) !== 0) throw new Error('apt-get update failed');
  if ((await aptGet(arguments_)) !== 0) throw new Error('apt-get install failed');
}

function aptGet(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('apt-get', args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

async function main(): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (!(await prepareSystem(say))) {
    process.exitCode = 1;
    return;
  }
  say(`Runtime: ${(await resolveRuntime({ say })).description}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
