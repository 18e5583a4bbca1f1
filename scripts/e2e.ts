// Runs the end-to-end tests on the real app: brings a screen where there is none, and the runtime that runs here.
// The tests start a copy of what was built, so that a build meanwhile changes nothing under them. Arguments go on to
// Playwright.
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, missingOutputs, outputs } from './build';
import { resolveRuntime } from './electron';
import { run, tool } from './stages';

const screen = ['-a', '-s', '-screen 0 1280x900x24'];

async function main(args: readonly string[]): Promise<number> {
  if (missingOutputs().length > 0) await build();
  const runtime = await resolveRuntime();
  console.log(runtime.description);
  const app = copyOfTheApp();
  try {
    return await runTests(runtime.executable, app, args);
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

async function runTests(executable: string, app: string, args: readonly string[]): Promise<number> {
  const [node, playwright] = tool('@playwright/test/cli.js', 'test', ...args);
  const command =
    process.platform === 'linux' && !process.env['DISPLAY']
      ? { program: 'xvfb-run', rest: [...screen, 'dbus-run-session', '--', node, ...playwright] }
      : { program: node, rest: playwright };
  const { code } = await run(command.program, command.rest, {
    GANGWAY_ELECTRON_EXECUTABLE: executable,
    GANGWAY_E2E_APP: app,
  });
  return code;
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
