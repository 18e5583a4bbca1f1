// Everything that must pass, in order: system libraries and runtime, checks, unit tests, build, the real app under
// Playwright, the PowerShell adapters on a real engine, the packaged app. Ends with one line: `N passed, N failed`.
import { mkdirSync, rmSync } from 'node:fs';
import { check } from './check';
import { endToEnd } from './e2e';
import { vitestCount } from './reports';
import { useFastScratch } from './scratch';
import { heading, run, tool, type Count } from './stages';
import { testWindows } from './testWindows';

const results = 'test-results';
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const started = Date.now();

const removeScratch = useFastScratch();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await stage('prepare this machine', tool('tsx/dist/cli.mjs', 'scripts/setup.ts'));
add(await check(unitTests));
const built = await stage('build', tool('tsx/dist/cli.mjs', 'scripts/build.ts'));
if (built) {
  heading('the real app');
  add(await endToEnd());
  add(await testWindows());
  await stage('packaged, fused build starts', tool('tsx/dist/cli.mjs', 'scripts/dist.ts'));
}
removeScratch();
console.log(`\nTook ${((Date.now() - started) / 60_000).toFixed(1)} min`);
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exit(total.failed === 0 ? 0 : 1);

/** One program that passes or fails as a whole. */
async function stage(name: string, command: [string, string[]]): Promise<boolean> {
  heading(name);
  const { code, seconds } = await run(...command);
  add({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
  console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${name} (${seconds.toFixed(1)} s)`);
  return code === 0;
}

async function unitTests(): Promise<void> {
  heading('unit and contract tests');
  const report = `${results}/unit.json`;
  const { code } = await run(
    ...tool(
      'vitest/vitest.mjs',
      'run',
      '--project=node',
      '--project=renderer',
      // Vitest leaves one processor free, and many tests wait.
      '--maxWorkers=2',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ),
    { NO_COLOR: '1' },
  );
  add(vitestCount(report, code));
}

function add(count: Count): void {
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}
