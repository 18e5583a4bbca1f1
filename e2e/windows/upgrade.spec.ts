// The main job in the real app through the PowerShell adapters: the engine and the production scripts are real, Windows'
// cmdlets are simulated by the lab.
import { readdirSync, readFileSync } from 'node:fs';
import { readlink, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from '../support/app';
import { heldExclusions, installRoot, journalLines } from '../support/lab';
import { drive } from '../support/wizard';

const host = resolve('node_modules/.cache/gangway/windows-host/powershell.exe');

/** Processes of the bench's PowerShell that this app has started. */
function hostsOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return Number(parent) === pid && command.includes('powershell.exe');
      } catch {
        // Ended meanwhile.
        return false;
      }
    })
    .map(Number);
}

for (const language of ['en', 'zh-CN'] as const) {
  test(`upgrades with exclusions and undoes everything through PowerShell, in ${language}`, async ({
    launch,
  }) => {
    test.setTimeout(180_000);
    const { page, folders, pid } = await launch({
      scenario: 'hiddenLists',
      language,
      environment: { GANGWAY_LAB_ENGINE: host },
    });
    const wizard = drive(page, language);
    await wizard.button('ui.lab.what').click();
    await expect(page.getByText(wizard.say('ui.labDialog.engine'))).toBeVisible();
    await page.keyboard.press('Escape');
    await wizard.toChoose();
    await wizard.toVerify();
    await wizard.toExclusions();
    await wizard.applyExclusions();
    const details = page.getByRole('button', {
      name: wizard.say('ui.context.details', {
        what: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp',
      }),
    });
    await details.click({ timeout: 60_000 });
    await expect(page.getByText(wizard.say('ui.plan.log.seen'))).toBeVisible();
    await wizard.button('ui.action.continue').click({ timeout: 60_000 });
    await wizard.toDone();
    expect(hostsOf(pid).length).toBeGreaterThan(0);
    const held = await heldExclusions(folders);
    expect(held).toHaveLength(2);
    expect(held[0]).toBe('C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp');
    const root = installRoot(folders);
    expect(await readlink(join(root, 'current'))).toContain('1.27.0');

    await wizard.button('ui.done.undo').click();
    await expect(wizard.title('ui.done.titleUndone')).toBeVisible({ timeout: 60_000 });
    expect(await heldExclusions(folders)).toEqual([]);
    await expect(stat(join(root, '1.27.0'))).rejects.toThrow('ENOENT');
    const journal = await journalLines(folders);
    expect(
      journal.filter((line) => line.includes('"kind":"undone"')).length,
    ).toBeGreaterThanOrEqual(4);
  });
}

test('a no at the prompt changes nothing, through PowerShell', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page, folders } = await launch({
    scenario: 'uacDeclined',
    environment: { GANGWAY_LAB_ENGINE: host },
  });
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.toExclusions();
  await wizard.applyExclusions();
  await expect(page.getByText(wizard.say('failure.elevation.declined.what'))).toBeVisible({
    timeout: 60_000,
  });
  expect(await heldExclusions(folders)).toEqual([]);
});
