// What no page may do, whatever it holds: one function a rule, each with a test that it refuses. The page shows state and
// sends intents; it has no network, no permissions, no other windows and no Node.
import type { App, Session, WebContents, WebPreferences } from 'electron';
import { appOrigin } from './origin';

/** Before the app is ready. False where another instance runs already: then this one has to quit. */
export function hardenProcess(app: App): boolean {
  // Under --no-sandbox (root in a container) enabling it would end every helper process at its start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // Chromium's own errands: nothing here needs them, and each is a connection that nobody asked for.
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('disable-domain-reliability');
  app.commandLine.appendSwitch('no-pings');
  app.on('web-contents-created', (_event, contents) => {
    blockNavigation(contents);
  });
  return app.requestSingleInstanceLock();
}

/** Once the app is ready, before the first window. */
export function hardenSession(session: Session): void {
  blockPermissions(session);
  blockRequests(session);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  // Without a language there is no dictionary to fetch: switched off alone, Chromium still asks its maker for one.
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
}

/** What each window is made with. */
export function hardenedPreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !isPackaged,
  };
}

export function blockPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => {
    callback(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** The page never needs the network. Blocking all of it also holds against a bad dependency in the page. */
export function blockRequests(session: Session): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !isOurs(details.url) });
  });
}

/** `devtools:` is the inspector's own page, which a packaged app cannot open. */
export function isOurs(url: string): boolean {
  return url.startsWith(`${appOrigin}/`) || url.startsWith('devtools://devtools/');
}

export function blockNavigation(contents: WebContents): void {
  const refuse = (event: { preventDefault(): void }): void => {
    event.preventDefault();
  };
  contents.on('will-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
