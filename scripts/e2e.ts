// Runs the end-to-end tests on the real app: brings a screen where there is none, and the runtime that runs here.
// The tests start a copy of what was built, so that a build meanwhile changes nothing under them. Arguments go on to
// Playwright; without any, two lanes take one file of tests after the other, each with a screen and a bus of its own.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, missingOutputs, outputs } from './build';
import { resolveRuntime } from './electron';
import { playwrightCount } from './reports';
import { run, runAside, tool, type Count } from './stages';

const folder = 'e2e';
const results = 'test-results';
const screen = ['-a', '-s', '-screen 0 1280x900x24'];

async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0) return (await endToEnd()).failed === 0 ? 0 : 1;
  return withApp(async (app) => {
    const { program, rest } = playwright(args);
    return (await run(program, rest, app)).code;
  });
}

/** All the tests of `e2e`, but for those of `e2e/windows`. */
export function endToEnd(): Promise<Count> {
  return withApp(async (app) => {
    const total: Count = { passed: 0, failed: 0, skipped: 0 };
    const waiting = specsByLength();
    const lane = async (display: number): Promise<void> => {
      for (let spec = waiting.shift(); spec !== undefined; spec = waiting.shift()) {
        const { passed, failed, skipped } = await runSpec(spec, app, display);
        total.passed += passed;
        total.failed += failed;
        total.skipped += skipped;
      }
    };
    // The tests wait for most of their time.
    await Promise.all([lane(100), lane(200)]);
    console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
    return total;
  });
}

/** They take longest, so they go first: what comes last should not be what the other lane waits for. */
const longFirst = ['scenarios.spec.ts', 'looks.spec.ts', 'disk.spec.ts', 'upgrade.spec.ts'];

function specsByLength(): string[] {
  const specs = readdirSync(folder).filter((name) => name.endsWith('.spec.ts'));
  const long = longFirst.filter((name) => specs.includes(name));
  return [...long, ...specs.filter((name) => !long.includes(name))];
}

/** One file. What it says is shown when it ends, so that two lanes do not mix. */
async function runSpec(
  spec: string,
  app: AppUnderTest & Record<string, string>,
  display: number,
): Promise<Count> {
  const name = basename(spec, '.spec.ts');
  const report = join(results, `e2e-${name}.json`);
  const { program, rest } = playwright(
    [`${folder}/${spec}`, '--output', join(results, 'e2e', name)],
    display,
  );
  const { code, output } = await runAside(program, rest, {
    ...app,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  process.stdout.write(output);
  return playwrightCount(report, code);
}

interface AppUnderTest {
  readonly GANGWAY_ELECTRON_EXECUTABLE: string;
  readonly GANGWAY_E2E_APP: string;
}

async function withApp<T>(
  work: (app: AppUnderTest & Record<string, string>) => Promise<T>,
): Promise<T> {
  if (missingOutputs().length > 0) await build();
  const runtime = await resolveRuntime();
  console.log(runtime.description);
  const app = copyOfTheApp();
  try {
    return await work({
      GANGWAY_ELECTRON_EXECUTABLE: runtime.executable,
      GANGWAY_E2E_APP: app,
    });
  } finally {
    rmSync(app, { recursive: true, force: true });
  }
}

/** @throws Error where another process builds at the same moment: half of each would be no app. */
function copyOfTheApp(): string {
  const cache = resolve('node_modules', '.cache', 'gangway-e2e');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'app-'));
  const before = timesOfOutputs();
  for (const part of ['out', 'assets', 'package.json']) {
    cpSync(part, join(folder, part), { recursive: true });
  }
  if (missingOutputs().length === 0 && timesOfOutputs() === before) return folder;
  rmSync(folder, { recursive: true, force: true });
  throw new Error('The app is being built at this moment. Start the tests when that is done.');
}

function timesOfOutputs(): string {
  return outputs.map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0).join(' ');
}

/**
 * Playwright with these arguments, on the desktop's screen or on one of its own.
 * @param display the first number that is tried: two that start at one moment would both find the same one free
 */
function playwright(
  args: readonly string[],
  display = 99,
): {
  readonly program: string;
  readonly rest: readonly string[];
} {
  const [node, rest] = tool('@playwright/test/cli.js', 'test', ...args);
  return process.platform === 'linux' && !process.env['DISPLAY']
    ? {
        program: 'xvfb-run',
        rest: ['-n', String(display), ...screen, 'dbus-run-session', '--', node, ...rest],
      }
    : { program: node, rest };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
}
