// The PowerShell adapters on PowerShell's real engine, with a lab behind the simulated cmdlets: `npm run test:windows`.
// Without .NET it skips and says so; where GANGWAY_REQUIRE_DOTNET is 1 that is a failure.
import { mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { playwrightCount, vitestCount } from './reports';
import { heading, run, tool, type Count } from './stages';
import { windowsHost } from './windowsHost';

const folder = 'e2e/windows';
const results = 'test-results';

export async function testWindows(): Promise<Count> {
  heading('the PowerShell adapters on a real engine');
  const total: Count = { passed: 0, failed: 0, skipped: 0 };
  const host = await windowsHost();
  if (host.kind === 'missing') {
    const isRequired = process.env['GANGWAY_REQUIRE_DOTNET'] === '1';
    console.log(`${isRequired ? 'FAILED' : 'skipped'}: no .NET (${host.reason})`);
    return { ...total, [isRequired ? 'failed' : 'skipped']: 1 };
  }
  await run(host.path, ['--about']);
  mkdirSync(results, { recursive: true });
  for (const count of [await onAdapters(), await onTheApp()]) {
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
  }
  return total;
}

async function onAdapters(): Promise<Count> {
  const report = `${results}/windows.json`;
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run(
    ...tool('vitest/vitest.mjs', 'run', '--project=windows', '--maxWorkers=2', ...reporters),
    {
      NO_COLOR: '1',
    },
  );
  return vitestCount(report, code);
}

/** The real app, through the PowerShell adapters. */
async function onTheApp(): Promise<Count> {
  if (!readdirSync(folder).some((name) => name.endsWith('.spec.ts'))) {
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const report = `${results}/windows-e2e.json`;
  const { code } = await run(...tool('tsx/dist/cli.mjs', 'scripts/e2e.ts', folder), {
    GANGWAY_E2E_WINDOWS: '1',
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  return playwrightCount(report, code);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed, skipped } = await testWindows();
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(failed === 0 ? 0 : 1);
}
