// The app's state as the page gets it, for what no pixel shows; and the wizard driven by intents, for tests of what lies
// outside the window.
import { expect, type Page } from '@playwright/test';
import type { CallName } from '../../src/shared/contract/names';
import type { AppState } from '../../src/shared/model';

/** Milliseconds that a step of the lab's small releases may take on a busy machine. */
const stepLimit = 45_000;

export async function stateOf(page: Page): Promise<AppState> {
  const answer = await page.evaluate(() => window.gangway.call('app.snapshot'));
  if (answer.kind !== 'ok') throw new Error(`no snapshot: ${JSON.stringify(answer)}`);
  return answer.value.state;
}

/** Waits until the state is as `described`. */
export async function until(
  page: Page,
  described: string,
  isSo: (state: AppState) => boolean,
): Promise<AppState> {
  let last = await stateOf(page);
  await expect
    .poll(
      async () => {
        last = await stateOf(page);
        return isSo(last);
      },
      { message: `${described}; the wizard: ${last.wizard.step}`, timeout: stepLimit },
    )
    .toBe(true);
  return last;
}

/** Sends an intent; its answer has to be "ok". */
export async function ask(page: Page, name: CallName, argument?: unknown): Promise<void> {
  const answer = await page.evaluate(
    ([call, given]) => {
      const raw = window.gangway.call as unknown as (
        ...message: unknown[]
      ) => Promise<{ kind: string }>;
      return given === undefined ? raw(call) : raw(call, given);
    },
    [name, argument] as const,
  );
  if (answer.kind !== 'ok') throw new Error(`${name}: ${JSON.stringify(answer)}`);
}

/** Waits for the search and the list of releases. */
export async function looked(page: Page): Promise<void> {
  await until(page, 'looked around', ({ wizard }) => {
    return wizard.find.status === 'done' && wizard.choose.status === 'ready';
  });
}

/** Starts the download of the newest stable release; verification follows by itself. */
export async function startDownload(page: Page): Promise<void> {
  await looked(page);
  await ask(page, 'wizard.continue');
  await until(page, 'at the choice', ({ wizard }) => wizard.step === 'choose');
  await ask(page, 'wizard.continue');
}

/** Downloads and verifies the newest stable release and plans its exclusions. */
export async function toPlan(page: Page): Promise<AppState> {
  await startDownload(page);
  await until(page, 'verified', ({ wizard }) => wizard.verify.verdict === 'verified');
  await ask(page, 'wizard.continue');
  return until(page, 'planned', ({ wizard }) => wizard.exclusions.status === 'ready');
}
