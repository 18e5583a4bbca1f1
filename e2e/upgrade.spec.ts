// The main job in the real app: an upgrade through the wizard, and every way back.
import { readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/app';
import { heldExclusions, installRoot, journalLines } from './support/lab';
import { drive } from './support/wizard';

for (const language of ['en', 'zh-CN'] as const) {
  test(`upgrades and undoes everything, in ${language}`, async ({ launch }) => {
    const { page, folders } = await launch({ scenario: 'hiddenLists', language });
    const wizard = drive(page, language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await wizard.toChoose();
    await wizard.toVerify();
    await expect(
      page.getByText(wizard.say('proof.checksumDatabase.passed'), { exact: true }),
    ).toBeVisible();
    await wizard.toExclusions();
    await wizard.applyExclusions();
    await wizard.button('ui.action.continue').click();
    await wizard.toDone();
    await expect(page.getByText('go version go1.27.0 windows/amd64')).toBeVisible();

    const root = installRoot(folders);
    expect((await readFile(join(root, '1.27.0', 'VERSION'), 'utf8')).split('\n')[0]).toBe(
      'go1.27.0',
    );
    expect(await readlink(join(root, 'current'))).toContain('1.27.0');
    const held = await heldExclusions(folders);
    expect(held).toHaveLength(2);
    expect(held[0]).toBe('C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp');

    await wizard.button('ui.done.undo').click();
    await expect(wizard.title('ui.done.titleUndone')).toBeVisible({ timeout: 20_000 });
    expect(await heldExclusions(folders)).toEqual([]);
    expect(await readlink(join(root, 'current'))).toContain('1.26.3');
    await expect(stat(join(root, '1.27.0'))).rejects.toThrow('ENOENT');
    const journal = await journalLines(folders);
    expect(
      journal.filter((line) => line.includes('"kind":"undone"')).length,
    ).toBeGreaterThanOrEqual(4);
  });
}

test('rolls back exclusions from their page and leaves the upgrade', async ({ launch }) => {
  const { page, folders } = await launch({ scenario: 'hiddenLists' });
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.toExclusions();
  await wizard.applyExclusions();
  await wizard.button('ui.action.continue').click();
  await wizard.toDone();
  await wizard.open('exclusions');
  await page.getByRole('button', { name: 'Roll back all' }).click();
  await expect(page.getByText('Removed 2. Defender confirms.')).toBeVisible();
  expect(await heldExclusions(folders)).toEqual([]);
  expect(await readlink(join(installRoot(folders), 'current'))).toContain('1.27.0');
});

test('switches back to the old version and forward again', async ({ launch }) => {
  const { page, folders } = await launch({ scenario: 'clean' });
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.toExclusions();
  await wizard.skipExclusions();
  await wizard.toDone();
  const link = join(installRoot(folders), 'current');
  await wizard.button('ui.done.switchBack', { version: '1.26.3' }).click();
  await expect.poll(() => readlink(link)).toContain('1.26.3');
});

test('Close closes the window, and what was done is there when it opens again', async ({
  launch,
}) => {
  const { app, page } = await launch({ scenario: 'clean' });
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.toExclusions();
  await wizard.skipExclusions();
  await wizard.toDone();
  const closed = page.waitForEvent('close');
  // The page may be gone before its click was told to have ended.
  await Promise.all([
    closed,
    wizard
      .button('ui.action.close')
      .click()
      .catch(() => undefined),
  ]);
  const opened = app.waitForEvent('window');
  await app.evaluate(({ app: main }) => main.emit('activate'));
  const again = drive(await opened);
  await again.title('ui.done.title').waitFor();
  await again.button('ui.done.againButton').click();
  await again.title('ui.find.title').waitFor();
});

test('the keyboard alone is enough', async ({ launch }) => {
  const { page } = await launch({ scenario: 'clean' });
  const wizard = drive(page);
  await wizard.title('ui.find.title').waitFor();
  await expect(wizard.button('ui.action.continue')).toBeEnabled();
  await page.keyboard.press('Enter');
  await wizard.title('ui.choose.title').waitFor();
  await expect(wizard.button('ui.download.start')).toBeEnabled();
  await page.keyboard.press('Enter');
  await wizard.title('ui.verify.title').waitFor();
  await expect(wizard.button('ui.action.continue')).toBeEnabled({ timeout: 20_000 });
  await page.keyboard.press('Enter');
  await wizard.title('ui.plan.title').waitFor();
  // While the plan is made, Enter has nothing to press.
  await expect(page.locator('button[data-primary]:enabled')).toHaveText(
    wizard.say('ui.plan.without'),
    {
      timeout: 20_000,
    },
  );
  await page.keyboard.press('Enter');
  await wizard.toDone();
  for (const [digit, key] of [
    ['2', 'ui.blocks.title'],
    ['3', 'ui.exclusions.title'],
    ['4', 'ui.history.title'],
    ['5', 'ui.settings.title'],
    ['1', 'ui.done.title'],
  ] as const) {
    await page.keyboard.press(`Control+${digit}`);
    await expect(wizard.title(key)).toBeVisible();
  }
});
