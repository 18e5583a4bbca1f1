// A disk that is full and a folder that cannot be changed: each has its own message, nothing is left half done, and the
// same button goes on once the cause is gone. Small file systems are real ones, mounted for the test.
import { readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openJournal } from '../src/core/journal/journal';
import { systemClock } from '../src/core/node/systemClock';
import { expect, type Running } from './support/app';
import { test } from './support/disk';
import { installRoot } from './support/lab';
import { stateOf } from './support/state';
import { drive, type WizardDriver } from './support/wizard';

const MB = 1024 * 1024;
/** Milliseconds that the installer waits for whoever holds a folder, and some to spare. */
const heldLimit = 45_000;
const target = 'C:\\Users\\lin\\AppData\\Local\\Gangway\\go\\1.27.0';

test('a disk that is full: the install says what it needs and where, and goes on after', async ({
  launch,
  mountDisk,
}) => {
  const running = await launch();
  const wizard = await toExclusions(running);
  const disk = await mountDisk(installRoot(running.folders), 128 * MB);
  await disk.fill(100 * MB);
  await wizard.skipExclusions();
  const { needed, free } = await expectFull(running, target);
  expect(needed).toBeGreaterThan(64 * MB);
  expect(free).toBeLessThan(28 * MB);
  await expectNothingBegun(running);

  await disk.free();
  await tryAgain(running, wizard);
});

test('a disk that fills up while files are written: all of them are taken away again', async ({
  launch,
  mountDisk,
}) => {
  const running = await launch();
  const wizard = await toExclusions(running);
  const disk = await mountDisk(installRoot(running.folders), 128 * MB);
  await disk.limitFiles(40);
  await wizard.skipExclusions();
  await expectFull(running, target);
  await expectNothingBegun(running);

  await disk.limitFiles(null);
  await tryAgain(running, wizard);
});

test('a disk that is full before the download: not a byte is fetched until there is room', async ({
  launch,
  mountDisk,
}) => {
  const running = await launch();
  const wizard = drive(running.page);
  await wizard.toChoose();
  const downloads = join(running.folders.state, 'downloads');
  const disk = await mountDisk(downloads, 80 * MB);
  await disk.fill(40 * MB);
  await wizard.button('ui.download.start').click();
  await expectFull(running, 'C:\\Users\\lin\\AppData\\Local\\Gangway\\downloads');
  expect((await readdir(downloads)).filter((name) => name !== '.ballast')).toEqual([]);

  await disk.free();
  await wizard.button('ui.next.retry').click();
  await wizard.title('ui.verify.title').waitFor();
  await wizard.toExclusions();
});

test('a folder that may not be written: says so, and goes on once it may', async ({
  launch,
  lock,
}) => {
  const running = await launch();
  const wizard = await toExclusions(running);
  const unlock = await lock(installRoot(running.folders));
  await wizard.skipExclusions();
  await expectMessage(running, wizard, 'failure.disk.denied', target);
  await expectNothingBegun(running);

  await unlock();
  await tryAgain(running, wizard);
});

test('a folder that is held: waited for, then named, and gone on with once it is let go', async ({
  launch,
  mountDisk,
}) => {
  test.setTimeout(120_000);
  const running = await launch();
  const wizard = await toExclusions(running);
  // What an earlier start left, and cannot step aside: the system answers "busy", as Windows does for an open file.
  const folder = join(installRoot(running.folders), '1.27.0');
  const disk = await mountDisk(folder, MB);
  await writeFile(join(folder, '.gangway.partial'), 'unfinished');
  await wizard.skipExclusions();
  await expectMessage(running, wizard, 'failure.disk.locked', target, heldLimit);
  await expect(running.page.getByText(wizard.say('ui.next.closePrograms'))).toBeVisible();
  await expectOldStays(running);

  await disk.unmount();
  await tryAgain(running, wizard);
});

async function toExclusions({ page }: Running): Promise<WizardDriver> {
  const wizard = drive(page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.toExclusions();
  return wizard;
}

async function expectFull(
  { page }: Running,
  path: string,
): Promise<{ readonly needed: number; readonly free: number }> {
  const wizard = drive(page);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(wizard.say('failure.disk.full.what', { path }), {
    timeout: 20_000,
  });
  const { failure } = (await stateOf(page)).wizard;
  const [needed, free] = [failure?.params['needed'], failure?.params['free']];
  if (typeof needed !== 'number' || typeof free !== 'number') throw new Error('no figures');
  await expect(alert).toContainText(wizard.say('failure.disk.full.meaning', { needed, free }));
  await expect(page.getByText(wizard.say('ui.next.freeSpace'))).toBeVisible();
  return { needed, free };
}

async function expectMessage(
  { page }: Running,
  wizard: WizardDriver,
  failure: 'failure.disk.denied' | 'failure.disk.locked',
  path: string,
  timeout = 20_000,
): Promise<void> {
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(wizard.say(`${failure}.what`, { path }), { timeout });
  await expect(alert).toContainText(wizard.say(`${failure}.meaning`));
}

/** Of the new version there is no file, and the journal has nothing open or in effect. */
async function expectNothingBegun(running: Running): Promise<void> {
  await expectOldStays(running);
  const { folders } = running;
  const names = await readdir(installRoot(folders));
  expect(names.filter((name) => name !== '.ballast').sort()).toEqual(['1.26.3', 'current']);
  const journal = await openJournal(join(folders.state, 'journal.jsonl'), systemClock);
  expect(journal.openRuns()).toEqual([]);
  const left = journal.runs().flatMap(({ actions }) => actions);
  expect(left.filter(({ undone }) => undone === null)).toEqual([]);
}

async function expectOldStays({ folders }: Running): Promise<void> {
  expect(await readlink(join(installRoot(folders), 'current'))).toBe('1.26.3');
}

async function tryAgain({ page, folders }: Running, wizard: WizardDriver): Promise<void> {
  await wizard.button('ui.next.retry').click();
  await wizard.toDone();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await readlink(join(installRoot(folders), 'current'))).toBe('1.27.0');
}
