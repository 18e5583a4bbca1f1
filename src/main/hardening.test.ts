import { EventEmitter } from 'node:events';
import type { App, Session, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import {
  blockNavigation,
  blockPermissions,
  blockRequests,
  hardenedPreferences,
  hardenProcess,
  hardenSession,
  isOurs,
} from './hardening';

describe('requests', () => {
  const refused = [
    'https://go.dev/',
    'http://127.0.0.1:8080/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'data:text/html,x',
    'blob:gangway://app/1',
    'gangway://other/index.html',
    'gangway://app.evil/index.html',
    'gangway://app',
    'devtools://devtools.evil/',
    'chrome://version',
    '',
  ];
  it.each(refused)('refuses %j', (url) => {
    expect(isOurs(url)).toBe(false);
    expect(request(url)).toEqual({ cancel: true });
  });

  it('lets our own page through', () => {
    expect(request('gangway://app/assets/index.js')).toEqual({ cancel: false });
  });

  function request(url: string): unknown {
    let guard: ((details: { url: string }, callback: (answer: unknown) => void) => void) | null =
      null;
    blockRequests({
      webRequest: { onBeforeRequest: (given: typeof guard) => (guard = given) },
    } as unknown as Session);
    let answer: unknown;
    const ask = guard as
      ((details: { url: string }, callback: (a: unknown) => void) => void) | null;
    ask?.({ url }, (given) => (answer = given));
    return answer;
  }
});

describe('permissions', () => {
  it('refuses every one, asked or checked', () => {
    const session = {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setDevicePermissionHandler: vi.fn(),
    };
    blockPermissions(session as unknown as Session);
    const callback = vi.fn();
    const ask = session.setPermissionRequestHandler.mock.calls[0]?.[0] as (
      ...given: unknown[]
    ) => void;
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'usb']) {
      ask({}, permission, callback);
    }
    expect(callback.mock.calls).toEqual(Array.from({ length: 5 }, () => [false]));
    for (const set of [session.setPermissionCheckHandler, session.setDevicePermissionHandler]) {
      expect((set.mock.calls[0]?.[0] as () => boolean)()).toBe(false);
    }
  });
});

describe('navigation', () => {
  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])(
    'refuses %s',
    (name) => {
      const contents = page();
      const event = { preventDefault: vi.fn() };
      contents.emit(name, event, 'https://example.org/');
      expect(event.preventDefault).toHaveBeenCalledOnce();
    },
  );

  it('opens no other window', () => {
    const handlers: (() => unknown)[] = [];
    page(handlers);
    expect(handlers.map((handler) => handler())).toEqual([{ action: 'deny' }]);
  });

  function page(handlers: (() => unknown)[] = []): EventEmitter {
    const contents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (handler: () => unknown) => handlers.push(handler),
    });
    blockNavigation(contents as unknown as WebContents);
    return contents;
  }
});

describe('the process', () => {
  it.each([
    [false, 1],
    [true, 0],
  ])('is sandboxed, unless started without (%s)', (without, times) => {
    const { app, enableSandbox } = anApp(without, true);
    expect(hardenProcess(app)).toBe(true);
    expect(enableSandbox).toHaveBeenCalledTimes(times);
  });

  it('is the only one', () => {
    expect(hardenProcess(anApp(false, false).app)).toBe(false);
  });

  it('guards each page that is ever made', () => {
    const { app } = anApp(false, true);
    hardenProcess(app);
    const setWindowOpenHandler = vi.fn();
    app.emit(
      'web-contents-created',
      {},
      Object.assign(new EventEmitter(), { setWindowOpenHandler }),
    );
    expect(setWindowOpenHandler).toHaveBeenCalledOnce();
  });

  function anApp(
    withoutSandbox: boolean,
    first: boolean,
  ): { app: App; enableSandbox: ReturnType<typeof vi.fn> } {
    const enableSandbox = vi.fn();
    const app = Object.assign(new EventEmitter(), {
      enableSandbox,
      commandLine: { appendSwitch: vi.fn(), hasSwitch: () => withoutSandbox },
      requestSingleInstanceLock: () => first,
    });
    return { app: app as unknown as App, enableSandbox };
  }
});

describe('the session', () => {
  it('downloads nothing', () => {
    const session = Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setDevicePermissionHandler: vi.fn(),
      setSpellCheckerEnabled: vi.fn(),
      setSpellCheckerLanguages: vi.fn(),
      webRequest: { onBeforeRequest: vi.fn() },
    });
    hardenSession(session as unknown as Session);
    const event = { preventDefault: vi.fn() };
    session.emit('will-download', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
    expect(session.setSpellCheckerEnabled).toHaveBeenCalledWith(false);
    expect(session.setSpellCheckerLanguages).toHaveBeenCalledWith([]);
  });
});

describe('the window', () => {
  it('has no Node, no frames with the preload, no inspector when packaged', () => {
    expect(hardenedPreferences('/p.js', true)).toMatchObject({
      preload: '/p.js',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    });
  });
});
