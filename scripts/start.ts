// Starts the app from this checkout, built first if it is older than its sources. Arguments go on to the app.
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, missingOutputs, outputs } from './build';
import { requiredFlags, resolveRuntime, runtimeEnvironment } from './electron';

/** Milliseconds since 1970 of the newest file below these paths. */
export function newest(paths: readonly string[]): number {
  let latest = 0;
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    if (stat.isDirectory())
      latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))));
    else latest = Math.max(latest, stat.mtimeMs);
  }
  return latest;
}

export function isStale(): boolean {
  if (missingOutputs().length > 0) return true;
  const oldest = Math.min(...outputs.map((path) => statSync(path).mtimeMs));
  return newest(['src', 'electron.config.ts', 'vite.cli.config.mts', 'package.json']) > oldest;
}

async function main(args: readonly string[]): Promise<number> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    say(
      'No screen here: DISPLAY is not set. Start it on a desktop, or run "npm run demo", which brings its own.',
    );
    return 4;
  }
  if (isStale()) {
    say('Building …');
    await build();
  }
  const runtime = await resolveRuntime({ say });
  say(runtime.description);
  const child = spawn(runtime.executable, [...requiredFlags(), '.', ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...runtimeEnvironment(runtime) },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
