// The desktop's side of notifications: takes what programs send and answers with clicks, as a daemon on a real desktop does.
import dbus, { type Variant } from 'dbus-next';
import type { PrivateBus } from './bus';

export interface Received {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  /** Keys and labels, alternating. */
  readonly actions: readonly string[];
}

const serviceName = 'org.freedesktop.Notifications';

class Daemon extends dbus.interface.Interface {
  readonly received: Received[] = [];

  Notify(
    _app: string,
    replaces: number,
    _icon: string,
    title: string,
    body: string,
    actions: string[],
    _hints: Record<string, Variant>,
    _timeout: number,
  ): number {
    const id = replaces > 0 ? replaces : this.received.length + 1;
    this.received.push({ id, title, body, actions });
    return id;
  }

  CloseNotification(id: number): void {
    this.NotificationClosed(id, 3);
  }

  GetCapabilities(): string[] {
    return ['actions', 'body'];
  }

  GetServerInformation(): string[] {
    return ['test', 'test', '1', '1.2'];
  }

  ActionInvoked(id: number, key: string): [number, string] {
    return [id, key];
  }

  NotificationClosed(id: number, reason: number): [number, number] {
    return [id, reason];
  }
}

Daemon.configureMembers({
  methods: {
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u', outSignature: '' },
    GetCapabilities: { inSignature: '', outSignature: 'as' },
    GetServerInformation: { inSignature: '', outSignature: 'ssss' },
  },
  signals: {
    ActionInvoked: { signature: 'us' },
    NotificationClosed: { signature: 'uu' },
  },
});

export interface NotificationHost {
  readonly received: readonly Received[];
  /** A plain click on the notification. */
  click(id: number): void;
}

export async function hostNotifications(bus: PrivateBus): Promise<NotificationHost> {
  const connection = bus.connect();
  const daemon = new Daemon(serviceName);
  connection.export('/org/freedesktop/Notifications', daemon);
  await connection.requestName(serviceName, 0);
  return {
    received: daemon.received,
    click(id) {
      daemon.ActionInvoked(id, 'default');
      daemon.NotificationClosed(id, 2);
    },
  };
}
