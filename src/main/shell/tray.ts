// The icon beside the clock. It changes only when what it shows changes, and no timer keeps it alive.
import { Menu, nativeImage, Tray, type NativeImage } from 'electron';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrayAction, TrayIcon, TrayItem, TrayView } from './trayView';

/** Drawn sizes in pixels, and the scale of the screen that each is for. */
const drawings = [
  { pixels: 16, scaleFactor: 1 },
  { pixels: 20, scaleFactor: 1.25 },
  { pixels: 24, scaleFactor: 1.5 },
  { pixels: 32, scaleFactor: 2 },
] as const;

export type Taskbar = 'light' | 'dark';

export class TrayPresence {
  private readonly tray: Tray;
  private shown = '';

  constructor(
    private readonly iconFolder: string,
    private readonly act: (action: TrayAction) => void,
    first: TrayView,
    taskbar: Taskbar,
  ) {
    this.tray = new Tray(this.image(first.icon, taskbar));
    this.tray.on('click', () => {
      this.act('open');
    });
    this.show(first, taskbar);
  }

  show(view: TrayView, taskbar: Taskbar): void {
    const next = JSON.stringify([view, taskbar]);
    if (next === this.shown) return;
    this.shown = next;
    this.tray.setImage(this.image(view.icon, taskbar));
    this.tray.setToolTip(view.tooltip);
    this.tray.setContextMenu(Menu.buildFromTemplate(view.items.map((item) => this.entry(item))));
  }

  destroy(): void {
    this.tray.destroy();
  }

  private entry(item: TrayItem): Electron.MenuItemConstructorOptions {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'text':
        return { label: item.label, enabled: false };
      case 'action':
        return {
          label: item.label,
          click: () => {
            this.act(item.action);
          },
        };
    }
  }

  private image(icon: TrayIcon, taskbar: Taskbar): NativeImage {
    const image = nativeImage.createEmpty();
    for (const { pixels, scaleFactor } of drawings) {
      const buffer = readFileSync(
        join(this.iconFolder, `${icon}-${taskbar}-${String(pixels)}.png`),
      );
      image.addRepresentation({ scaleFactor, width: pixels, height: pixels, buffer });
    }
    return image;
  }
}
