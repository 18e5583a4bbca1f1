// The built command line as tests run it: one file under plain Node, in a process of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

export interface CliRun {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds the bundle into a folder of its own for the calling test file. @returns the file to run */
export async function buildCli(name: string): Promise<string> {
  const outDir = resolve('node_modules/.cache/gangway-cli', name);
  await build({
    configFile: resolve('vite.cli.config.mts'),
    configLoader: 'runner',
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
  return join(outDir, 'gangway.cjs');
}

export function startCli(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly ended: Promise<CliRun> } {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', LANG: 'C', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({
    exit: code as number | null,
    stdout,
    stderr,
  }));
  return { child, ended };
}

export function runCli(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  return startCli(file, args, environment).ended;
}

/** A run that waits at a checkpoint. */
export interface HeldRun {
  readonly child: ChildProcess;
  readonly ended: Promise<CliRun>;
  /** Lets it go on. */
  readonly release: () => void;
}

/**
 * Runs it up to a named checkpoint.
 * @throws where it ended before it came there
 */
export async function holdAt(
  file: string,
  args: readonly string[],
  checkpoint: string,
  marker: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<HeldRun> {
  const { child, ended } = startCli(file, args, {
    ...environment,
    GANGWAY_CHECKPOINT: checkpoint,
    GANGWAY_CHECKPOINT_FILE: marker,
  });
  const early: CliRun[] = [];
  void ended.then((run) => early.push(run));
  while (!existsSync(marker)) {
    for (const { exit, stdout, stderr } of early) {
      throw new Error(`ended with ${String(exit)} before ${checkpoint}:\n${stdout}\n${stderr}`);
    }
    await new Promise((wait) => setTimeout(wait, 10));
  }
  return {
    child,
    ended,
    release: () => {
      rmSync(marker);
    },
  };
}

/**
 * Runs it up to a named checkpoint and kills it there, as a power cut would.
 * @throws where it ended before it came there
 */
export async function killAt(
  file: string,
  args: readonly string[],
  checkpoint: string,
  marker: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { child, ended } = await holdAt(file, args, checkpoint, marker, environment);
  child.kill('SIGKILL');
  await ended;
}
