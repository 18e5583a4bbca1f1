// Starts the real app with folders and a D-Bus of its own, watches what it complains about, and ends it however the test
// ends.
import {
  _electron,
  test as base,
  expect,
  type ElectronApplication,
  type Page,
} from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startBus, type PrivateBus } from './bus';

export interface LaunchOptions {
  /** The lab's scenario. */
  readonly scenario?: string;
  /** "zh-CN" for a Chinese system. */
  readonly language?: string;
  /** Folders of an earlier launch, to come back to. */
  readonly folders?: Folders;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly colorScheme?: 'light' | 'dark';
}

export interface Folders {
  readonly userData: string;
  readonly state: string;
}

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

export const appFolder = process.env['GANGWAY_APP_FOLDER'] ?? resolve('.');
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
    for (const running of started) await end(running);
    for (const folder of made) await rm(folder, { recursive: true, force: true });
    if (!failed) expect(started.flatMap(({ problems }) => problems)).toEqual([]);
  },
});

export { expect };

export function executable(): string {
  const found = process.env['GANGWAY_ELECTRON_EXECUTABLE'];
  if (found === undefined) throw new Error('start the tests with scripts/e2e.ts');
  return found;
}

export function launchArguments(folders: Folders, options: LaunchOptions = {}): string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    appFolder,
    `--user-data-dir=${folders.userData}`,
    `--state=${folders.state}`,
    `--lab=${options.scenario ?? 'clean'}`,
    `--lang=${options.language ?? 'en-US'}`,
    ...(options.args ?? []),
  ];
}

export function launchEnvironment(
  bus: PrivateBus,
  options: LaunchOptions = {},
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) environment[name] = value;
  }
  return {
    ...environment,
    DBUS_SESSION_BUS_ADDRESS: bus.address,
    LANG: options.language === 'zh-CN' ? 'zh_CN.UTF-8' : 'en_US.UTF-8',
    LANGUAGE: options.language === 'zh-CN' ? 'zh_CN' : 'en_US',
    ...options.environment,
  };
}

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
  app.process().stderr?.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n')) {
      if (line.startsWith('gangway:')) mainLines.push(line);
    }
  });
  const page = await app.firstWindow();
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
