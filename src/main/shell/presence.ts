// The app outside its window: the tray's icon and menu, and what is told by notification.
import { app, nativeTheme, Notification } from 'electron';
import type { AppState, Block } from '../../shared/model';
import { translate, type Language } from '../../shared/text/translate';
import type { LiveSession } from '../live';
import { blockText, Toasts, type ToastMaker, type ToastText } from './toasts';
import { TrayPresence, type Taskbar } from './tray';
import { trayView, type TrayAction } from './trayView';
import type { MainWindow } from './window';

export interface PresenceOptions {
  readonly live: LiveSession;
  readonly window: Pick<MainWindow, 'show'>;
  readonly iconFolder: string;
  readonly first: AppState;
}

const electronToasts: ToastMaker = {
  isSupported: () => Notification.isSupported(),
  make: (text) => new Notification({ title: text.title, body: text.body }),
};

export class Presence {
  private readonly tray: TrayPresence;
  private readonly toasts = new Toasts(electronToasts);
  private language: Language;

  constructor(private readonly options: PresenceOptions) {
    const { first, live } = options;
    this.language = first.app.language;
    this.tray = new TrayPresence(
      options.iconFolder,
      (action) => {
        this.attempt(action, this.act(action));
      },
      trayView(first),
      taskbar(),
    );
    live.onBlock((block) => {
      this.tell(block);
    });
  }

  update(state: AppState): void {
    this.language = state.app.language;
    this.tray.show(trayView(state), taskbar());
  }

  /** A block that concerns Go is one notification; its click opens its row. */
  private tell(block: Block): void {
    const wanted = this.options.live.state?.settings.notifications ?? true;
    if (!wanted || !block.concernsGo || block.seen) return;
    this.toasts.once(block.id, blockText(block, this.language), () => {
      this.attempt('notification', this.openBlock(block.id));
    });
  }

  /** What goes wrong outside the window is shown in it. */
  private attempt(what: string, work: Promise<void>): void {
    work.catch((error: unknown) => {
      process.stderr.write(`gangway: ${what}: ${String(error)}\n`);
      this.options.window.show();
    });
  }

  private async act(action: TrayAction): Promise<void> {
    switch (action) {
      case 'open':
        this.options.window.show();
        return;
      case 'quit':
        app.quit();
        return;
      case 'lastBlock': {
        const block = this.options.live.state?.blocks.items[0];
        if (block !== undefined) await this.openBlock(block.id);
        return;
      }
      case 'rollBack':
        await this.rollBack();
        return;
    }
  }

  private async openBlock(id: string): Promise<void> {
    const session = await this.options.live.get();
    await session.handle('app.openPage', 'blocks');
    await session.handle('blocks.open', id);
    this.options.window.show();
  }

  private async rollBack(): Promise<void> {
    const session = await this.options.live.get();
    const before = session.state.exclusions.ours;
    await session.handle('exclusionsPage.rollBack', { all: true });
    const { exclusions, settings } = session.state;
    if (exclusions.failure !== null) {
      await this.openExclusions();
      return;
    }
    if (!settings.notifications) return;
    const text = rollbackText(before - exclusions.ours, exclusions.ours, this.language);
    this.toasts.say(text, () => {
      this.attempt('notification', this.openExclusions());
    });
  }

  private async openExclusions(): Promise<void> {
    const session = await this.options.live.get();
    await session.handle('app.openPage', 'exclusions');
    this.options.window.show();
  }
}

/** How many exclusions are gone, and how many stayed: other things that were taken back with them are in the history. */
export function rollbackText(undone: number, kept: number, language: Language): ToastText {
  if (kept === 0) {
    return {
      title: translate(language, { key: 'shell.toast.rolledBack', params: { count: undone } }),
      body: translate(language, { key: 'shell.toast.rolledBackBody' }),
    };
  }
  const params = { undone, kept, total: undone + kept };
  return {
    title: translate(language, { key: 'shell.toast.rolledBackPartly', params }),
    body: translate(language, { key: 'shell.toast.rolledBackPartlyBody', params }),
  };
}

/** Windows' taskbar has a theme of its own; where Electron cannot tell it, the apps' theme stands in. */
function taskbar(): Taskbar {
  const theme: { readonly shouldUseDarkColorsForSystemIntegratedUI?: boolean } = nativeTheme;
  return (theme.shouldUseDarkColorsForSystemIntegratedUI ?? nativeTheme.shouldUseDarkColors)
    ? 'dark'
    : 'light';
}
