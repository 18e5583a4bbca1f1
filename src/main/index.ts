// Electron's main process: an exception ends it, then harden, compose, serve. A second instance only wakes the first.
import './crash';
import { app, protocol } from 'electron';
import { hardenProcess } from './hardening';
import { scheme } from './protocol';
import { run } from './run';

protocol.registerSchemesAsPrivileged([scheme]);
if (hardenProcess(app)) void app.whenReady().then(run);
else app.quit();
