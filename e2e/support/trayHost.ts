// The desktop's side of the tray: keeps the register that tray icons enter, and reads and clicks an entered icon's menu as
// a panel would. Own it before the app starts: an icon enters once.
import dbus, { Variant, type MessageBus } from 'dbus-next';
import { call, type PrivateBus } from './bus';

export interface MenuEntry {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
  readonly separator: boolean;
}

export interface TrayHost {
  /** The icon of the app that was started; waits for it. */
  item(): Promise<TrayItem>;
}

const watcherName = 'org.kde.StatusNotifierWatcher';

class Watcher extends dbus.interface.Interface {
  readonly entered: string[] = [];
  readonly IsStatusNotifierHostRegistered = true;
  readonly ProtocolVersion = 0;

  get RegisteredStatusNotifierItems(): string[] {
    return this.entered;
  }

  RegisterStatusNotifierItem(service: string): void {
    this.entered.push(service);
  }

  RegisterStatusNotifierHost(): void {
    // There is one host, and it is this test.
  }
}

Watcher.configureMembers({
  properties: {
    IsStatusNotifierHostRegistered: { signature: 'b', access: 'read' },
    ProtocolVersion: { signature: 'i', access: 'read' },
    RegisteredStatusNotifierItems: { signature: 'as', access: 'read' },
  },
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' },
    RegisterStatusNotifierHost: { inSignature: 's', outSignature: '' },
  },
});

export async function hostTray(bus: PrivateBus): Promise<TrayHost> {
  const connection = bus.connect();
  const watcher = new Watcher(watcherName);
  await connection.requestName(watcherName, 0);
  connection.export('/StatusNotifierWatcher', watcher);
  return {
    async item() {
      const deadline = Date.now() + 15_000;
      for (;;) {
        const service = watcher.entered.at(-1);
        if (service !== undefined) return new TrayItem(connection, service);
        if (Date.now() > deadline) throw new Error('no icon entered the tray');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

export class TrayItem {
  constructor(
    private readonly bus: MessageBus,
    private readonly service: string,
  ) {}

  async tooltip(): Promise<string> {
    const [, , title] = (await this.property('ToolTip')) as [string, unknown, string, string];
    return title;
  }

  /** ARGB pixels of the drawn icon, as a text to compare. */
  async icon(): Promise<string> {
    const pictures = (await this.property('IconPixmap')) as [number, number, Uint8Array][];
    return pictures
      .map(([w, h, argb]) => `${String(w)}x${String(h)} ${Buffer.from(argb).toString('base64')}`)
      .join('\n');
  }

  async menu(): Promise<MenuEntry[]> {
    const [, root] = (await call(this.bus, await this.menuTarget(), 'GetLayout', 'iias', [
      0,
      -1,
      [],
    ])) as [number, [number, unknown, Variant<[number, Properties, unknown]>[]]];
    return root[2].map(({ value: [id, properties] }) => ({
      id,
      label: String(properties['label']?.value ?? '').replace('_', ''),
      enabled: properties['enabled']?.value !== false,
      separator: properties['type']?.value === 'separator',
    }));
  }

  async labels(): Promise<string[]> {
    return (await this.menu()).filter((entry) => !entry.separator).map(({ label }) => label);
  }

  /** Clicks the entry whose label begins so. */
  async click(label: string): Promise<void> {
    const entry = (await this.menu()).find((candidate) => candidate.label.startsWith(label));
    if (entry === undefined) {
      throw new Error(`the menu has no "${label}": ${(await this.labels()).join(' | ')}`);
    }
    await call(this.bus, await this.menuTarget(), 'Event', 'isvu', [
      entry.id,
      'clicked',
      new Variant('i', 0),
      0,
    ]);
  }

  /** A click on the icon itself. */
  async activate(): Promise<void> {
    await call(this.bus, this.itemTarget('org.kde.StatusNotifierItem'), 'Activate', 'ii', [0, 0]);
  }

  private async property(name: string): Promise<unknown> {
    const [value] = (await call(
      this.bus,
      this.itemTarget('org.freedesktop.DBus.Properties'),
      'Get',
      'ss',
      ['org.kde.StatusNotifierItem', name],
    )) as [Variant];
    return value.value;
  }

  private async menuTarget(): Promise<Target> {
    const path = (await this.property('Menu')) as string;
    return { destination: this.service, path, interface: 'com.canonical.dbusmenu' };
  }

  private itemTarget(name: string): Target {
    return { destination: this.service, path: '/StatusNotifierItem', interface: name };
  }
}

type Target = Parameters<typeof call>[1];
type Properties = Readonly<Record<string, Variant | undefined>>;
