import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labEngine, type LabEngineForTest } from '../../../../test/support/labEngine';
import { temporaryFolder } from '../../../../test/support/temporary';

const scratch = temporaryFolder();
let under: LabEngineForTest;
beforeAll(async () => {
  under = await labEngine(scratch, 'clean');
});
afterAll(async () => {
  await under.close();
});

const body = JSON.stringify({ elevated: true, parameters: { ExclusionPath: ['C:\\evil'] } });

/** A request with headers that `fetch` does not let one set. */
function send(
  headers: Readonly<Record<string, string>>,
  options: { readonly path?: string; readonly method?: string; readonly body?: string } = {},
): Promise<number> {
  const { path = '/cmdlet/Add-MpPreference', method = 'POST' } = options;
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(path, under.base),
      {
        method,
        headers: {
          authorization: `Bearer ${under.token}`,
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(options.body ?? body)),
          ...headers,
        },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    asked.on('error', reject);
    asked.end(options.body ?? body);
  });
}

async function listed(): Promise<unknown> {
  return (await under.objects('Get-MpPreference'))[0]?.['ExclusionPath'];
}

describe('the engine’s server refuses, and nothing happens', () => {
  it.each([
    ['no token', { authorization: '' }, 401],
    ['another token', { authorization: `Bearer ${'x'.repeat(43)}` }, 401],
    ['the token in another scheme', { authorization: 'Basic x' }, 401],
    ['another host: a name that was bound to loopback', { host: 'evil.example' }, 403],
    ['the host by its name', { host: 'localhost' }, 403],
    ['a page', { origin: 'http://evil.example' }, 403],
    ['a page of its own address', { origin: 'null' }, 403],
    ['a browser without an origin', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
  ])('%s', async (_, headers, status) => {
    expect(await send(headers)).toBe(status);
    expect(await listed()).toBeNull();
  });

  it.each(['GET', 'PUT', 'OPTIONS', 'DELETE'])('%s', async (method) => {
    expect(await send({}, { method })).toBe(405);
    expect(await listed()).toBeNull();
  });

  it.each([
    '/',
    '/cmdlet/',
    '/cmdlet/Invoke-Expression',
    '/cmdlet/get-mppreference',
    '/cmdlet/Get-MpPreference/',
    '/cmdlet/Get-MpPreference?x=1',
    '/cmdlet/../mpcmdrun/x',
  ])('the route %s', async (path) => {
    expect(await send({}, { path })).toBe(404);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no answer to "elevated?"', '{"parameters":{}}'],
    ['elevated as a text', '{"elevated":"true"}'],
  ])('%s', async (_, text) => {
    expect(await send({}, { body: text })).toBe(400);
  });

  it('a body that is too long, whether it says so or not', async () => {
    const text = JSON.stringify({ elevated: true, parameters: { x: 'x'.repeat(1024 * 1024) } });
    // The rest is not read: the answer, or the end of the connection.
    const status = await send({}, { body: text }).catch(() => 413);
    expect(status).toBe(413);
  });
});

describe('the engine’s server', () => {
  it('listens on loopback alone', async () => {
    const port = Number(new URL(under.base).port);
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    for (const { address } of others) {
      const reached = await new Promise((resolve) => {
        const socket = connect({ host: address, port });
        socket.once('connect', () => {
          socket.destroy();
          resolve('connected');
        });
        socket.once('error', () => {
          resolve('refused');
        });
      });
      expect(reached).toBe('refused');
    }
    expect(new URL(under.base).hostname).toBe('127.0.0.1');
  });

  it('has a token of its own each time, and answers nobody after its end', async () => {
    const other = await labEngine(scratch, 'clean');
    expect(other.token).not.toBe(under.token);
    expect(other.token.length).toBeGreaterThanOrEqual(43);
    await other.close();
    await expect(other.ask('Get-MpPreference')).rejects.toThrow();
  });

  it('serves several at once, and loses nothing', async () => {
    const several = await labEngine(scratch, 'clean');
    await Promise.all(
      Array.from({ length: 16 }, (_, number) =>
        several.objects('Add-MpPreference', { ExclusionPath: [`C:\\b${String(number)}`] }, true),
      ),
    );
    const [seen] = await several.objects('Get-MpPreference');
    expect(seen?.['ExclusionPath']).toHaveLength(16);
    await several.close();
  });
});
