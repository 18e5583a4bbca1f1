// What stands before the engine is loaded: the guarded session, the page's scheme, the window, and the contract's end. The
// page's process starts, and its script runs, while everything else is still being read from disk.
import { app, nativeTheme, protocol, session, type Session, type WebContents } from 'electron';
import { join } from 'node:path';
import { hardenSession } from './hardening';
import { refuseOneWay, serve, type Engine } from './ipc/serve';
import { refusalLog } from './log';
import type { AppOptions } from './options';
import { appOrigin } from './origin';
import { servePage } from './protocol';
import { MainWindow } from './shell/window';

/** Milliseconds after which the engine is loaded in any case: the tray has to come also where the page does not. */
const pageLimitMs = 2_000;

export interface Front {
  readonly options: AppOptions;
  readonly window: MainWindow;
  /** Calls are refused from here on. */
  readonly close: () => void;
}

/** What stands behind the window: `run` puts it together and gives the contract's answers. */
interface Behind {
  readonly run: (front: Front) => Engine;
}

export function open(options: AppOptions, read: () => Promise<Behind>): void {
  const root = app.getAppPath();
  app.setAppUserModelId('dev.gangway.app');
  hardenSession(session.defaultSession);
  servePage(protocol, join(root, 'out', 'renderer'));

  const window = new MainWindow({
    preload: join(root, 'out', 'preload', 'index.js'),
    icon: join(root, 'assets', 'icon', '256x256.png'),
    placeFile: join(app.getPath('userData'), 'window.json'),
    isPackaged: app.isPackaged,
    isDark: () => nativeTheme.shouldUseDarkColors,
  });
  let closing = false;
  let loading: Promise<Engine> | null = null;
  const engine = (): Promise<Engine> =>
    (loading ??= read().then(({ run }) => {
      const close = (): void => {
        closing = true;
      };
      return run({ options, window, close });
    }));

  const log = refusalLog((line) => void process.stderr.write(`gangway: ${line}\n`));
  app.on('web-contents-created', (_event, contents: WebContents) => {
    refuseOneWay(contents, log);
  });
  serve({ trusted: () => window.contents, engine, closing: () => closing, onRefusal: log });

  app.on('second-instance', () => {
    window.show();
  });
  app.on('activate', () => {
    window.show();
  });
  // Without a listener Electron quits with the last window; the tray stays.
  app.on('window-all-closed', () => undefined);

  if (options.startInTray) {
    void engine();
    return;
  }
  window.show();
  // While the page's process starts, main has nothing to do: the first half of the engine is read then.
  setImmediate(() => void read());
  void pageSent(session.defaultSession).then(engine);
}

/** When the page has all of its script: main is then free for a while, since the page has enough to do. */
function pageSent({ webRequest }: Session): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(limit);
      webRequest.onCompleted(null);
      resolve();
    };
    const limit = setTimeout(done, pageLimitMs);
    webRequest.onCompleted(({ url }) => {
      if (url.startsWith(`${appOrigin}/`) && url.endsWith('.js')) done();
    });
  });
}
