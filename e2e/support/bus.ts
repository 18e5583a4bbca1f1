// A D-Bus session of one test's own: nothing is started on it by itself, and nothing is shared with another test.
import dbus, { Message, type MessageBus } from 'dbus-next';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PrivateBus {
  /** For DBUS_SESSION_BUS_ADDRESS. */
  readonly address: string;
  /** A connection of the test's own. */
  connect(): MessageBus;
  stop(): Promise<void>;
}

/** No `servicedir`: a notification daemon that the test did not start must not appear. */
const configuration = (folder: string): string => `<!DOCTYPE busconfig PUBLIC
  "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=${folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

export async function startBus(): Promise<PrivateBus> {
  const folder = await mkdtemp(join(tmpdir(), 'gangway-bus-'));
  const file = join(folder, 'bus.conf');
  await writeFile(file, configuration(folder));
  const daemon = spawn('dbus-daemon', ['--config-file', file, '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const address = await firstLine(daemon);
  const connections: MessageBus[] = [];
  return {
    address,
    connect() {
      const connection = dbus.sessionBus({ busAddress: address });
      connections.push(connection);
      return connection;
    },
    async stop() {
      for (const connection of connections) connection.disconnect();
      const ended = new Promise((resolve) => daemon.once('exit', resolve));
      daemon.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A method call by hand: what Electron exports describes itself as empty. */
export async function call(
  bus: MessageBus,
  target: { readonly destination: string; readonly path: string; readonly interface: string },
  member: string,
  signature = '',
  body: unknown[] = [],
): Promise<unknown[]> {
  const reply = await bus.call(new Message({ ...target, member, signature, body }));
  return reply === null ? [] : (reply.body as unknown[]);
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.on('error', reject);
    child.on('exit', (code) => {
      reject(new Error(`dbus-daemon ended with ${String(code)}`));
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end).trim());
    });
  });
}
