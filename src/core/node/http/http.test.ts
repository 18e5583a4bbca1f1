import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { createSecureContext } from 'node:tls';
import { beforeEach, describe, expect, it } from 'vitest';
import { failureFrom, loopback } from '../../../../test/support/loopback';
import { FailureError } from '../../failureError';
import { BrokenTransfer, RefusedRedirect, TooLarge } from './failures';
import { createHttp, type Http, type HttpSettings } from './http';

const { plain, secure, listen, secureContext, afterwards } = loopback();

let large = false;
function client(settings: Partial<HttpSettings> = {}): Http {
  const http = createHttp({
    large,
    userAgent: 'Gangway/0.0.0',
    secureContext,
    ...settings,
  });
  afterwards(() => http.close());
  return http;
}

async function failureOf(promise: Promise<unknown>): Promise<FailureError> {
  const error = await failureFrom(promise);
  if (error instanceof FailureError) return error;
  throw error;
}

describe.each([false, true])('for large files: %s', (forLarge) => {
  beforeEach(() => {
    large = forLarge;
  });

  describe('a request', () => {
    it('asks for bytes as they are stored and says who asks', async () => {
      const base = await plain((request, response) =>
        response.end(JSON.stringify(request.headers)),
      );
      const reply = await client().small(`${base}/x`, 10_000, { 'if-none-match': '"1"' });
      expect(JSON.parse(reply.bytes.toString())).toMatchObject({
        'accept-encoding': 'identity',
        'user-agent': 'Gangway/0.0.0',
        'if-none-match': '"1"',
      });
    });

    it('works over TLS with the authorities it was given, and not without', async () => {
      const base = await secure((_, response) => response.end('secret'));
      expect((await client().small(base, 100)).bytes.toString()).toBe('secret');
      const strict = client({ secureContext: createSecureContext() });
      const { failure } = await failureOf(strict.small(base, 100));
      expect(failure.code).toBe('network.certificate');
      expect(failure.params).toEqual({ host: 'localhost' });
    });

    it('moves a name and a password into a header, and out of what is shown', async () => {
      const base = await plain((request, response) => response.end(request.headers.authorization));
      const reply = await client().small(base.replace('//', '//lin:p%40ss@'), 100);
      expect(reply.bytes.toString()).toBe(`Basic ${Buffer.from('lin:p@ss').toString('base64')}`);
      expect(reply.asked).toBe(`${base}/`);
      expect(reply.url).toBe(`${base}/`);
    });

    it.each(['ftp://example.com/', 'file:///etc/passwd', 'not an address'])(
      'refuses the address %j',
      async (address) => {
        expect((await failureOf(client().ask(address))).failure.code).toBe('network.badAddress');
      },
    );

    it('names a host that is not there', async () => {
      const { failure } = await failureOf(client().ask('http://127.0.0.1:1/'));
      expect(failure).toMatchObject({
        code: 'network.unreachable',
        params: { host: '127.0.0.1' },
        details: [{ id: 'reason', value: 'ECONNREFUSED' }],
      });
    });

    it('does not wait for ever for an answer', async () => {
      const base = await plain(() => undefined);
      const { failure } = await failureOf(client({ stallMs: 80 }).ask(base));
      expect(failure.details).toEqual([{ id: 'reason', value: 'ETIMEDOUT' }]);
    });

    it('does not wait for ever for TLS', async () => {
      const silent = await listen(createServer());
      const base = `https://127.0.0.1:${String(silent)}`;
      const { failure } = await failureOf(client({ connectMs: 80 }).ask(base));
      expect(failure.code).toBe('network.unreachable');
    });

    it('can be cancelled before and after the answer', async () => {
      const base = await plain((_, response) => {
        response.writeHead(200).write('begin');
      });
      const early = AbortSignal.abort();
      expect((await failureOf(client().ask(base, {}, early))).failure.code).toBe('cancelled');
      const late = new AbortController();
      const http = client();
      const reply = await http.ask(base, {}, late.signal);
      const reading = http.read(reply, () => late.abort(), late.signal);
      expect((await failureOf(reading)).failure.code).toBe('cancelled');
    });

    it('tries once more where a kept connection was closed meanwhile', async () => {
      let connections = 0;
      const server = createServer((request, response) => {
        response.end('fine');
        // Ends the connection only after the answer is out, without telling so in a header.
        setTimeout(() => request.socket.destroy(), 20);
      });
      server.on('connection', () => (connections += 1));
      const base = `http://127.0.0.1:${String(await listen(server))}`;
      const http = client();
      for (let i = 0; i < 4; i++) {
        expect((await http.small(base, 10)).bytes.toString()).toBe('fine');
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      expect(connections).toBeGreaterThan(1);
      expect(connections).toBeLessThanOrEqual(4);
    });
  });

  describe('redirects', () => {
    it('are followed, with the last address in the reply', async () => {
      const base = await plain((request, response) => {
        if (request.url === '/end') response.end('here');
        else response.writeHead(302, { location: '/end' }).end();
      });
      const reply = await client().small(`${base}/start`, 100);
      expect([reply.asked, reply.url]).toEqual([`${base}/start`, `${base}/end`]);
      expect(reply.bytes.toString()).toBe('here');
    });

    it('end after five', async () => {
      let asked = 0;
      const base = await plain((_, response) => {
        asked += 1;
        response.writeHead(307, { location: `/${String(asked)}` }).end();
      });
      await expect(client().ask(base)).rejects.toMatchObject({ reason: 'tooMany' });
      expect(asked).toBe(6);
    });

    it('never lead from https to plain http on another computer', async () => {
      const base = await secure((_, response) => {
        response.writeHead(302, { location: 'http://login.guest-wifi.example/portal' }).end();
      });
      const error: unknown = await client()
        .ask(base)
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RefusedRedirect);
      expect(error).toMatchObject({
        reason: 'downgrade',
        status: 302,
        to: 'http://login.guest-wifi.example/portal',
      });
    });

    it('may lead from https to this computer', async () => {
      const target = await plain((_, response) => response.end('loopback'));
      const base = await secure((_, response) =>
        response.writeHead(302, { location: target }).end(),
      );
      expect((await client().small(base, 100)).bytes.toString()).toBe('loopback');
    });

    it.each(['file:///etc/passwd', 'ftp://example.com/', 'http://['])(
      'never lead to %s',
      async (location) => {
        const base = await plain((_, response) => response.writeHead(302, { location }).end());
        await expect(client().ask(base)).rejects.toBeInstanceOf(RefusedRedirect);
      },
    );

    it('take no name and password to another server', async () => {
      const target = await plain((request, response) =>
        response.end(request.headers.authorization ?? 'none'),
      );
      const base = await plain((_, response) => {
        response.writeHead(302, { location: target.replace('//', '//x:y@') }).end();
      });
      const reply = await client().small(base.replace('//', '//lin:secret@'), 100);
      expect(reply.bytes.toString()).toBe('none');
    });
  });

  describe('a body', () => {
    const broken = async (listener: RequestListener, settings: Partial<HttpSettings> = {}) => {
      const http = client(settings);
      const reply = await http.ask(await plain(listener));
      let length = 0;
      const error: unknown = await http
        .read(reply, (chunk) => {
          length += chunk.length;
        })
        .catch((thrown: unknown) => thrown);
      return { error, length };
    };

    it('that is cut off is not an end', async () => {
      const { error, length } = await broken((request, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('half');
        setTimeout(() => request.socket.destroy(), 10);
      });
      expect(error).toBeInstanceOf(BrokenTransfer);
      expect(error).toMatchObject({ reason: 'cut' });
      expect(length).toBe(4);
    });

    it('that is cut off in chunks is not an end', async () => {
      const { error } = await broken((request, response) => {
        response.write('half');
        setTimeout(() => request.socket.destroy(), 10);
      });
      expect(error).toMatchObject({ reason: 'cut' });
    });

    it('that stalls is given up', async () => {
      const { error } = await broken(
        (_, response) => {
          response.writeHead(200, { 'content-length': 100 }).write('half');
        },
        { stallMs: 80 },
      );
      expect(error).toMatchObject({ reason: 'stalled' });
    });

    it('waits for a slow reader, and for its failure', async () => {
      const base = await plain((_, response) => response.end(Buffer.alloc(300_000)));
      const http = client();
      const sizes: number[] = [];
      let busy = 0;
      await http.read(await http.ask(base), async (chunk) => {
        expect(++busy).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        sizes.push(chunk.length);
        busy -= 1;
      });
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(300_000);
      const failing = http.read(await http.ask(base), () => Promise.reject(new Error('full')));
      await expect(failing).rejects.toThrow('full');
    });

    it('in chunks, slowly read, comes whole and in order', async () => {
      const parts = Array.from({ length: 50 }, (_, i) => Buffer.alloc(5_000, i));
      const base = await plain((_, response) => {
        for (const part of parts) response.write(part);
        response.end();
      });
      const http = client();
      const read: Buffer[] = [];
      await http.read(await http.ask(base), async (chunk) => {
        read.push(Buffer.from(chunk));
        await new Promise((resolve) => setTimeout(resolve, 1));
      });
      expect(Buffer.concat(read).equals(Buffer.concat(parts))).toBe(true);
    });

    it('of no bytes ends, and one until the connection ends', async () => {
      const empty = await plain((_, response) =>
        response.writeHead(200, { 'content-length': 0 }).end(),
      );
      expect((await client().small(empty, 10)).bytes).toHaveLength(0);
      const server = createTcpServer((socket) => {
        socket.once('data', () =>
          socket.end('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\n\r\nuntil the end'),
        );
      });
      const port = await listen(server);
      const reply = await client().small(`http://127.0.0.1:${String(port)}/`, 100);
      expect(reply.bytes.toString()).toBe('until the end');
    });

    it('of something that is no HTTP is named', async () => {
      const server = createTcpServer((socket) => {
        socket.once('data', () => socket.end('220 mail.example ESMTP\r\n\r\n'));
      });
      const port = await listen(server);
      const { failure } = await failureOf(client().ask(`http://127.0.0.1:${String(port)}/`));
      expect(failure.code).toBe('network.unreachable');
    });

    it('is not asked for with a header of several lines', async () => {
      const base = await plain((_, response) => response.end());
      const smuggled = client().ask(base, { 'if-range': '"x"\r\nHost: evil.example' });
      await expect(smuggled).rejects.toBeInstanceOf(FailureError);
    });

    it('larger than allowed is not read to its end', async () => {
      const base = await plain((_, response) => response.end(Buffer.alloc(100_000)));
      await expect(client().small(base, 99_999)).rejects.toBeInstanceOf(TooLarge);
      expect((await client().small(base, 100_000)).bytes.length).toBe(100_000);
    });
  });
});
