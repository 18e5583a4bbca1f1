// Makes `electron <folder>` behave as the stock one does: loads the modules named by -r, then the folder's own app.
'use strict';
const { app } = require('electron');
const { existsSync, readFileSync, statSync } = require('node:fs');
const Module = require('node:module');
const { join, resolve } = require('node:path');

const preloads = [];
let target = null;
const args = process.argv.slice(1);
for (let at = 0; at < args.length; at += 1) {
  const arg = args[at];
  if (arg === '--version' || arg === '-v') {
    process.stdout.write(`v${process.versions.electron}\n`);
    process.exit(0);
  } else if (arg === '-r' || arg === '--require') {
    at += 1;
    preloads.push(args[at]);
  } else if (!arg.startsWith('-')) {
    target = resolve(arg);
    break;
  }
}
if (preloads.length > 0) Module._preloadModules(preloads);
process.defaultApp = true;

function load(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (manifest.version) app.setVersion(manifest.version);
  app.name = manifest.productName || manifest.name;
  app.setAppPath(folder);
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', join(app.getPath('appData'), app.name));
  }
  Module._load(join(folder, manifest.main || 'index.js'), Module, true);
}

if (target === null || !existsSync(target)) {
  process.stderr.write('electron: name the folder of an app\n');
  process.exit(1);
} else if (statSync(target).isDirectory()) {
  load(target);
} else {
  app.setAppPath(resolve(target, '..'));
  Module._load(target, Module, true);
}
