// Notifications. Each thing is told once; a plain click leads to it. Where the system shows none, the tray icon alone tells
// it: nothing here fails for that.
import type { Block } from '../../shared/model';
import { translate, type Language } from '../../shared/text/translate';

export interface ToastText {
  readonly title: string;
  readonly body: string;
}

/** One notification of the system; the events are Electron's. */
export interface Toast {
  on(event: 'click' | 'close' | 'failed', listener: () => void): unknown;
  show(): void;
}

export interface ToastMaker {
  isSupported(): boolean;
  make(text: ToastText): Toast;
}

export class Toasts {
  /** Ids of what was told. */
  private readonly told = new Set<string>();
  /** Without a reference Electron collects the object, and its click goes nowhere. */
  private readonly shown = new Set<Toast>();

  constructor(private readonly maker: ToastMaker) {}

  /** Tells it, unless something with this id was told before. */
  once(id: string, text: ToastText, onClick: () => void): void {
    if (this.told.has(id)) return;
    this.told.add(id);
    this.say(text, onClick);
  }

  say(text: ToastText, onClick: () => void): void {
    if (!this.maker.isSupported()) return;
    const toast = this.maker.make(text);
    const forget = (): void => {
      this.shown.delete(toast);
    };
    toast.on('click', () => {
      forget();
      onClick();
    });
    toast.on('close', forget);
    toast.on('failed', forget);
    this.shown.add(toast);
    toast.show();
  }

  /** How many the system may still report on. */
  get held(): number {
    return this.shown.size;
  }
}

export function blockText(block: Block, language: Language): ToastText {
  const what = translate(language, block.verdictText);
  return {
    title: translate(language, block.headline),
    body: translate(language, { key: 'shell.toast.blockBody', params: { what } }),
  };
}
