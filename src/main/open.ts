// What stands before the engine is loaded: the guarded session, the page's scheme, the window. The page's process starts
// while everything else is still being read from disk.
import { app, Menu, nativeTheme, protocol, session } from 'electron';
import { join } from 'node:path';
import { hardenSession } from './hardening';
import type { AppOptions } from './options';
import { pageHandler, scheme } from './protocol';
import { MainWindow } from './shell/window';

export function open(options: AppOptions): MainWindow {
  const root = app.getAppPath();
  app.setAppUserModelId('dev.gangway.app');
  hardenSession(session.defaultSession);
  protocol.handle(scheme.scheme, pageHandler(join(root, 'out', 'renderer')));
  // The page has its own controls; the menu's only effect would be a bar across the window. macOS needs one to quit.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  const window = new MainWindow({
    preload: join(root, 'out', 'preload', 'index.js'),
    icon: join(root, 'assets', 'icon', '256x256.png'),
    placeFile: join(app.getPath('userData'), 'window.json'),
    isPackaged: app.isPackaged,
    isDark: () => nativeTheme.shouldUseDarkColors,
  });
  if (!options.startInTray) window.show();
  return window;
}
