// A company's proxy on loopback, and a host that only it knows: what is asked of it, and what it answers, is the test's.
import { createServer, request as httpRequest, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type ProxyMood =
  | 'works'
  /** Answers 407: it wants a name and a password. */
  | 'wantsPassword'
  /** Answers everything with its sign-in page. */
  | 'showsLogin';

export interface ProxyServer {
  /** For `http_proxy`: "http://127.0.0.1:40123". */
  readonly address: string;
  /** "GET http://go-mirror.test/dl/" and "CONNECT sum.golang.org:443", newest last. */
  readonly seen: string[];
  mood: ProxyMood;
  close(): Promise<void>;
}

const loginPage = '<!doctype html><title>Contoso</title><h1>Sign in to the network</h1>';

/** @param hosts names that no system knows, and the address that the proxy finds behind each */
export async function startProxy(hosts: Readonly<Record<string, string>>): Promise<ProxyServer> {
  const seen: string[] = [];
  const answer = (url: URL, response: ServerResponse): void => {
    switch (proxy.mood) {
      case 'wantsPassword':
        response.writeHead(407, { 'proxy-authenticate': 'Basic realm="Contoso"' }).end();
        return;
      case 'showsLogin':
        response.writeHead(200, { 'content-type': 'text/html' }).end(loginPage);
        return;
      case 'works': {
        const behind = hosts[url.hostname];
        if (behind === undefined) {
          response.writeHead(502).end();
          return;
        }
        const onward = httpRequest(`${behind}${url.pathname}${url.search}`, (reply) => {
          response.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(response);
        });
        onward.on('error', () => response.destroy());
        onward.end();
      }
    }
  };
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer(new URL(request.url ?? '', 'http://proxy.invalid'), response);
  });
  server.on('connect', (request, socket: Socket) => {
    seen.push(`CONNECT ${request.url ?? ''}`);
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const proxy: ProxyServer = {
    address: `http://127.0.0.1:${String(port)}`,
    seen,
    mood: 'works',
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return proxy;
}
