// Starts the real app with folders and a D-Bus of its own, watches what it complains about, and ends it however the test
// ends.
import {
  _electron,
  test as base,
  expect,
  type ElectronApplication,
  type Page,
  type TestInfo,
} from '@playwright/test';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBus, type PrivateBus } from './bus';
import {
  appFolder,
  executable,
  launchArguments,
  launchEnvironment,
  type Folders,
  type LaunchOptions,
} from './launch';

export interface Running {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly folders: Folders;
  readonly pid: number;
  /** What the page threw or logged as an error, and what main wrote about itself. Empty at the end, or the test fails. */
  readonly problems: string[];
  /** Lines of main's own on stderr. */
  readonly mainLines: string[];
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

interface Fixtures {
  readonly bus: PrivateBus;
  readonly launch: (options?: LaunchOptions) => Promise<Running>;
}

/** Of stderr, for the case that no window comes. */
const keptLines = 40;

/** Milliseconds that a closing app gets before it is killed. */
const closeLimitMs = 10_000;

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- the fixture needs no other
  bus: async ({}, use) => {
    const bus = await startBus();
    await use(bus);
    await bus.stop();
  },
  launch: async ({ bus }, use, testInfo) => {
    const started: Running[] = [];
    const made: string[] = [];
    await use(async (options = {}) => {
      const folders = options.folders ?? (await freshFolders(made));
      const running = await start(bus, folders, options);
      started.push(running);
      return running;
    });
    const failed = testInfo.status !== testInfo.expectedStatus;
    if (failed) await attachReasons(started, testInfo);
    for (const running of started) await end(running);
    for (const folder of made) await rm(folder, { recursive: true, force: true });
    if (!failed) expect(started.flatMap(({ problems }) => problems)).toEqual([]);
  },
});

export { appFolder, executable, expect, launchArguments, launchEnvironment };
export type { Folders };

export async function freshFolders(made: string[] = []): Promise<Folders> {
  const root = await mkdtemp(join(tmpdir(), 'gangway-e2e-'));
  made.push(root);
  return { userData: join(root, 'user data'), state: join(root, 'state') };
}

async function start(bus: PrivateBus, folders: Folders, options: LaunchOptions): Promise<Running> {
  const app = await _electron.launch({
    executablePath: executable(),
    args: launchArguments(folders, options),
    env: launchEnvironment(bus, options),
    cwd: appFolder,
    ...(options.colorScheme === undefined ? {} : { colorScheme: options.colorScheme }),
  });
  const problems: string[] = [];
  const mainLines: string[] = [];
  const lastLines: string[] = [];
  app.process().stderr?.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n')) {
      if (line.startsWith('gangway:')) mainLines.push(line);
      if (line !== '') lastLines.push(line);
    }
    lastLines.splice(0, lastLines.length - keptLines);
  });
  const page = await firstWindow(app, lastLines);
  watch(page, problems);
  await page.waitForLoadState('domcontentloaded');
  const pid = app.process().pid ?? 0;
  return {
    app,
    page,
    folders,
    pid,
    problems,
    mainLines,
    async kill() {
      const closed = app.waitForEvent('close');
      process.kill(pid, 'SIGKILL');
      await closed;
    },
  };
}

/** @throws Error with what the process said, where no window comes. */
async function firstWindow(app: ElectronApplication, said: readonly string[]): Promise<Page> {
  try {
    return await app.firstWindow();
  } catch (error) {
    const files = existsSync(join(appFolder, 'out', 'main', 'index.js')) ? '' : '; no out/main';
    throw new Error(`no window${files}. It said:\n${said.join('\n')}`, { cause: error });
  }
}

/** What the screen shows of a failure in a word, main knows with its cause. */
async function attachReasons(started: readonly Running[], testInfo: TestInfo): Promise<void> {
  const reasons: unknown[] = [];
  for (const { page, mainLines } of started) {
    const answer = await page
      .evaluate(() => window.gangway.call('app.snapshot'))
      .catch((error: unknown) => String(error));
    const failure =
      typeof answer === 'object' && answer.kind === 'ok'
        ? answer.value.state.wizard.failure
        : answer;
    reasons.push({ failure, mainLines });
  }
  await testInfo.attach('reasons', { body: JSON.stringify(reasons, null, 2) });
}

function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`page threw: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`page logged: ${message.text()}`);
  });
}

async function end({ app, pid }: Running): Promise<void> {
  if (!isAlive(pid)) return;
  const limit = new Promise<'late'>((resolveLate) =>
    setTimeout(() => {
      resolveLate('late');
    }, closeLimitMs),
  );
  const result = await Promise.race([app.close().then(() => 'closed' as const), limit]);
  if (result === 'late' && isAlive(pid)) process.kill(pid, 'SIGKILL');
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
