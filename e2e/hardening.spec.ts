// What the page cannot do, tried in the real page: no network, no permissions, no other pages, no windows, no Node, no code
// made of text.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './support/app';

test('no request leaves the page, by whatever way', async ({ launch }) => {
  const { page, problems } = await launch();
  const { server, port, seen } = await listen();
  const outcome = await page.evaluate(
    async (address) => {
      const tries: Record<string, () => Promise<unknown>> = {
        fetch: () => fetch(address),
        beacon: () => {
          // It says only that it was queued; whether it went out, the server says.
          navigator.sendBeacon(address);
          return Promise.reject(new Error('queued'));
        },
        image: () => loads(Object.assign(new Image(), { src: address })),
        style: () => element('link', { rel: 'stylesheet', href: address }),
        frame: () => element('iframe', { src: address }),
        socket: () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(address.replace('http', 'ws'));
            socket.onopen = resolve;
            socket.onerror = reject;
          }),
        events: () =>
          new Promise((resolve, reject) => {
            const events = new EventSource(address);
            events.onopen = resolve;
            events.onerror = reject;
          }),
      };
      const result: Record<string, string> = {};
      for (const [name, attempt] of Object.entries(tries)) {
        const late = new Promise((resolve) => setTimeout(() => resolve('late'), 1500));
        result[name] = await Promise.race([attempt().then(() => 'loaded'), late]).then(
          String,
          () => 'refused',
        );
      }
      return result;

      function loads(image: HTMLImageElement): Promise<unknown> {
        return new Promise((resolve, reject) => {
          image.onload = resolve;
          image.onerror = reject;
        });
      }
      function element(tag: string, attributes: Record<string, string>): Promise<unknown> {
        return new Promise((resolve, reject) => {
          const made = document.createElement(tag);
          made.onload = () => {
            // A refused frame still fires `load`, on an error page of its own.
            if (made instanceof HTMLIFrameElement) reject(new Error('an error page'));
            else resolve(undefined);
          };
          made.onerror = reject;
          for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
          document.body.append(made);
        });
      }
    },
    `http://127.0.0.1:${String(port)}/`,
  );
  server.close();
  expect(seen).toEqual([]);
  expect(Object.values(outcome)).not.toContain('loaded');
  forget(problems);
});

test('the page stays the page', async ({ launch }) => {
  const { app, page, problems } = await launch();
  const before = page.url();
  const opened = await page.evaluate(() => {
    const window_ = window.open('https://example.org/');
    location.href = 'https://example.org/';
    return window_ === null;
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'file:///etc/passwd';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    link.remove();
  });
  await page.waitForTimeout(300);
  expect(opened).toBe(true);
  expect(page.url()).toBe(before);
  expect(app.windows()).toHaveLength(1);
  expect((await page.evaluate(() => window.gangway.call('app.snapshot'))).kind).toBe('ok');
  forget(problems);
});

test('no permission is given', async ({ launch }) => {
  const { page, problems } = await launch();
  const answers = await page.evaluate(async () => {
    const place = new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => {
          resolve('given');
        },
        () => {
          resolve('refused');
        },
      );
    });
    const camera = navigator.mediaDevices
      .getUserMedia({ video: true })
      .then(() => 'given')
      .catch(() => 'refused');
    const clipboard = navigator.clipboard
      .readText()
      .then(() => 'given')
      .catch(() => 'refused');
    const notify = (await Notification.requestPermission()) === 'granted' ? 'given' : 'refused';
    return Promise.all([place, camera, clipboard, Promise.resolve(notify)]);
  });
  expect(answers).toEqual(['refused', 'refused', 'refused', 'refused']);
  forget(problems);
});

test('the page holds nothing of Node, and makes no code of text', async ({ launch }) => {
  const { page, problems } = await launch();
  const found = await page.evaluate(() => {
    const refused = (attempt: () => unknown): string => {
      try {
        attempt();
        return 'ran';
      } catch (error) {
        return error instanceof Error ? error.name : 'refused';
      }
    };
    const sink = document.createElement('div');
    return {
      globals: ['require', 'process', 'module', 'Buffer', 'global'].filter((n) => n in window),
      gangway: Object.keys(window.gangway),
      writable: refused(() => {
        'use strict';
        (window as unknown as Record<string, unknown>)['gangway'] = {};
      }),
      html: refused(() => {
        sink.innerHTML = '<img src=x onerror=alert(1)>';
      }),
      policy: refused(() =>
        (
          window as unknown as {
            trustedTypes: { createPolicy(name: string, rules: object): unknown };
          }
        ).trustedTypes.createPolicy('mine', {}),
      ),
    };
  });
  expect(found).toEqual({
    globals: [],
    gangway: ['call', 'on'],
    writable: 'TypeError',
    html: 'TypeError',
    policy: 'TypeError',
  });
  // Later than the evaluation itself, during which the inspector lifts this rule.
  const code = await page.evaluate(
    () =>
      new Promise<string>((resolve) =>
        setTimeout(() => {
          try {
            // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call, no-new-func -- to see it refused
            new Function('return 1')();
            resolve('ran');
          } catch (error) {
            resolve(error instanceof Error ? error.name : 'refused');
          }
        }, 50),
      ),
  );
  expect(code).toBe('EvalError');
  const inline = await page.evaluate(() => {
    const script = document.createElement('script');
    document.head.append(script);
    const styled = document.createElement('style');
    styled.textContent = 'body { outline: 7px solid red }';
    document.head.append(styled);
    return getComputedStyle(document.body).outlineWidth === '7px';
  });
  expect(inline).toBe(false);
  forget(problems);
});

test('the scheme serves the page and nothing beside it', async ({ launch }) => {
  const { app, page, problems } = await launch();
  const policy = await app.evaluate(async ({ session }) => {
    const response = await session.defaultSession.fetch('gangway://app/index.html');
    return response.headers.get('content-security-policy');
  });
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  const statuses = await app.evaluate(async ({ session }) => {
    const addresses = [
      'gangway://app/package.json',
      'gangway://app/../main/index.js',
      'gangway://app/%2e%2e/main/index.js',
      'gangway://app/..%5cmain%5cindex.js',
      'gangway://other/index.html',
    ];
    return Promise.all(
      addresses.map((address) =>
        session.defaultSession.fetch(address).then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    );
  });
  expect(statuses.filter((status) => status === 200)).toEqual([]);
  expect(await page.evaluate(() => document.visibilityState)).toBe('visible');
  forget(problems);
});

/** These tests make the page complain on purpose. */
function forget(problems: string[]): void {
  problems.length = 0;
}

async function listen(): Promise<{ server: Server; port: number; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port, seen };
}
