// The least that Electron can do: one window with one line, or, with --none, no window at all.
'use strict';
const { app, BrowserWindow } = require('electron');

app.on('window-all-closed', () => undefined);
app.whenReady().then(() => {
  if (process.argv.includes('--none')) {
    process.stdout.write('ready\n');
    return;
  }
  const window = new BrowserWindow({
    width: 1040,
    height: 720,
    show: false,
    webPreferences: { sandbox: true },
  });
  window.once('ready-to-show', () => {
    window.show();
    process.stdout.write('ready\n');
  });
  void window.loadFile('page.html');
});
