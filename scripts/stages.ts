// Runs programs one after the other and keeps count, so that a whole run ends with one line.
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

/** A program of node_modules, started by this Node without npx. */
export function tool(path: string, ...args: string[]): [string, string[]] {
  return [process.execPath, [`node_modules/${path}`, ...args]];
}

export function heading(text: string): void {
  console.log(`\n== ${text}`);
}
