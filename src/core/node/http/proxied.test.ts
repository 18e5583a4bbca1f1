import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { failureFrom, loopback } from '../../../../test/support/loopback';
import { FailureError } from '../../failureError';
import { createHttp, type Http, type HttpSettings } from './http';
import type { Proxy } from './proxy';

const { plain, secure, listen, secureContext, afterwards } = loopback();

async function failureOf(promise: Promise<unknown>): Promise<FailureError> {
  const error = await failureFrom(promise);
  if (error instanceof FailureError) return error;
  throw error;
}

describe.each([false, true])('for large files: %s', (large) => {
  const client = (settings: Partial<HttpSettings>): Http => {
    const http = createHttp({ userAgent: 'Gangway/0.0.0', large, secureContext, ...settings });
    afterwards(() => http.close());
    return http;
  };

  describe('through a proxy', () => {
    /** What it was asked for, and a password it may want. */
    async function proxyServer(password?: string): Promise<{ proxy: Proxy; seen: string[] }> {
      const seen: string[] = [];
      const login = `Basic ${Buffer.from(`lin:${password ?? ''}`).toString('base64')}`;
      const server = createServer((request, response) => {
        seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
        const refused = password !== undefined && request.headers['proxy-authorization'] !== login;
        response.writeHead(refused ? 407 : 200).end('by the proxy');
      });
      server.on('connect', (request, socket: Socket) => {
        seen.push(`CONNECT ${request.url ?? ''}`);
        if (password !== undefined && request.headers['proxy-authorization'] !== login) {
          socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
          return;
        }
        const [host = '', port = ''] = (request.url ?? '').split(':');
        const onward = connect(Number(port), host, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          onward.pipe(socket).pipe(onward);
        });
        onward.on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
      });
      const port = await listen(server);
      return { seen, proxy: { kind: 'http', host: '127.0.0.1', port } };
    }
    const via = (proxy: Proxy): Http => client({ resolveProxy: () => Promise.resolve(proxy) });

    it('https goes by a tunnel, and stays secret', async () => {
      const base = await secure((_, response) => response.end('secret'));
      const { proxy, seen } = await proxyServer();
      expect((await via(proxy).small(`${base}/x`, 100)).bytes.toString()).toBe('secret');
      expect(seen).toEqual([`CONNECT ${base.replace('https://', '')}`]);
    });

    it('plain http goes by the whole address', async () => {
      const { proxy, seen } = await proxyServer();
      const reply = await via(proxy).small('http://mirror.example/go/', 100);
      expect(reply.bytes.toString()).toBe('by the proxy');
      expect(seen).toEqual(['GET http://mirror.example/go/']);
    });

    it.each(['https://go.dev/', 'http://mirror.example/'])(
      'a proxy that wants a password is named for %s',
      async (url) => {
        const { proxy } = await proxyServer('secret');
        const { failure } = await failureOf(via(proxy).ask(url));
        expect(failure.code).toBe('network.proxyAuth');
        expect(failure.params).toEqual({ proxy: '127.0.0.1' });
      },
    );

    it('a password of the environment is sent', async () => {
      const base = await secure((_, response) => response.end('secret'));
      const { proxy } = await proxyServer('pass');
      const authorization = `Basic ${Buffer.from('lin:pass').toString('base64')}`;
      const known = { ...proxy, authorization } as Proxy;
      expect((await via(known).small(base, 100)).bytes.toString()).toBe('secret');
      expect((await via(known).small('http://mirror.example/', 100)).status).toBe(200);
    });

    it('a proxy that is not there is named, not gone around', async () => {
      const base = await secure((_, response) => response.end('secret'));
      const { failure } = await failureOf(
        via({ kind: 'http', host: '127.0.0.1', port: 1 }).ask(base),
      );
      expect(failure.code).toBe('network.unreachable');
    });

    it('a kind that Gangway does not speak is named, not gone around', async () => {
      const base = await plain((_, response) => response.end('direct'));
      const http = via({ kind: 'unsupported', text: 'SOCKS5 s.corp:1080' });
      const { failure } = await failureOf(http.ask(base));
      expect(failure).toMatchObject({
        code: 'network.unreachable',
        details: [{ id: 'proxy', value: 'SOCKS5 s.corp:1080' }],
      });
    });

    it('each host of a redirect is asked for its own', async () => {
      const target = await plain((_, response) => response.end('there'));
      const base = await plain((_, response) =>
        response.writeHead(302, { location: target }).end(),
      );
      const asked: string[] = [];
      const http = client({
        resolveProxy: (url) => {
          asked.push(url);
          return Promise.resolve({ kind: 'direct' });
        },
      });
      await http.small(base, 100);
      expect(asked).toEqual([`${base}/`, `${target}/`]);
    });
  });
});
