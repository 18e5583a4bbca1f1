// The tray over D-Bus, as a desktop's panel sees it: what it shows, and what its entries do.
import { expect, test } from './support/app';
import { hostNotifications } from './support/notificationHost';
import { ask, looked, stateOf, toPlan, until } from './support/state';
import { hostTray } from './support/trayHost';

test('at rest: a state line, open, quit, and that it is the lab', async ({ bus, launch }) => {
  const tray = await hostTray(bus);
  const { page } = await launch();
  await looked(page);
  const item = await tray.item();
  expect(await item.labels()).toEqual(['Defender on', 'Open Gangway', 'Quit']);
  expect((await item.menu())[0]).toMatchObject({ enabled: false });
  expect(await item.tooltip()).toBe('Gangway (lab): Defender on');
});

test('in Chinese on a Chinese system, and at once when the language is changed', async ({
  bus,
  launch,
}) => {
  const tray = await hostTray(bus);
  const { page } = await launch({ language: 'zh-CN' });
  const item = await tray.item();
  await expect.poll(() => item.labels()).toEqual(['Defender 已开启', '打开 Gangway', '退出']);
  await ask(page, 'settings.set', { language: 'en' });
  await expect.poll(() => item.labels()).toEqual(['Defender on', 'Open Gangway', 'Quit']);
});

test('counts exclusions, and rolls them back with one click', async ({ bus, launch }) => {
  const tray = await hostTray(bus);
  const notifications = await hostNotifications(bus);
  const { app, page } = await launch({ scenario: 'blockOnExtract' });
  const item = await tray.item();
  await toPlan(page);
  const before = await item.icon();
  const planned = (await stateOf(page)).wizard.exclusions.items.filter(({ enabled }) => enabled);
  await ask(page, 'exclusions.apply');
  const { exclusions } = await until(page, 'applied', (state) => state.exclusions.ours > 0);
  const count = exclusions.ours;
  expect(count).toBe(planned.length);
  await expect
    .poll(() => item.labels(), { timeout: 30_000 })
    .toContain(`Roll back exclusions (${String(count)})`);
  await expect.poll(() => item.icon(), { timeout: 30_000 }).not.toBe(before);

  // From the menu alone: the window is closed.
  const closed = page.waitForEvent('close');
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await closed;
  await item.click('Roll back exclusions');
  await expect
    .poll(() => notifications.received.map(({ title }) => title))
    .toContain(`Exclusions rolled back: ${String(count)}`);
  await expect
    .poll(async () => (await item.labels()).some((label) => label.startsWith('Roll back')))
    .toBe(false);

  const opened = app.waitForEvent('window');
  await item.click('Open Gangway');
  const again = await opened;
  await again.waitForFunction(() => 'gangway' in window);
  const { exclusions: after } = await stateOf(again);
  expect(after.ours).toBe(0);
  expect(after.lastRollback?.kept).toEqual([]);
  expect(after.items.filter(({ owner }) => owner === 'gangway')).toEqual([]);
});
