// This computer: what its environment says, without running anything.
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Machine } from '../ports';
import type { MachineArch, MachineOs } from '../../shared/model';

export interface HostFacts {
  readonly platform: NodeJS.Platform;
  /** Of this process: Node's own name. */
  readonly arch: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
}

export function readMachine(facts: HostFacts = thisHost()): Machine {
  const os = osOf(facts.platform);
  const environment = upperCaseNames(facts.environment);
  const { home } = facts;
  const data = dataFolder(os, environment, home);
  return {
    os,
    arch: archOf(os, facts.arch, environment),
    environment,
    path: splitPath(environment['PATH'] ?? '', os, environment),
    home,
    installRoot: join(data, 'go'),
    buildFolder: join(data, 'tmp'),
    usualPlaces: usualPlaces(os, environment),
    display: (path) => path,
  };
}

export function thisHost(): HostFacts {
  return {
    platform: process.platform,
    arch: process.arch,
    environment: process.env,
    home: homedir(),
  };
}

/** Entries of a PATH, in order, without empty ones. Windows allows quotes and variables in them. */
export function splitPath(
  path: string,
  os: MachineOs,
  environment: Readonly<Record<string, string>>,
): readonly string[] {
  const entries = path.split(os === 'windows' ? ';' : delimiter);
  return entries
    .map((entry) => (os === 'windows' ? expand(entry.replaceAll('"', ''), environment) : entry))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function expand(text: string, environment: Readonly<Record<string, string>>): string {
  return text.replace(
    /%([^%]+)%/g,
    (whole, name: string) => environment[name.toUpperCase()] ?? whole,
  );
}

function osOf(platform: NodeJS.Platform): MachineOs {
  if (platform === 'win32') return 'windows';
  return platform === 'darwin' ? 'darwin' : 'linux';
}

/**
 * The hardware's, not the process's. An emulated process on Windows on ARM sees PROCESSOR_ARCHITECTURE of what it
 * pretends to be; PROCESSOR_ARCHITEW6432 (32-bit processes) and PROCESSOR_IDENTIFIER ("ARMv8 (64-bit) Family …") tell.
 */
function archOf(
  os: MachineOs,
  processArch: string,
  environment: Readonly<Record<string, string>>,
): MachineArch {
  if (os === 'windows') {
    const outer = environment['PROCESSOR_ARCHITEW6432']?.toUpperCase();
    if (outer === 'ARM64' || /^ARM/i.test(environment['PROCESSOR_IDENTIFIER'] ?? ''))
      return 'arm64';
    if (outer === 'AMD64') return 'amd64';
  }
  if (processArch === 'arm64') return 'arm64';
  return processArch === 'ia32' ? '386' : 'amd64';
}

function dataFolder(
  os: MachineOs,
  environment: Readonly<Record<string, string>>,
  home: string,
): string {
  switch (os) {
    case 'windows':
      return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Gangway');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Gangway');
    case 'linux': {
      const named = environment['XDG_DATA_HOME'];
      return join(
        named?.startsWith('/') === true ? named : join(home, '.local', 'share'),
        'gangway',
      );
    }
  }
}

/**
 * Windows: where the MSI puts Go (amd64 and arm64, 386, and before 1.16 `C:\Go`). Elsewhere: where the tarball's
 * instructions and the distributions put it; `/usr/lib/go-*` is completed by the search.
 */
function usualPlaces(
  os: MachineOs,
  environment: Readonly<Record<string, string>>,
): readonly string[] {
  switch (os) {
    case 'windows': {
      const drive = environment['SYSTEMDRIVE'] ?? 'C:';
      const programs = [
        environment['PROGRAMFILES'] ?? `${drive}\\Program Files`,
        environment['PROGRAMW6432'],
        environment['PROGRAMFILES(X86)'] ?? `${drive}\\Program Files (x86)`,
      ].filter((folder): folder is string => folder !== undefined);
      return [...new Set([...programs.map((folder) => `${folder}\\Go`), `${drive}\\Go`])];
    }
    case 'darwin':
      return ['/usr/local/go', '/opt/homebrew/opt/go/libexec', '/usr/local/opt/go/libexec'];
    case 'linux':
      return ['/usr/local/go', '/usr/lib/go', '/usr/lib/golang', '/opt/go', '/snap/go/current'];
  }
}

function upperCaseNames(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const named: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined) named[name.toUpperCase()] = value;
  }
  return named;
}
