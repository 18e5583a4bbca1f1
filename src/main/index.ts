// Electron's main process: an exception ends it, then harden, open, serve. A second instance only wakes the first.
import './crash';
import { app, Menu, protocol } from 'electron';
import { mayHaveGraphicsDevice } from './graphics';
import { hardenProcess } from './hardening';
import { open } from './open';
import { readOptions } from './options';
import { scheme } from './protocol';

// The page has its own controls; the menu's only effect would be a bar across the window. macOS needs one to quit. Before
// Electron is ready, so that it makes none of its own.
if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
if (!mayHaveGraphicsDevice(process.platform)) app.disableHardwareAcceleration();
protocol.registerSchemesAsPrivileged([scheme]);
if (hardenProcess(app)) {
  void app.whenReady().then(() => {
    const options = readOptions(process.argv.slice(1), process.env, process.platform);
    open(options, () => import('./run'));
  });
} else {
  app.quit();
}
