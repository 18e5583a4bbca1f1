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
  /** Ids of blocks that were told, or need not be. */
  private readonly told: Set<string>;
  /** Without a reference Electron collects the object, and its click goes nowhere. */
  private readonly shown = new Set<Toast>();

  constructor(
    private readonly maker: ToastMaker,
    told: readonly string[] = [],
  ) {
    this.told = new Set(told);
  }

  /** The newest block that concerns Go and was not told yet, or null. Counts all of them as told: a burst is one toast. */
  newest(blocks: readonly Block[]): Block | null {
    const fresh = blocks.filter(({ id }) => !this.told.has(id));
    for (const { id } of fresh) this.told.add(id);
    const worth = fresh.filter((block) => block.concernsGo && !block.seen);
    return worth.sort((one, other) => other.at.localeCompare(one.at))[0] ?? null;
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
