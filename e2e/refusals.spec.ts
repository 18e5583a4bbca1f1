// What must never be installed: each refusal in the real app, with what differs on screen and nothing on disk.
import { readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultRule } from '../src/core/lab/mirror';
import { expect, test, type Running } from './support/app';
import { evilReleaseFolder } from './support/evilRelease';
import { installRoot, setFaults } from './support/lab';
import { ask } from './support/state';
import { drive } from './support/wizard';

const zip = '/dl/go1.27.0.windows-amd64.zip';

const tampered: readonly {
  readonly name: string;
  readonly rules: readonly FaultRule[];
  readonly row: RegExp;
}[] = [
  { name: 'a tampered zip', rules: [{ path: zip, fault: { kind: 'tampered' } }], row: /SHA-256/ },
  {
    name: 'a forged tree head',
    rules: [{ path: '/sumdb/*', fault: { kind: 'forgedHead' } }],
    row: /Go checksum database/,
  },
];

for (const { name, rules, row } of tampered) {
  test(`${name} is refused`, async ({ launch }) => {
    const running = await launch();
    const wizard = drive(running.page);
    await wizard.toChoose();
    await setFaults(running.folders, rules);
    await wizard.toVerify();
    await expect(
      running.page.getByText('Differs').or(running.page.getByText('Failed')).first(),
    ).toBeVisible({
      timeout: 30_000,
    });
    await expect(running.page.getByText(row).first()).toBeVisible();
    await expectNothingInstalled(running);
  });
}

test('a tampered list is refused', async ({ launch }) => {
  const running = await launch();
  const wizard = drive(running.page);
  await wizard.toChoose();
  await expect(wizard.button('ui.download.start')).toBeEnabled();
  await setFaults(running.folders, [{ path: '/dl/', fault: { kind: 'tampered' } }]);
  await ask(running.page, 'choose.refresh');
  await expect(wizard.button('ui.download.start')).toBeEnabled();
  await wizard.button('ui.download.start').click();
  await expect(running.page.getByText('Differs').first()).toBeVisible({ timeout: 30_000 });
  await expectNothingInstalled(running);
});

test('a zip that climbs out of its folder is refused, although its hash is the listed one', async ({
  launch,
}) => {
  const running = await launch();
  const { app, page, folders } = running;
  const wizard = drive(page);
  const folder = await evilReleaseFolder(join(folders.state, '..', 'evil'));
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, folder);
  await wizard.toChoose();
  await ask(page, 'choose.chooseFolder');
  await expect(page.getByText('1.27.9').first()).toBeVisible();
  await wizard.button('ui.download.start').click();
  await expect(page.getByText(/outside|climbs|unsafe|path/i).first()).toBeVisible({
    timeout: 30_000,
  });
  await expectNothingInstalled(running);
  await expect(stat(join(folders.state, '..', 'climbed.txt'))).rejects.toThrow('ENOENT');
});

async function expectNothingInstalled({ page, folders }: Running): Promise<void> {
  const root = installRoot(folders);
  expect(await readlink(join(root, 'current'))).toContain('1.26.3');
  await expect(stat(join(root, '1.27.0'))).rejects.toThrow('ENOENT');
  await expect(page.getByRole('button', { name: 'Continue', exact: true })).toHaveCount(0);
}
