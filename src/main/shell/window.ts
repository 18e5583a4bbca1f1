// The one window. Closing it destroys it, so that the app in the tray costs no page; opening it again starts from a
// snapshot. Its place is remembered on disk.
import { BrowserWindow, screen, type WebContents } from 'electron';
import { readFileSync, writeFileSync } from 'node:fs';
import { hardenedPreferences } from '../hardening';
import { appOrigin } from '../origin';
import { leastSize, parseSavedWindow, placeWindow, type SavedWindow } from './bounds';

/** Base surface and ink of the look, light and dark: the window shows them before its page does. */
const surfaces = {
  light: { base: '#EEF2F3', ink: '#1B1F20' },
  dark: { base: '#1B1F20', ink: '#FFFFFF' },
} as const;
const titleBarHeight = 32;
/** Milliseconds of rest after which a moved window's place is written. */
const settleMs = 400;

export interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  /** File that remembers the place. */
  readonly placeFile: string;
  readonly isPackaged: boolean;
  isDark(): boolean;
}

export class MainWindow {
  private window: BrowserWindow | null = null;
  private settling: NodeJS.Timeout | null = null;
  /** The page is gone, or is about to load: nothing may be pushed until it asks. */
  onGone: () => void = () => undefined;

  constructor(private readonly options: WindowOptions) {}

  /** Null while the window is closed. */
  get contents(): WebContents | null {
    return this.window === null || this.window.isDestroyed() ? null : this.window.webContents;
  }

  /** For dialogs. */
  get native(): BrowserWindow | null {
    return this.window;
  }

  /** Opens it, or brings it to the front. */
  show(): void {
    if (this.window === null) {
      this.open();
      return;
    }
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  /** As by its title bar. */
  close(): void {
    this.window?.close();
  }

  /** Follows the theme: the colours around the page. */
  paint(): void {
    const { base, ink } = this.surface();
    this.window?.setBackgroundColor(base);
    if (process.platform !== 'win32' || this.window === null) return;
    // Not there in every version and on every system.
    if (typeof this.window.setTitleBarOverlay === 'function') {
      this.window.setTitleBarOverlay({ color: base, symbolColor: ink, height: titleBarHeight });
    }
  }

  private open(): void {
    const place = placeWindow(
      this.readPlace(),
      screen.getAllDisplays().map((display) => display.workArea),
    );
    const { base, ink } = this.surface();
    const window = new BrowserWindow({
      ...(place.position ?? {}),
      width: place.width,
      height: place.height,
      minWidth: leastSize.width,
      minHeight: leastSize.height,
      title: 'Gangway',
      icon: this.options.icon,
      backgroundColor: base,
      show: false,
      ...(process.platform === 'win32' && {
        titleBarStyle: 'hidden' as const,
        titleBarOverlay: { color: base, symbolColor: ink, height: titleBarHeight },
      }),
      webPreferences: hardenedPreferences(this.options.preload, this.options.isPackaged),
    });
    this.window = window;
    window.once('ready-to-show', () => {
      if (place.maximized) window.maximize();
      window.show();
    });
    window.on('moved', () => {
      this.rememberSoon();
    });
    window.on('resize', () => {
      this.rememberSoon();
    });
    window.on('close', () => {
      this.remember();
    });
    window.on('closed', () => {
      this.window = null;
      this.onGone();
    });
    window.webContents.on('did-start-navigation', (_event, _url, isInPlace, isMainFrame) => {
      if (isMainFrame && !isInPlace) this.onGone();
    });
    window.webContents.on('render-process-gone', (_event, details) => {
      process.stderr.write(`gangway: the page ended: ${details.reason}\n`);
      if (details.reason !== 'clean-exit') window.destroy();
    });
    void window.loadURL(`${appOrigin}/index.html`);
  }

  private surface(): { readonly base: string; readonly ink: string } {
    return this.options.isDark() ? surfaces.dark : surfaces.light;
  }

  private rememberSoon(): void {
    if (this.settling !== null) clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.remember();
    }, settleMs);
  }

  private remember(): void {
    if (this.settling !== null) clearTimeout(this.settling);
    this.settling = null;
    if (this.window === null || this.window.isDestroyed()) return;
    const place: SavedWindow = {
      bounds: this.window.getNormalBounds(),
      maximized: this.window.isMaximized(),
    };
    try {
      writeFileSync(this.options.placeFile, `${JSON.stringify(place)}\n`);
    } catch (error) {
      // A place that is not remembered costs nobody anything; it is said, and the app goes on.
      process.stderr.write(`gangway: the window's place was not written: ${String(error)}\n`);
    }
  }

  private readPlace(): SavedWindow | null {
    try {
      return parseSavedWindow(readFileSync(this.options.placeFile, 'utf8'));
    } catch {
      return parseSavedWindow(null);
    }
  }
}
