// The window's life: sizes, its remembered place, closing to the tray, the second instance, and the hard end.
import { spawn } from 'node:child_process';
import type { ElectronApplication, Page } from '@playwright/test';
import {
  expect,
  executable,
  isAlive,
  launchArguments,
  launchEnvironment,
  test,
} from './support/app';
import { looked } from './support/state';
import { hostTray } from './support/trayHost';

test('opens at 1040 × 720 and is never smaller than 800 × 600', async ({ launch }) => {
  const { app, page } = await launch();
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([1040, 720]);
  const size = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setSize(300, 200);
    return window?.getSize();
  });
  expect(size).toEqual([800, 600]);
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([800, 600]);
});

test('comes back where it was', async ({ launch }) => {
  const first = await launch();
  await first.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 40, width: 900, height: 640 });
  });
  await first.page.waitForTimeout(800);
  await first.app.close();
  const { app } = await launch({ folders: first.folders });
  const bounds = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(bounds).toEqual({ x: 60, y: 40, width: 900, height: 640 });
});

test('closing keeps the tray and frees the page; the tray opens it again', async ({
  bus,
  launch,
}) => {
  const tray = await hostTray(bus);
  const { app, page, pid } = await launch();
  const item = await tray.item();
  const pages = (): Promise<number> =>
    app.evaluate(
      ({ app: electron }) => electron.getAppMetrics().filter(({ type }) => type === 'Tab').length,
    );
  expect(await pages()).toBe(1);

  await looked(page);
  await closeWindow(app, page);
  await expect.poll(pages).toBe(0);
  expect(isAlive(pid)).toBe(true);
  // At rest no timer of ours wakes the processor.
  await expect
    .poll(() =>
      app.evaluate(() => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout')),
    )
    .toEqual([]);

  const reopened = app.waitForEvent('window');
  await item.click('Open Gangway');
  const again = await reopened;
  await again.waitForFunction(() => 'gangway' in window);
  expect((await again.evaluate(() => window.gangway.call('app.snapshot'))).kind).toBe('ok');

  await closeWindow(app, again);
  const bySymbol = app.waitForEvent('window');
  await item.activate();
  await bySymbol;
});

test('a second start wakes the first and ends', async ({ bus, launch }) => {
  const { app, page, folders } = await launch();
  await closeWindow(app, page);
  const opened = app.waitForEvent('window');
  const second = spawn(executable(), launchArguments(folders), {
    env: launchEnvironment(bus),
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => second.on('exit', resolve));
  expect(code).toBe(0);
  await opened;
  expect(app.windows()).toHaveLength(1);
});

test('quitting from the tray ends every process', async ({ bus, launch }) => {
  const tray = await hostTray(bus);
  const { app, pid } = await launch();
  const item = await tray.item();
  const closed = app.waitForEvent('close');
  await item.click('Quit');
  await closed;
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('kill -9 leaves nothing that stops the next start', async ({ launch }) => {
  const first = await launch();
  await first.kill();
  const { page } = await launch({ folders: first.folders });
  expect((await page.evaluate(() => window.gangway.call('app.snapshot'))).kind).toBe('ok');
});

test('an exception that nobody caught ends the app with 70, without a box', async ({ launch }) => {
  const { app } = await launch();
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await app.evaluate(() => {
    setTimeout(() => {
      throw new Error('on purpose');
    }, 0);
  });
  expect(await ended).toBe(70);
});

test('Chinese and light or dark come from the system', async ({ launch }) => {
  const { page } = await launch({ language: 'zh-CN', colorScheme: 'dark' });
  const answer = await page.evaluate(() => window.gangway.call('app.snapshot'));
  expect(answer.kind === 'ok' && answer.value.state.app.language).toBe('zh-CN');
  expect(await page.evaluate(() => navigator.language)).toBe('zh-CN');
});

async function closeWindow(app: ElectronApplication, page: Page): Promise<void> {
  const closed = page.waitForEvent('close');
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await closed;
}
