// A person whose name is Chinese and has a space, in folders with such names: the whole way there and back, and every path
// on screen as it is on disk.
import type { Page } from '@playwright/test';
import { mkdtemp, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Folders } from './support/app';
import { heldExclusions, installRoot, journalLines } from './support/lab';
import { drive } from './support/wizard';

const user = '李 雷';
const home = `C:\\Users\\${user}`;
const gangway = `${home}\\AppData\\Local\\Gangway`;

const test = base.extend<{ readonly named: Folders }>({
  // eslint-disable-next-line no-empty-pattern -- the fixture needs no other
  named: async ({}, use) => {
    const root = await mkdtemp(join(tmpdir(), '李 雷 的 文件夹-'));
    await use({ userData: join(root, '用户 数据'), state: join(root, '状态 文件夹') });
    await rm(root, { recursive: true, force: true });
  },
});

for (const language of ['zh-CN', 'en'] as const) {
  test(`a user named 李 雷: upgrade, exclusions and rollback, in ${language}`, async ({
    named,
    launch,
  }) => {
    const { page } = await launch({
      folders: named,
      scenario: 'hiddenLists',
      language,
      environment: { GANGWAY_LAB_USER: user },
    });
    const wizard = drive(page, language);
    await expectPath(page, `${gangway}\\go\\1.26.3`);
    await expectPath(page, `${home}\\sdk\\go1.24.4`);
    await wizard.toChoose();
    await wizard.toVerify();
    await wizard.toExclusions();
    await expectPath(page, `${gangway}\\tmp`);
    await expectPath(page, `${home}\\AppData\\Local\\go-build`);
    await wizard.applyExclusions();
    await wizard.button('ui.action.continue').click();
    await wizard.toDone();
    await expectPath(page, `GOTMPDIR = ${gangway}\\tmp`);
    await expect(page.getByTitle(`${gangway}\\go\\1.27.0`)).toBeVisible();
    await wizard.open('exclusions');
    await expectPath(page, `${gangway}\\tmp`);
    await wizard.open('upgrade');

    const root = installRoot(named, user);
    expect(await readlink(join(root, 'current'))).toBe('1.27.0');
    expect((await readFile(join(root, '1.27.0', 'VERSION'), 'utf8')).split('\n')[0]).toBe(
      'go1.27.0',
    );
    const held = await heldExclusions(named);
    expect(held).toHaveLength(2);
    expect(held[0]).toBe(`${gangway}\\tmp`);
    expect(held[1]).toContain(`${home}\\AppData\\Local\\go-build`);

    await wizard.button('ui.done.undo').click();
    await expect(wizard.title('ui.done.titleUndone')).toBeVisible({ timeout: 20_000 });
    expect(await heldExclusions(named)).toEqual([]);
    expect(await readlink(join(root, 'current'))).toBe('1.26.3');
    await expect(stat(join(root, '1.27.0'))).rejects.toThrow('ENOENT');
    await wizard.open('history');
    await expectNoOther(page);
    expect((await journalLines(named)).join('\n')).toContain(JSON.stringify(gangway).slice(1, -1));
  });
}

/** The whole path, letter by letter, on the page. */
async function expectPath(page: Page, path: string): Promise<void> {
  await expect(page.getByText(path).first()).toBeVisible({ timeout: 20_000 });
  await expectNoOther(page);
}

/** Nothing that a wrong encoding leaves, and no other user's folder. */
async function expectNoOther(page: Page): Promise<void> {
  const text = await page.locator('body').innerText();
  expect(text).not.toMatch(/\uFFFD|%E6|\\u67|æ|\\Users\\lin\b/);
}
