// The pictures of the documentation, taken from the real app on the lab.
import type { Page } from 'playwright';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startForPictures } from './demo';
import { buildInLab } from './lab';
import { drive, type WizardDriver } from './wizard';

type Taken = (name: string) => Promise<void>;

const looks = [
  { language: 'en', colorScheme: 'light', suffix: 'light-en' },
  { language: 'zh-CN', colorScheme: 'light', suffix: 'light-zh' },
  { language: 'en', colorScheme: 'dark', suffix: 'dark-en' },
] as const;

export async function takeDocumentationPictures(scratch: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { language, colorScheme, suffix } of looks) {
    const folders = {
      userData: join(scratch, suffix, 'user data'),
      state: join(scratch, suffix, 'state'),
    };
    const { app, page } = await startForPictures(folders, {
      scenario: 'hiddenLists',
      language,
      colorScheme,
    });
    const wizard = drive(page, language);
    await walk(page, wizard, async (name) => {
      await shoot(page, join(folder, `${name}-${suffix}.png`));
    });
    await buildInLab(folders, 'blockOnExtract', 3);
    await page.waitForTimeout(1_500);
    await wizard.open('blocks');
    await page
      .locator('[data-block]')
      .first()
      .getByRole('button', { expanded: false })
      .first()
      .click();
    await shoot(page, join(folder, `09-blocks-${suffix}.png`));
    await app.close();
  }
  await small(scratch, folder);
  await failures(scratch, folder);
}

async function walk(page: Page, wizard: WizardDriver, taken: Taken): Promise<void> {
  await wizard.button('ui.action.continue').waitFor();
  // The list of releases has come.
  await page.getByText(wizard.say('ui.find.unsupported')).first().waitFor();
  await taken('01-find-go');
  await wizard.toChoose();
  await page
    .locator('button:enabled', { hasText: wizard.say('ui.download.start') })
    .waitFor({ timeout: 20_000 });
  await taken('02-choose');
  await wizard.toVerify();
  await wizard.button('ui.action.continue').waitFor();
  await page.getByText(wizard.say('proof.checksumDatabase.name')).first().click();
  await taken('04-verify');
  await wizard.toExclusions();
  await taken('06-exclusions');
  await wizard.applyExclusions();
  await wizard.button('ui.action.continue').click();
  await wizard.toDone();
  await taken('08-done');
  await wizard.open('exclusions');
  await taken('10-exclusions');
  await wizard.open('history');
  await taken('11-history');
  await wizard.open('settings');
  await taken('12-settings');
}

async function small(scratch: string, folder: string): Promise<void> {
  const folders = { userData: join(scratch, 's', 'user data'), state: join(scratch, 's', 'state') };
  const { app, page } = await startForPictures(folders, { scenario: 'hiddenLists' });
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600);
  });
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.button('ui.action.continue').waitFor();
  await shoot(page, join(folder, '04-verify-light-en-800x600.png'));
  await wizard.toExclusions();
  await shoot(page, join(folder, '06-exclusions-light-en-800x600.png'));
  await app.close();
}

async function failures(scratch: string, folder: string): Promise<void> {
  const folders = { userData: join(scratch, 'f', 'user data'), state: join(scratch, 'f', 'state') };
  const { app, page } = await startForPictures(folders, { scenario: 'blockOnExtract' });
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.toExclusions();
  await wizard.skipExclusions();
  await page.getByRole('alert').waitFor();
  await shoot(page, join(folder, '13-blocked-light-en.png'));
  await app.close();
}

async function shoot(page: Page, path: string): Promise<void> {
  await page.waitForTimeout(500);
  await page.screenshot({ path });
}
