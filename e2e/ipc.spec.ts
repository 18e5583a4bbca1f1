// The contract under fire: ten thousand malformed messages from the page itself, and every other place that could reach the
// channel. Each is refused in words; none is answered as if it were a call, and none goes unanswered.
import type { ElectronApplication } from '@playwright/test';
import { callNames } from '../src/shared/contract/names';
import type { Envelope } from '../src/shared/contract';
import { expect, test } from './support/app';
import { looked, stateOf } from './support/state';

type Answer = Envelope<unknown> | { readonly kind: 'threw'; readonly message: string };

test('10,000 malformed messages: every one refused, none answered, none ignored', async ({
  launch,
}) => {
  const { page, mainLines } = await launch();
  await looked(page);
  const before = await stateOf(page);

  const counts = await page.evaluate(async (names) => {
    const bad: (() => unknown)[] = [
      () => 7,
      () => true,
      () => Number.NaN,
      () => [],
      () => [['app.ready']],
      () => ({ unknown: 1 }),
      () => ({ __proto__: null, constructor: { prototype: { kind: 'ok' } } }),
      () => JSON.parse('{"__proto__": {"polluted": true}}') as unknown,
      () => 'x'.repeat(70_000),
      () => ({ text: 'é'.repeat(70_000) }),
      () => Array.from({ length: 40_000 }, (_, index) => index),
      () => new Date(0),
      () => new Map([['id', 'x']]),
      () => new Uint8Array(64),
      () => new ArrayBuffer(1 << 20),
      () => {
        let deep: unknown = 'end';
        for (let level = 0; level < 60; level += 1) deep = { deep };
        return deep;
      },
      () => {
        const loop: Record<string, unknown> = {};
        loop['self'] = loop;
        return loop;
      },
      () => () => undefined,
    ];
    const strangers: unknown[] = [
      '',
      'app.quit',
      'APP.SNAPSHOT',
      'app.snapshot ',
      '__proto__',
      'constructor',
      'toString',
      'x'.repeat(10_000),
      '../app.snapshot',
      7,
      null,
      undefined,
      {},
      ['app.snapshot'],
    ];
    const messages: unknown[][] = [];
    for (let index = 0; messages.length < 10_000; index += 1) {
      const argument = bad[index % bad.length]?.();
      const name = names[index % names.length] ?? '';
      switch (index % 4) {
        case 0:
        case 1:
          messages.push([name, argument]);
          break;
        case 2:
          messages.push([strangers[index % strangers.length], argument]);
          break;
        default:
          messages.push([name, undefined, 'one too many']);
      }
    }
    const raw = window.gangway.call as unknown as (...message: unknown[]) => Promise<Answer>;
    const outcome: Record<string, number> = {};
    const ask = async (message: unknown[]): Promise<void> => {
      let answer: Answer;
      try {
        answer = await raw(...message);
      } catch (error) {
        answer = { kind: 'threw', message: String(error) };
      }
      const label = answer.kind === 'rejected' ? answer.reason : answer.kind;
      outcome[label] = (outcome[label] ?? 0) + 1;
    };
    for (let at = 0; at < messages.length; at += 250) {
      await Promise.all(messages.slice(at, at + 250).map(ask));
    }
    return outcome;
  }, callNames);

  const { ok = 0, failed = 0, ...refused } = counts;
  expect({ ok, failed }).toEqual({ ok: 0, failed: 0 });
  expect(Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(10_000);
  expect(Object.keys(refused)).toEqual(expect.arrayContaining(['shape', 'size', 'unknownCall']));
  // What Electron itself cannot carry (functions, cycles) throws in the page and never reaches main.
  expect(refused['threw'] ?? 0).toBeLessThan(1_500);

  expect(await stateOf(page)).toEqual(before);
  expect(mainLines.some((line) => line.includes('refused'))).toBe(true);
  expect(mainLines.length).toBeLessThan(40);
});

test('nobody else may call: other windows, other frames, other pages', async ({ launch }) => {
  const { app, page } = await launch();
  const foreign = await fromForeignWindow(app, 'about:blank', 500);
  expect(foreign.answers).toEqual({ sender: 500 });
  const disguised = await fromForeignWindow(app, 'gangway://app/index.html', 500);
  expect(disguised.answers).toEqual({ sender: 500 });

  for (const { blocking, otherChannel } of [foreign, disguised]) {
    expect(blocking).toEqual({ kind: 'rejected', reason: 'unknownCall' });
    expect(otherChannel).toContain('No handler registered');
  }
  // A frame inside our own page has no way to call at all.
  const inFrame = await page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const reachable = frame.contentWindow !== null && 'gangway' in frame.contentWindow;
    frame.remove();
    return reachable;
  });
  expect(inFrame).toBe(false);
  expect((await page.evaluate(() => window.gangway.call('app.snapshot'))).kind).toBe('ok');
});

test('one-way messages are reported, not swallowed', async ({ launch }) => {
  const { app, mainLines } = await launch();
  await fromForeignWindow(app, 'about:blank', 1);
  await expect.poll(() => mainLines.join('\n')).toContain('one-way gangway:call');
});

interface Foreign {
  readonly answers: Readonly<Record<string, number>>;
  readonly blocking: unknown;
  readonly otherChannel: string;
}

/** A window that the app did not make, with all of Node in it: the worst that could sit on the channel's other end. */
async function fromForeignWindow(
  app: ElectronApplication,
  url: string,
  count: number,
): Promise<Foreign> {
  return app.evaluate(
    async ({ BrowserWindow }, { url, count }) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { nodeIntegration: true, contextIsolation: false, sandbox: false },
      });
      await window.loadURL(url);
      const script = `(async () => {
        const { ipcRenderer } = require('electron');
        const answers = {};
        for (let index = 0; index < ${String(count)}; index += 1) {
          const answer = await ipcRenderer.invoke('gangway:call', 'app.snapshot');
          const label = answer.kind === 'rejected' ? answer.reason : answer.kind;
          answers[label] = (answers[label] ?? 0) + 1;
        }
        ipcRenderer.send('gangway:call', 'app.snapshot');
        const blocking = ipcRenderer.sendSync('gangway:call', 'app.snapshot');
        const otherChannel = await ipcRenderer.invoke('gangway:other').catch(String);
        return { answers, blocking, otherChannel };
      })()`;
      const result = (await window.webContents.executeJavaScript(script)) as Foreign;
      window.destroy();
      return result;
    },
    { url, count },
  );
}
