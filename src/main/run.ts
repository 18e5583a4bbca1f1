// Puts the app together behind its window: session, contract, pushes, tray, notifications. Loaded when the window is
// there already.
import { app, clipboard, dialog, nativeTheme, session as electronSession, shell } from 'electron';
import { join } from 'node:path';
import { pushChannel } from '../shared/contract/names';
import { answers, type Desk } from './answers';
import { engineOf } from './ipc/engine';
import { Pushes } from './ipc/push';
import type { Engine } from './ipc/serve';
import { LiveSession } from './live';
import type { Front } from './open';
import type { AppOptions } from './options';
import {
  canStartWithSystem,
  platformName,
  present,
  presentSlices,
  type SystemAppearance,
} from './present';
import type { Presence } from './shell/presence';
import type { MainWindow } from './shell/window';

export function run({ options, window, close }: Front): Engine {
  const first = firstScreen(options.startInTray);
  const live = openLive(options, first.shown);
  const pushes = new Pushes((push) => {
    window.contents?.send(pushChannel('state'), push);
  });
  window.onGone = () => {
    pushes.reset();
  };
  closeSessionOnQuit(live, close);

  follow(live, window, pushes, join(app.getAppPath(), 'assets', 'tray'), first.shown);
  // Without a session there is no tray: the window has to say why.
  live.get().catch(() => {
    window.show();
  });
  return engineOf(answers(live, pushes, desk(window, options, first.isShown)));
}

/** Milliseconds after which a start looks around in any case: the page may be slow, or not come. */
const firstScreenLimitMs = 1_000;

function firstScreen(isTray: boolean): {
  readonly shown: Promise<void>;
  readonly isShown: () => void;
} {
  let isShown = (): void => undefined;
  const shown = new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, isTray ? 0 : firstScreenLimitMs);
    isShown = () => {
      clearTimeout(limit);
      resolve();
    };
  });
  return { shown, isShown };
}

function openLive(options: AppOptions, shown: Promise<void>): LiveSession {
  return new LiveSession(async (scenario) => {
    // The engine is the larger part of the bundle: it loads while the window's process starts.
    const { composeSession } = await import('./compose');
    return composeSession({
      scenario,
      stateFolder: options.stateFolder ?? join(app.getPath('userData'), 'state'),
      app: {
        version: app.getVersion(),
        platform: platformName(process.platform),
        canStartWithSystem: canStartWithSystem(process.platform, app.isPackaged),
        runtime: runtimeName(),
      },
      shown,
      resolveProxy: (address) => electronSession.defaultSession.resolveProxy(address),
    });
  }, options.scenario);
}

/** What follows the state: the page, the theme, the tray, notifications, start with the system. */
function follow(
  live: LiveSession,
  window: MainWindow,
  pushes: Pushes,
  iconFolder: string,
  firstShown: Promise<void>,
): void {
  let presence: Presence | null = null;
  let loading: Promise<{ readonly Presence: typeof Presence }> | null = null;
  // From the first screen on, which waits for nothing else: with the tray come the words of both languages.
  const showOutside = (): void => {
    loading ??= firstShown.then(() => import('./shell/presence'));
    void loading.then(({ Presence }) => {
      if (live.state === null) return;
      const shown = present(live.state, appearance());
      presence ??= new Presence({ live, window, iconFolder, first: shown });
      presence.update(shown);
    });
  };
  live.onChange((slices, state) => {
    if (slices.settings !== undefined) {
      // Setting it again has Chromium look at every style again.
      if (nativeTheme.themeSource !== state.settings.theme) {
        nativeTheme.themeSource = state.settings.theme;
      }
      startWithSystem(state.settings.startWithSystem);
    }
    pushes.publish(presentSlices(slices, state, appearance()));
    showOutside();
  });
  nativeTheme.on('updated', () => {
    window.paint();
    const { state } = live;
    if (state === null) return;
    pushes.publish(presentSlices({ app: state.app }, state, appearance()));
    showOutside();
  });
}

function appearance(): SystemAppearance {
  return {
    languages: [app.getLocale(), ...app.getPreferredSystemLanguages()],
    isDark: nativeTheme.shouldUseDarkColors,
  };
}

function startWithSystem(wanted: boolean): void {
  if (!canStartWithSystem(process.platform, app.isPackaged)) return;
  if (app.getLoginItemSettings({ args: ['--tray'] }).openAtLogin === wanted) return;
  app.setLoginItemSettings({ openAtLogin: wanted, args: ['--tray'] });
}

/** Lets the session end before the process does. */
function closeSessionOnQuit(live: LiveSession, close: () => void): void {
  let closing = false;
  app.on('before-quit', (event) => {
    if (closing) return;
    closing = true;
    close();
    event.preventDefault();
    void live
      .close()
      .catch((error: unknown) => {
        say(`the session did not end well: ${String(error)}`);
      })
      .finally(() => {
        app.quit();
      });
  });
}

function desk(window: MainWindow, options: AppOptions, isShown: () => void): Desk {
  return {
    chooseFile: (title, filters) => choose(window, title, 'openFile', [...filters]),
    chooseFolder: (title) => choose(window, title, 'openDirectory', []),
    // A promise in newer versions, nothing in older ones.
    copy: async (text) => {
      await clipboard.writeText(text);
    },
    openAddress: (address) => shell.openExternal(address),
    showFile: (path) => {
      shell.showItemInFolder(path);
    },
    closeWindow: () => setImmediate(() => window.close()),
    appearance,
    usable: () => {
      isShown();
      if (!options.smoke) return;
      process.stdout.write(`gangway: ready (${runtimeName()})\n`);
      app.quit();
    },
    platform: process.platform,
  };
}

async function choose(
  window: MainWindow,
  title: string,
  property: 'openFile' | 'openDirectory',
  filters: Electron.FileFilter[],
): Promise<string | null> {
  const options: Electron.OpenDialogOptions = { title, properties: [property], filters };
  const { canceled, filePaths } = window.native
    ? await dialog.showOpenDialog(window.native, options)
    : await dialog.showOpenDialog(options);
  return canceled ? null : (filePaths[0] ?? null);
}

function runtimeName(): string {
  const { electron, chrome, node } = process.versions;
  return `Electron ${electron}, Chrome ${chrome}, Node ${node}`;
}

function say(line: string): void {
  process.stderr.write(`gangway: ${line}\n`);
}
