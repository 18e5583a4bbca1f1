// Builds the renderer and takes its pictures in a Chromium, served with the app's own policy and a window.gangway that
// answers the snapshot: for looking, without main. Usage: tsx scripts/pictures.ts [name…] [--out DIR] [--looks light-en,dark-en|all]
// Chromium: GANGWAY_CHROMIUM, else the system's.
import react from '@vitejs/plugin-react';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright';
import { build } from 'vite';
import { now, stateOf, type Picture } from '../test/fixtures/states';
import type { AppState } from '../src/shared/model';
import type { Language } from '../src/shared/text/translate';

interface Look {
  readonly language: Language;
  readonly theme: 'light' | 'dark';
  readonly size: readonly [number, number];
  readonly forcedColors?: boolean;
}

interface Shot extends Look {
  readonly picture: Picture;
  /** Pressed before the picture is taken, by accessible name. */
  readonly press?: readonly string[];
}

const large = [1040, 720] as const;
const small = [800, 600] as const;

const allLooks: Readonly<Record<string, Look>> = {
  'light-en': { language: 'en', theme: 'light', size: large },
  'dark-en': { language: 'en', theme: 'dark', size: large },
  'light-zh': { language: 'zh-CN', theme: 'light', size: large },
  'light-en-800x600': { language: 'en', theme: 'light', size: small },
  'dark-zh-800x600': { language: 'zh-CN', theme: 'dark', size: small },
  'contrast-en': { language: 'en', theme: 'dark', size: large, forcedColors: true },
};

const pictures: readonly (readonly [Picture, (readonly string[])?])[] = [
  ['01-find-go'],
  ['01-find-none'],
  ['02-choose', ['Source and method']],
  ['03-download'],
  ['04-verify', ['Go checksum database']],
  ['05-verify-failed'],
  ['05-verify-incomplete'],
  ['06-exclusions-step'],
  ['06-exclusions-step-none'],
  ['06-exclusions-step-applied'],
  ['07-install'],
  ['08-done'],
  ['08-undone'],
  ['09-blocks'],
  ['09-blocks-reading'],
  ['10-exclusions'],
  ['11-history'],
  ['12-settings'],
  ['13-failure-web-page', ['Details']],
  ['13-failure-file-vanished'],
  ['14-lab-blocks-empty'],
  ['14-lab-exclusions-hidden'],
  ['14-lab-find-go'],
  ['17-interrupted'],
  ['17-journal', ['Details']],
  ['18-lab-dialog', ['What is simulated']],
  ['18-undo-dialog', ['Undo everything…']],
];

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'test-results/pictures' },
    looks: { type: 'string', default: 'light-en' },
  },
});

async function main(): Promise<void> {
  const folder = resolve('node_modules/.cache/gangway/pictures');
  await buildRenderer(folder);
  const server = await serve(folder);
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox'],
    ignoreDefaultArgs: ['--hide-scrollbars'],
  });
  const problems: string[] = [];
  try {
    await mkdir(values.out, { recursive: true });
    for (const shot of shots()) {
      problems.push(...(await take(browser, `http://127.0.0.1:${port}/`, shot)));
    }
  } finally {
    await browser.close();
    server.close();
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

function shots(): Shot[] {
  const wanted = pictures.filter(
    ([name]) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
  );
  const looks =
    values.looks === 'all'
      ? Object.values(allLooks)
      : values.looks.split(',').flatMap((name) => allLooks[name] ?? []);
  if (wanted.length === 0 || looks.length === 0) {
    throw new Error(`No such picture or look. Looks: ${Object.keys(allLooks).join(', ')}, all.`);
  }
  return wanted.flatMap(([picture, press]) =>
    looks.map((look) => ({ ...look, picture, ...(press === undefined ? {} : { press }) })),
  );
}

async function take(browser: Browser, address: string, shot: Shot): Promise<string[]> {
  const [width, height] = shot.size;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: shot.theme,
    forcedColors: shot.forcedColors === true ? 'active' : 'none',
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    locale: shot.language,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  const name = nameOf(shot);
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`));
  await page.clock.setFixedTime(new Date(now));
  await page.addInitScript({ content: bridge(stateOf(shot.picture, shot.language, shot.theme)) });
  await page.goto(address);
  try {
    await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 10_000 });
  } catch (thrown) {
    problems.push(`${name}: no page. ${String(thrown)}`);
  }
  for (const label of shot.press ?? []) {
    const button = page.getByRole('button', { name: label });
    if ((await button.count()) > 0) await button.first().click();
  }
  await page.mouse.move(0, 0);
  problems.push(...(await axeProblems(page)).map((problem) => `${name}: ${problem}`));
  await page.screenshot({ path: join(values.out, `${name}.png`) });
  await context.close();
  return problems;
}

/** Every rule of axe but one: Fluent's focus guards are hidden from screen readers on purpose. */
async function axeProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'] };
  const found: unknown = await page.evaluate(
    `axe.run({ exclude: [['[data-tabster-dummy]']] }, ${JSON.stringify(options)}).then((r) =>
      r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary).join(' | ')))`,
  );
  return Array.isArray(found) ? found.map(String) : [];
}

/** As text: a function would be compiled with helpers that the page does not have. */
function bridge(state: AppState): string {
  return `window.gangway = {
    call: (name) => Promise.resolve({
      kind: 'ok',
      value: name === 'app.snapshot' ? { revision: 1, state: ${JSON.stringify(state)} } : undefined,
    }),
    on: () => () => undefined,
  };`;
}

function nameOf(shot: Shot): string {
  const language = shot.language === 'en' ? 'en' : 'zh';
  const size = shot.size === small ? '-800x600' : '';
  const theme = shot.forcedColors === true ? 'contrast' : shot.theme;
  return `${shot.picture}-${theme}-${language}${size}`;
}

async function buildRenderer(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: 'src/renderer',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      target: 'chrome114',
      outDir,
      emptyOutDir: true,
      modulePreload: false,
      assetsInlineLimit: 0,
    },
  });
}

/** The policy that the app's own protocol sends, with a nonce a response. */
async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '/').then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;

  async function answer(url: string) {
    const path = new URL(url, 'http://127.0.0.1').pathname;
    if (path === '/favicon.ico') return { status: 204, headers: {}, body: '' };
    const file = resolve(folder, `.${path === '/' ? '/index.html' : path}`);
    if (!file.startsWith(folder + sep) || !existsSync(file)) {
      return { status: 404, headers: {}, body: '' };
    }
    const bytes = await readFile(file);
    const nonce = 'cGljdHVyZXM';
    const headers = {
      'Content-Type': contentTypes[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': [
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'self' 'nonce-${nonce}'`,
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'none'",
        "require-trusted-types-for 'script'",
      ].join('; '),
    };
    const body = file.endsWith('.html')
      ? bytes.toString('utf8').replace('content=""', `content="${nonce}"`)
      : bytes;
    return { status: 200, headers, body };
  }
}

function findChromium(): string {
  const named = process.env['GANGWAY_CHROMIUM'];
  const found = [named, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (found === undefined) throw new Error('No Chromium. Install one or set GANGWAY_CHROMIUM.');
  return found;
}

await main();
