import { describe, expect, it } from 'vitest';
import { isLoopback, proxyFromAnswer, proxyFromEnvironment } from './proxy';

const proxy = { kind: 'http', host: 'proxy.corp', port: 3128 };

describe('the proxy of the environment', () => {
  const named = { HTTPS_PROXY: 'http://proxy.corp:3128', http_proxy: 'plain.corp' };

  it('is chosen by scheme, in either case of the name', async () => {
    const resolve = proxyFromEnvironment(named);
    expect(await resolve('https://go.dev/dl/')).toEqual(proxy);
    expect(await resolve('http://mirror.corp/')).toEqual({
      kind: 'http',
      host: 'plain.corp',
      port: 80,
    });
  });

  it('falls back to all_proxy, and to none', async () => {
    expect(await proxyFromEnvironment({ all_proxy: 'proxy.corp:3128' })('https://go.dev/')).toEqual(
      proxy,
    );
    expect(await proxyFromEnvironment({})('https://go.dev/')).toEqual({ kind: 'direct' });
  });

  it('takes a name and a password as they are meant', async () => {
    const resolve = proxyFromEnvironment({ https_proxy: 'http://lin:p%40ss@proxy.corp:3128' });
    const answer = await resolve('https://go.dev/');
    expect(answer).toMatchObject(proxy);
    expect(answer).toHaveProperty(
      'authorization',
      `Basic ${Buffer.from('lin:p@ss').toString('base64')}`,
    );
  });

  it.each([
    ['go.dev', 'https://go.dev/'],
    ['.go.dev', 'https://go.dev/'],
    ['go.dev', 'https://dl.go.dev/'],
    ['a.example, go.dev:443', 'https://go.dev/'],
    ['*', 'https://go.dev/'],
  ])('is passed by with no_proxy=%s for %s', async (no_proxy, url) => {
    expect(await proxyFromEnvironment({ ...named, no_proxy })(url)).toEqual({ kind: 'direct' });
  });

  it.each([
    ['go.dev', 'https://notgo.dev/'],
    ['go.dev:8443', 'https://go.dev/'],
    ['', 'https://go.dev/'],
  ])('is not passed by with no_proxy=%j for %s', async (no_proxy, url) => {
    expect(await proxyFromEnvironment({ ...named, no_proxy })(url)).toEqual(proxy);
  });

  it('is never asked for this computer', async () => {
    const resolve = proxyFromEnvironment({ http_proxy: 'proxy.corp' });
    for (const url of ['http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]:9/']) {
      expect(await resolve(url)).toEqual({ kind: 'direct' });
    }
  });

  it('is named where Gangway does not speak its kind', async () => {
    const resolve = proxyFromEnvironment({ all_proxy: 'socks5://proxy.corp:1080' });
    expect(await resolve('https://go.dev/')).toEqual({
      kind: 'unsupported',
      text: 'socks5://proxy.corp:1080',
    });
  });
});

describe("the system's answer", () => {
  it.each([
    ['DIRECT', { kind: 'direct' }],
    ['', { kind: 'direct' }],
    ['PROXY proxy.corp:3128; DIRECT', proxy],
    ['SOCKS5 s.corp:1080;PROXY proxy.corp:3128', proxy],
    ['PROXY proxy.corp', { kind: 'http', host: 'proxy.corp', port: 80 }],
    ['SOCKS5 s.corp:1080', { kind: 'unsupported', text: 'SOCKS5 s.corp:1080' }],
  ])('%j is understood', (answer, expected) => {
    expect(proxyFromAnswer(answer)).toEqual(expected);
  });
});

it('knows this computer from others', () => {
  expect(['localhost', '127.0.0.1', '127.8.9.1', '[::1]'].every(isLoopback)).toBe(true);
  expect(['127.0.0.1.example', '10.0.0.1', 'localhost.example'].some(isLoopback)).toBe(false);
});
