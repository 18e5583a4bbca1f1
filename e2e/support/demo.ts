// One upgrade through the wizard of the real app on the lab, told line by line.
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { readFile, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { translate } from '../../src/shared/text/translate';
import { executable, launchArguments, launchEnvironment, type Folders } from './launch';
import { heldExclusions, installRoot as installRootOf } from './lab';
import { stateOf } from './state';
import { showIn } from './theme';
import { drive } from './wizard';

export interface DemoRequest {
  /** An empty folder for the app's data and the lab. */
  readonly scratch: string;
  readonly pictures: string;
  readonly say: (line: string) => void;
}

export async function playDemo({
  scratch,
  pictures,
  say,
}: DemoRequest): Promise<{ readonly installRoot: string }> {
  const folders: Folders = { userData: join(scratch, 'user data'), state: join(scratch, 'state') };
  const { app, page } = await startForPictures(folders, { scenario: 'hiddenLists' });
  const wizard = drive(page);
  let count = 0;
  const picture = async (name: string): Promise<void> => {
    await page.waitForTimeout(400);
    count += 1;
    await page.screenshot({
      path: join(pictures, `${String(count).padStart(2, '0')}-${name}.png`),
    });
  };

  await wizard.title('ui.find.title').waitFor();
  await wizard.button('ui.action.continue').waitFor();
  await picture('find-go');
  await wizard.toChoose();
  await wizard.button('ui.download.start').waitFor();
  await picture('choose');
  await wizard.toVerify();
  await wizard.button('ui.action.continue').waitFor();
  await picture('verify');
  say('\nProofs');
  for (const proof of (await stateOf(page)).wizard.verify.proofs) {
    say(`  ${proof.state.padEnd(12)}  ${proof.id.padEnd(16)}  ${translate('en', proof.summary)}`);
  }
  await wizard.toExclusions();
  await picture('exclusions');
  await wizard.applyExclusions();
  await wizard.button('ui.action.continue').waitFor();
  await picture('exclusions-applied');
  say('\nExclusions set in the simulated Defender');
  for (const result of (await stateOf(page)).wizard.exclusions.results) {
    say(`  ${result.result.padEnd(8)}  ${result.value}  until ${result.expires ?? 'removed'}`);
  }
  await wizard.button('ui.action.continue').click();
  await wizard.toDone();
  await picture('done');

  const installRoot = installRootOf(folders);
  say('\nInstalled');
  say(`  ${(await stateOf(page)).wizard.done.goVersion ?? 'the new Go does not run here'}`);
  say(`  current → ${await readlink(join(installRoot, 'current'))}`);
  for (const name of (await readdir(join(installRoot, '1.27.0'))).sort()) say(`    ${name}`);
  const version = await readFile(join(installRoot, '1.27.0', 'VERSION'), 'utf8');
  say(`  VERSION says ${version.split('\n')[0] ?? 'nothing'}`);

  await wizard.open('exclusions');
  await picture('exclusions-page');
  await wizard.open('history');
  await picture('history');
  await wizard.open('upgrade');
  await wizard.button('ui.done.undo').click();
  await wizard.title('ui.done.titleUndone').waitFor();
  await picture('undone');
  say('\nRolled back');
  for (const { what, value } of (await stateOf(page)).history.lastRollback?.undone ?? []) {
    say(`  ${translate('en', what)}  ${value}`);
  }
  const left = await heldExclusions(folders);
  say(
    `  exclusions left in the simulated Defender: ${left.length === 0 ? 'none' : left.join(', ')}`,
  );
  await app.close();
  return { installRoot };
}

export async function startForPictures(
  folders: Folders,
  options: {
    readonly scenario: string;
    readonly language?: 'en' | 'zh-CN';
    readonly colorScheme?: 'light' | 'dark';
  },
): Promise<{ readonly app: ElectronApplication; readonly page: Page }> {
  const language = options.language === 'zh-CN' ? 'zh-CN' : 'en-US';
  const launch = { scenario: options.scenario, language };
  const bus = { address: process.env['DBUS_SESSION_BUS_ADDRESS'] ?? '' };
  const app = await _electron.launch({
    executablePath: executable(),
    args: launchArguments(folders, launch),
    env: launchEnvironment(bus, launch),
    colorScheme: options.colorScheme ?? 'light',
  });
  const page = await app.firstWindow();
  await page.emulateMedia({
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
  });
  await showIn(page, options.colorScheme ?? 'light');
  return { app, page };
}
