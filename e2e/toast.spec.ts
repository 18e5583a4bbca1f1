// The first block, as a person meets it: Defender takes the download, one notification says so, its click opens the story,
// and the tray and the wizard say the same.
import { spawn, execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, launchEnvironment, test } from './support/app';
import { hostNotifications } from './support/notificationHost';
import { ask, looked, startDownload, stateOf, until } from './support/state';
import { hostTray } from './support/trayHost';

const run = promisify(execFile);

test('a block of Go: one notification, whose click opens its row', async ({ bus, launch }) => {
  const tray = await hostTray(bus);
  const desktop = await hostNotifications(bus);
  const { app, page } = await launch({ scenario: 'blockOnDownload' });
  await looked(page);
  const item = await tray.item();
  const calm = await item.icon();
  const known = (await stateOf(page)).blocks.items.length;
  expect(desktop.received).toEqual([]);

  await startDownload(page);
  const stopped = await until(page, 'stopped', ({ wizard }) => wizard.failure !== null);
  expect(stopped.wizard.failure?.code).toBe('defender.blocked');
  await expect.poll(() => desktop.received.length).toBe(1);

  const block = (await until(page, 'told', ({ blocks }) => blocks.items.length > known)).blocks
    .items[0];
  const [toast] = desktop.received;
  expect(toast?.title).toMatch(/^Defender quarantined /);
  expect(toast?.body).toContain('See what happened.');
  expect(toast?.actions).toContain('default');
  await expect.poll(() => item.icon()).not.toBe(calm);
  await expect.poll(async () => (await item.labels()).join()).toContain('Last block: ');

  // The window is closed when the click comes.
  const closed = page.waitForEvent('close');
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await closed;
  const opened = app.waitForEvent('window');
  desktop.click(toast?.id ?? 0);
  const again = await opened;
  await again.waitForFunction(() => 'gangway' in window);
  const shown = await stateOf(again);
  expect(shown.page).toBe('blocks');
  expect(shown.blocks.openId).toBe(block?.id);
  expect(desktop.received).toHaveLength(1);
});

test('no notification where the person wants none; the tray tells it alone', async ({
  bus,
  launch,
}) => {
  const tray = await hostTray(bus);
  const desktop = await hostNotifications(bus);
  const { page } = await launch({ scenario: 'blockOnDownload' });
  await looked(page);
  await ask(page, 'settings.set', { notifications: false });
  await startDownload(page);
  await until(page, 'stopped', ({ wizard }) => wizard.failure !== null);
  const item = await tray.item();
  await expect.poll(async () => (await item.labels()).join()).toContain('Last block: ');
  expect(desktop.received).toEqual([]);
});

test('a desktop without notifications changes nothing else', async ({ bus, launch }) => {
  const tray = await hostTray(bus);
  const { page } = await launch({ scenario: 'blockOnDownload' });
  await startDownload(page);
  await until(page, 'stopped', ({ wizard }) => wizard.failure !== null);
  const item = await tray.item();
  await expect.poll(async () => (await item.labels()).join()).toContain('Last block: ');
});

test('a real notification daemon shows it, and its click arrives', async ({ bus, launch }) => {
  const environment = launchEnvironment(bus);
  const dunst = spawn('dunst', ['-verbosity', 'crit'], { env: environment, stdio: 'ignore' });
  try {
    const { page } = await launch({ scenario: 'blockOnDownload' });
    await startDownload(page);
    await until(page, 'stopped', ({ wizard }) => wizard.failure !== null);
    const displayed = async (): Promise<string> =>
      (await run('dunstctl', ['count', 'displayed'], { env: environment })).stdout.trim();
    await expect.poll(displayed).toBe('1');
    await run('dunstctl', ['action', '0'], { env: environment });
    await until(page, 'opened', ({ page: shown, blocks }) => {
      return shown === 'blocks' && blocks.openId !== null;
    });
  } finally {
    dunst.kill();
  }
});
