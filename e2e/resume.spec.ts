// Cuts, kills and closed windows: the wizard comes back at the step where it was, and nothing is lost or half done.
import { readFile, readlink, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, freshFolders, test } from './support/app';
import { installRoot, setFaults } from './support/lab';
import { drive } from './support/wizard';

const zip = '/dl/go1.27.0.windows-amd64.zip';

test('a transfer that is cut again and again goes on from where it was', async ({ launch }) => {
  const made: string[] = [];
  const folders = await freshFolders(made);
  const { page } = await launch({ folders });
  const wizard = drive(page);
  await wizard.toChoose();
  // The mirror's folder is made by now; what it does wrong is read with each request.
  await setFaults(folders, [{ path: zip, fault: { kind: 'cut', after: 60_000 }, times: 3 }]);
  await wizard.toVerify();
  await wizard.toExclusions();
});

test('a kill in the middle of a transfer: the next start goes on', async ({ launch }) => {
  const first = await launch();
  const wizard = drive(first.page);
  await wizard.toChoose();
  await setFaults(first.folders, [{ path: zip, fault: { kind: 'slow', bytesPerSecond: 60_000 } }]);
  await wizard.button('ui.download.start').click();
  await expect
    .poll(async () => (await partials(first.folders.state)).length, { timeout: 20_000 })
    .toBeGreaterThan(0);
  await first.page.waitForTimeout(1_000);
  await first.kill();
  await setFaults(first.folders, []);

  const second = await launch({ folders: first.folders });
  const again = drive(second.page);
  await again.title('ui.download.title').or(again.title('ui.verify.title')).waitFor();
  const retry = second.page.getByRole('button', { name: /^(Download|Continue|Resume)/ }).last();
  if (await again.title('ui.download.title').isVisible()) await retry.click();
  await again.title('ui.verify.title').waitFor({ timeout: 30_000 });
  await again.toExclusions();
  await again.skipExclusions();
  await again.toDone();
});

for (const step of ['choose', 'verify', 'exclusions', 'done'] as const) {
  test(`a kill at "${step}" comes back there`, async ({ launch }) => {
    const first = await launch();
    const wizard = drive(first.page);
    await wizard.toChoose();
    if (step !== 'choose') await wizard.toVerify();
    if (step === 'exclusions' || step === 'done') await wizard.toExclusions();
    if (step === 'done') {
      await wizard.skipExclusions();
      await wizard.toDone();
    }
    await first.page.waitForTimeout(300);
    await first.kill();
    const second = await launch({ folders: first.folders });
    const again = drive(second.page);
    const titles = {
      choose: 'ui.choose.title',
      verify: 'ui.verify.title',
      exclusions: 'ui.plan.title',
      done: 'ui.done.title',
    } as const;
    await expect(again.title(titles[step])).toBeVisible({ timeout: 20_000 });
    if (step === 'done') {
      expect(await readlink(join(installRoot(first.folders), 'current'))).toContain('1.27.0');
    }
  });
}

test('a damaged journal waits for the person, is kept aside, and the wizard goes on', async ({
  launch,
}) => {
  const first = await launch();
  const wizard = drive(first.page);
  await wizard.toChoose();
  await wizard.toVerify();
  await wizard.open('history');
  await expect(first.page.getByText(/^Downloaded go1\.27\.0/)).toBeVisible({ timeout: 20_000 });
  await first.kill();
  const file = join(first.folders.state, 'journal.jsonl');
  const damaged = `damaged\n${await readFile(file, 'utf8')}`;
  await writeFile(file, damaged);

  const second = await launch({ folders: first.folders });
  const again = drive(second.page);
  await again.title('ui.history.title').or(again.title('ui.journal.title')).waitFor();
  await expect(
    second.page.getByText('The journal is damaged: one line cannot be read.'),
  ).toBeVisible();
  await again.open('upgrade');
  await again.title('ui.journal.title').waitFor();
  expect(await readFile(file, 'utf8')).toBe(damaged);
  await again.button('ui.next.setJournalAside').click();
  await again.title('ui.verify.title').waitFor({ timeout: 20_000 });
  const [aside] = (await readdir(first.folders.state)).filter((name) => name.includes('.broken-'));
  expect(await readFile(join(first.folders.state, aside ?? ''), 'utf8')).toBe(damaged);
  await again.open('history');
  await expect(second.page.getByText(/^Set a damaged journal aside/)).toBeVisible();
});

async function partials(state: string): Promise<readonly string[]> {
  const names = await readdir(join(state, 'downloads')).catch(() => []);
  return names.filter((name) => name.endsWith('.partial'));
}
