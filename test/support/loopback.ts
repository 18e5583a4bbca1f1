// Servers on loopback for a test file: plain, with TLS, or of any kind; all closed after each test.
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import { afterEach } from 'vitest';
import { selfSigned } from './certificate';

export interface Loopback {
  /** Trusts the servers' certificate and no other. */
  readonly secureContext: SecureContext;
  /** "http://127.0.0.1:40123" */
  plain(listener: RequestListener): Promise<string>;
  /** "https://localhost:40123" */
  secure(listener: RequestListener): Promise<string>;
  /** The port. */
  listen(server: Server): Promise<number>;
  /** Runs after the test. */
  afterwards(close: () => void): void;
}

export function loopback(): Loopback {
  const certificate = selfSigned();
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });
  const servers: Loopback = {
    secureContext: createSecureContext({ ca: certificate.cert }),
    async plain(listener) {
      return `http://127.0.0.1:${await servers.listen(createServer(listener))}`;
    },
    async secure(listener) {
      return `https://localhost:${await servers.listen(createSecureServer(certificate, listener))}`;
    },
    async listen(server) {
      const sockets = new Set<Socket>();
      server.on('connection', (socket: Socket) => sockets.add(socket));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      closing.push(() => {
        server.close();
        for (const socket of sockets) socket.destroy();
      });
      return (server.address() as AddressInfo).port;
    },
    afterwards(close) {
      closing.push(close);
    },
  };
  return servers;
}

/** What a promise failed with. @throws where it did not fail */
export async function failureFrom(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`no failure but ${String(value)}`);
    },
    (error: unknown) => error,
  );
}
