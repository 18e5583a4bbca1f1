// What the app was started with: flags after the program's name, and the environment. Unknown flags are Chromium's.
import { resolve } from 'node:path';

export interface AppOptions {
  /** The lab's scenario; null for the real machine. */
  readonly scenario: string | null;
  /** Folder of downloads, journal and settings; null for the app's own. */
  readonly stateFolder: string | null;
  /** No window at first: how it starts with the system. */
  readonly startInTray: boolean;
  /** Print a line when the window can be used, and quit: how a packaged build is tried. */
  readonly smoke: boolean;
}

/** The lab's scenario where none is named. */
export const firstScenario = 'clean';

/** Only Windows has a real Defender; every other system gets the lab. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): AppOptions {
  const lab = flag(args, 'lab') ?? nonEmpty(environment['GANGWAY_LAB']);
  const state = flag(args, 'state');
  return {
    scenario: lab ?? (platform === 'win32' ? null : firstScenario),
    stateFolder: state === null ? null : resolve(state),
    startInTray: args.includes('--tray'),
    smoke: environment['GANGWAY_SMOKE'] === '1',
  };
}

/** The value of `--name=value`, the last one given. */
function flag(args: readonly string[], name: string): string | null {
  const prefix = `--${name}=`;
  const given = args.filter((arg) => arg.startsWith(prefix)).at(-1);
  return given === undefined ? null : nonEmpty(given.slice(prefix.length));
}

function nonEmpty(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
