// Runs the end-to-end tests on the real app: brings a screen where there is none, and the runtime that runs here.
// Arguments go on to Playwright.
import { fileURLToPath } from 'node:url';
import { build, missingOutputs } from './build';
import { resolveRuntime } from './electron';
import { run, tool } from './stages';

const screen = ['-a', '-s', '-screen 0 1280x900x24'];

async function main(args: readonly string[]): Promise<number> {
  if (missingOutputs().length > 0) await build();
  const runtime = await resolveRuntime();
  console.log(runtime.description);
  const [node, playwright] = tool('@playwright/test/cli.js', 'test', ...args);
  const command =
    process.platform === 'linux' && !process.env['DISPLAY']
      ? { program: 'xvfb-run', rest: [...screen, 'dbus-run-session', '--', node, ...playwright] }
      : { program: node, rest: playwright };
  const { code } = await run(command.program, command.rest, {
    GANGWAY_ELECTRON_EXECUTABLE: runtime.executable,
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
