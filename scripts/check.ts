// The checks that need no program to run: types, lint, format, the house's import rules, unused code.
// `npm run check` ends with the number of those that failed as exit code.
import { fileURLToPath } from 'node:url';
import { heading, runAside, tool, type Count } from './stages';

interface Check {
  readonly name: string;
  readonly command: [string, string[]];
}

const checks: readonly Check[] = [
  {
    name: 'types: main, core, command line, tests',
    command: tool('typescript/bin/tsc', '-p', 'tsconfig.json'),
  },
  { name: 'types: renderer', command: tool('typescript/bin/tsc', '-p', 'tsconfig.renderer.json') },
  {
    name: 'types: end-to-end tests',
    command: tool('typescript/bin/tsc', '-p', 'e2e/tsconfig.json'),
  },
  { name: 'lint', command: tool('eslint/bin/eslint.js', '--max-warnings', '0', '.') },
  {
    name: 'format',
    command: tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  },
  {
    name: 'import rules',
    command: tool(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'src',
    ),
  },
  { name: 'unused code and packages', command: tool('knip/bin/knip.js') },
];

/**
 * Lint takes as long as all the others, so it runs beside them, and beside `after`, which follows the others. Each is told
 * when it ends.
 */
export async function check(after: () => Promise<void> = () => Promise.resolve()): Promise<Count> {
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  const runAll = async (some: readonly Check[]): Promise<void> => {
    for (const { name, command } of some) {
      const { code, seconds, output } = await runAside(...command);
      heading(name);
      process.stdout.write(output);
      if (code === 0) count.passed += 1;
      else count.failed += 1;
      console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${name} (${seconds.toFixed(1)} s)`);
    }
  };
  const isLint = ({ name }: Check): boolean => name === 'lint';
  await Promise.all([
    runAll(checks.filter(isLint)),
    runAll(checks.filter((one) => !isLint(one))).then(after),
  ]);
  return count;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exit((await check()).failed);
}
