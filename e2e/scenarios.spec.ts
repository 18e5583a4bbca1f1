// Each scenario of the lab in the real app: what happened, what it means and the way on are on screen, and they are true.
import type { Page } from '@playwright/test';
import { readdir, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/app';
import { heldExclusions, installRoot } from './support/lab';
import { drive } from './support/wizard';

test('clean: none suggested, and the upgrade goes through', async ({ launch }) => {
  const { page, folders } = await launch({ scenario: 'clean' });
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.toExclusions();
  await expect(
    page.getByText('Defender has not blocked Go on this computer').first(),
  ).toBeVisible();
  await wizard.skipExclusions();
  await wizard.toDone();
  expect(await heldExclusions(folders)).toEqual([]);
});

test('blockOnDownload: stops, names the file, and is one row under Blocks', async ({ launch }) => {
  const { page } = await launch({ scenario: 'blockOnDownload' });
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.button('ui.download.start').click();
  await expect(page.getByRole('alert')).toContainText('go1.27.0.windows-amd64.zip', {
    timeout: 30_000,
  });
  await wizard.open('blocks');
  await expect(page.getByText(/go1\.27\.0\.windows-amd64\.zip/).first()).toBeVisible();
});

for (const exclusions of ['applied', 'skipped'] as const) {
  test(`blockOnExtract, exclusions ${exclusions}: says who took compile.exe, and its exclusion leads on`, async ({
    launch,
  }) => {
    const { page, folders } = await launch({ scenario: 'blockOnExtract' });
    const wizard = drive(page);
    const root = installRoot(folders);
    await wizard.toChoose();
    await wizard.toVerify();
    await wizard.toExclusions();
    if (exclusions === 'applied') {
      await wizard.applyExclusions();
      await wizard.button('ui.action.continue').click();
    } else {
      await wizard.skipExclusions();
    }
    await expectTaken(page);
    expect(await readlink(join(root, 'current'))).toBe('1.26.3');
    expect((await readdir(root)).sort()).toEqual(['1.26.3', 'current']);

    // Defender has not changed its mind: the same again.
    await wizard.button('ui.next.retry').click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expectTaken(page);

    await wizard.button('ui.next.seeBlocks').click();
    const block = page.locator('[data-block]').first();
    await block.getByRole('button', { expanded: false }).first().click();
    await expect(block).toContainText(
      wizard.say('blocks.verdict.originalFile', { version: '1.27.0' }),
    );
    await block.getByRole('button', { name: wizard.say('ui.blocks.do.excludeFile') }).click();
    await wizard.title('ui.plan.title').waitFor();
    const tool =
      'C:\\Users\\lin\\AppData\\Local\\Gangway\\go\\1.27.0\\pkg\\tool\\windows_amd64\\compile.exe';
    await expect(page.getByText(tool).first()).toBeVisible({ timeout: 20_000 });
    await page.getByRole('button', { name: /^Apply/ }).click();
    await wizard.button('ui.action.continue').click();
    await wizard.toDone();
    expect(await readlink(join(root, 'current'))).toBe('1.27.0');
    expect(
      (await stat(join(root, '1.27.0', 'pkg', 'tool', 'windows_amd64', 'compile.exe'))).size,
    ).toBeGreaterThan(0);
    expect(await heldExclusions(folders)).toContain(tool);

    // What was set before the block goes as well.
    await wizard.button('ui.done.undo').click();
    await expect(wizard.title('ui.done.titleUndone')).toBeVisible({ timeout: 20_000 });
    expect(await heldExclusions(folders)).toEqual([]);
  });
}

for (const scenario of [
  'managed',
  'thirdPartyAntivirus',
  'defenderOff',
  'smartAppControl',
] as const) {
  test(`${scenario}: says that exclusions cannot help or be set, and goes on without`, async ({
    launch,
  }) => {
    const { page, folders } = await launch({ scenario });
    const wizard = drive(page);
    await wizard.toChoose();
    await wizard.toVerify();
    await wizard.toExclusions();
    await expect(wizard.button('ui.plan.without')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('button', { name: /^Apply/ })).toHaveCount(0);
    await wizard.skipExclusions();
    await wizard.toDone();
    expect(await readlink(join(installRoot(folders), 'current'))).toContain('1.27.0');
  });
}

test('asrBlock: the rule honours path exclusions, so a plan is offered and helps', async ({
  launch,
}) => {
  const { page, folders } = await launch({ scenario: 'asrBlock' });
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.toExclusions();
  await page.getByRole('button', { name: /^Apply/ }).click({ timeout: 20_000 });
  await wizard.button('ui.action.continue').click();
  await wizard.toDone();
  expect((await heldExclusions(folders)).length).toBeGreaterThan(0);
});

test('tamperProtected: Defender accepted and did not apply, and that is what it says', async ({
  launch,
}) => {
  const { page, folders } = await launch({ scenario: 'tamperProtected' });
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.toExclusions();
  await wizard.applyExclusions();
  await expect(
    page.getByText('Defender accepted the change and did not apply it').first(),
  ).toBeVisible({
    timeout: 20_000,
  });
  expect(await heldExclusions(folders)).toEqual([]);
});

test('uacDeclined: nothing was changed, and the upgrade goes on without', async ({ launch }) => {
  const { page, folders } = await launch({ scenario: 'uacDeclined' });
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.toExclusions();
  await wizard.applyExclusions();
  await expect(page.getByText('Windows asked, and the answer was no').first()).toBeVisible({
    timeout: 20_000,
  });
  expect(await heldExclusions(folders)).toEqual([]);
  await page.getByRole('button', { name: 'Continue without exclusions' }).last().click();
  await wizard.toDone();
});

test('hiddenLists: hidden is never shown as none; one prompt shows the list', async ({
  launch,
}) => {
  const { page } = await launch({ scenario: 'hiddenLists' });
  const wizard = drive(page);
  await wizard.open('exclusions');
  await expect(
    page.getByText('Windows hides the exclusion list from non-administrators'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Show it (one prompt)' }).click();
  await expect(
    page.getByText('Windows hides the exclusion list from non-administrators'),
  ).toHaveCount(0);
});

async function expectTaken(page: Page): Promise<void> {
  const wizard = drive(page);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(
    wizard.say('failure.defender.blocked.what', { file: 'compile.exe' }),
    { timeout: 30_000 },
  );
  await expect(alert).toContainText('Trojan:Win32/Wacatac.C!ml');
  await expect(wizard.button('ui.next.retry')).toBeEnabled();
}
