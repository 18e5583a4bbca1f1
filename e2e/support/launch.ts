// How the app is started, for tests and for the demonstration alike.
import { resolve } from 'node:path';

export interface LaunchOptions {
  /** The lab's scenario. */
  readonly scenario?: string;
  /** "zh-CN" for a Chinese system. */
  readonly language?: string;
  /** Folders of an earlier launch, to come back to. */
  readonly folders?: Folders;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly colorScheme?: 'light' | 'dark';
}

export interface Folders {
  readonly userData: string;
  readonly state: string;
}

/** The copy that `scripts/e2e.ts` made; the demonstration starts what was built. */
export const appFolder = resolve(process.env['GANGWAY_E2E_APP'] ?? '.');

export function executable(): string {
  const found = process.env['GANGWAY_ELECTRON_EXECUTABLE'];
  if (found === undefined) throw new Error('start the tests with scripts/e2e.ts');
  return found;
}

export function launchArguments(folders: Folders, options: LaunchOptions = {}): string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    appFolder,
    `--user-data-dir=${folders.userData}`,
    `--state=${folders.state}`,
    `--lab=${options.scenario ?? 'clean'}`,
    `--lang=${options.language ?? 'en-US'}`,
    ...(options.args ?? []),
  ];
}

export function launchEnvironment(
  bus: { readonly address: string },
  options: LaunchOptions = {},
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) environment[name] = value;
  }
  return {
    ...environment,
    DBUS_SESSION_BUS_ADDRESS: bus.address,
    LANG: options.language === 'zh-CN' ? 'zh_CN.UTF-8' : 'en_US.UTF-8',
    LANGUAGE: options.language === 'zh-CN' ? 'zh_CN' : 'en_US',
    ...options.environment,
  };
}
