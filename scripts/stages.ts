// Runs programs and keeps count, so that a whole run ends with one line.
import { spawn } from 'node:child_process';

export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Ran {
  readonly code: number;
  readonly seconds: number;
}

/** Runs a program with the terminal's own output; never through a shell. */
export function run(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
    });
    const end = (code: number): void => {
      resolve({ code, seconds: (Date.now() - started) / 1000 });
    };
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      end(127);
    });
    child.on('close', (code) => {
      end(code ?? 1);
    });
  });
}

/** Runs a program beside others: what it says is kept, so that it does not mix with what they say. */
export function runAside(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran & { readonly output: string }> {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    const said: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => said.push(piece));
    child.stderr.on('data', (piece: Buffer) => said.push(piece));
    const end = (code: number): void => {
      const seconds = (Date.now() - started) / 1000;
      resolve({ code, seconds, output: Buffer.concat(said).toString() });
    };
    child.on('error', (error) => {
      said.push(Buffer.from(`${command}: ${error.message}\n`));
      end(127);
    });
    child.on('close', (code) => {
      end(code ?? 1);
    });
  });
}

/** A program of node_modules, started by this Node without npx. */
export function tool(path: string, ...args: string[]): [string, string[]] {
  return [process.execPath, [`node_modules/${path}`, ...args]];
}

export function heading(text: string): void {
  console.log(`\n== ${text}`);
}
