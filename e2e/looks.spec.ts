// Every page as people see it: axe in light and dark and both languages, nothing cut off at 800 × 600, and forced colours.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import { showIn } from './support/theme';
import { drive } from './support/wizard';

const pages = ['upgrade', 'blocks', 'exclusions', 'history', 'settings'] as const;

for (const language of ['en', 'zh-CN'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing: ${language}, ${colorScheme}`, async ({ launch }) => {
      test.setTimeout(120_000);
      const { page } = await launch({ scenario: 'hiddenLists', language, colorScheme });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await showIn(page, colorScheme);
      const wizard = drive(page, language);
      await wizard.title('ui.find.title').waitFor();
      await expectAccessible(page);
      await wizard.toChoose();
      await expectAccessible(page);
      await wizard.toVerify();
      await page.getByRole('button', { expanded: false }).first().waitFor();
      await expectAccessible(page);
      await wizard.toExclusions();
      await expectAccessible(page);
      await wizard.applyExclusions();
      await wizard.button('ui.action.continue').click();
      await wizard.toDone();
      await expectAccessible(page);
      for (const name of pages) {
        await wizard.open(name);
        await expectAccessible(page);
      }
    });
  }
}

test('nothing is cut off at 800 × 600', async ({ launch }) => {
  const { app, page } = await launch({ scenario: 'hiddenLists' });
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600);
  });
  const wizard = drive(page);
  await wizard.toChoose();
  await expectNoSideScroll(page);
  await wizard.toVerify();
  await expectNoSideScroll(page);
  await wizard.toExclusions();
  await expectNoSideScroll(page);
  for (const name of pages) {
    await wizard.open(name);
    await expectNoSideScroll(page);
  }
});

test('with forced colours every control is still there', async ({ launch }) => {
  const { page } = await launch();
  await page.emulateMedia({ forcedColors: 'active' });
  const wizard = drive(page);
  await wizard.toChoose();
  await expect(wizard.button('ui.download.start')).toBeVisible();
  await expectAccessible(page);
});

async function expectAccessible(page: Page): Promise<void> {
  await page.waitForTimeout(250);
  // Fluent's focus guards are hidden and focusable by design: they are not content.
  const found = await new AxeBuilder({ page })
    .setLegacyMode()
    .exclude('[data-tabster-dummy]')
    .analyze();
  const said = found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`,
  );
  expect(said).toEqual([]);
}

async function expectNoSideScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main *')]
      .filter(
        (one) =>
          one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'auto',
      )
      .map((one) => one.className),
  );
  expect(wide).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(800);
}
