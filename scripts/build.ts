// Builds the app (main, preload, renderer) and the command line, and checks that everything that runs came out.
import { existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { run, tool } from './stages';

/** What must exist after a build, each not empty. */
export const outputs = [
  'out/main/index.js',
  'out/preload/index.js',
  'out/renderer/index.html',
  'out/cli/gangway.cjs',
] as const;

/** Without `-c` electron-vite does not find the configuration and builds its defaults without a word. */
const steps = [
  tool('electron-vite/bin/electron-vite.js', 'build', '-c', 'electron.config.ts'),
  // By Vite's own runner: its other ways warn of each import of ours that names no file ending.
  tool(
    'vite/bin/vite.js',
    'build',
    '-c',
    'vite.cli.config.mts',
    '--configLoader',
    'runner',
    '--logLevel',
    'warn',
  ),
];

/** @throws Error naming the step that failed or the output that is missing. */
export async function build(): Promise<void> {
  await rm('out', { recursive: true, force: true });
  for (const [command, args] of steps) {
    const { code } = await run(command, args);
    if (code !== 0) throw new Error(`build: ${args.join(' ')} ended with ${String(code)}`);
  }
  const missing = missingOutputs();
  if (missing.length > 0) throw new Error(`build: nothing came out at ${missing.join(', ')}`);
}

export function missingOutputs(): readonly string[] {
  return outputs.filter((path) => !existsSync(path) || statSync(path).size === 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
