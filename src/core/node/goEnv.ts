// Asks a Go that was found. Runs its program without a shell, with a time limit, never in a folder that others or the
// user may fill, and with the toolchain switch off: the Go asked is the Go that answers.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { FailureError } from '../failureError';
import type { GoEnv, Machine } from '../ports';
import { z } from '../../shared/zod';

const envSchema = z.record(z.string().max(256), z.string().max(32_768));

/** The only settings that Gangway changes. */
const settable: ReadonlySet<string> = new Set(['GOTMPDIR']);

/** Milliseconds: `go env` answers in some 20; a cold disk with a scanner may take seconds. */
const timeLimit = 15_000;

export function nodeGoEnv(machine: Machine, environment: NodeJS.ProcessEnv = process.env): GoEnv {
  const run = (root: string, args: readonly string[], variables: NodeJS.ProcessEnv) =>
    runGo(join(root, 'bin', machine.os === 'windows' ? 'go.exe' : 'go'), args, {
      cwd: quietFolder(machine),
      environment: variables,
    });

  const read: GoEnv['read'] = async (root) => {
    const answer = await run(root, ['env', '-json'], userEnvironment(environment));
    if (answer.kind === 'failed') throw unavailable(machine, root, answer.cause);
    try {
      return envSchema.parse(JSON.parse(answer.text));
    } catch (error) {
      throw unavailable(machine, root, error);
    }
  };

  return {
    read,
    async set(root, name, value) {
      if (!settable.has(name) || /[\r\n\0]/.test(value)) {
        throw new FailureError('internal', {
          cause: new Error(`go env -w ${name} is not allowed`),
        });
      }
      const args = value === '' ? ['env', '-u', name] : ['env', '-w', `${name}=${value}`];
      const answer = await run(root, args, userEnvironment(environment));
      if (answer.kind === 'failed') return false;
      return ((await read(root))[name] ?? '') === value;
    },
    async version(root) {
      const answer = await run(root, ['version'], bareEnvironment(machine));
      if (answer.kind === 'failed') return null;
      const line = answer.text.split(/\r?\n/)[0]?.trim() ?? '';
      return line.startsWith('go version ') ? line.slice(0, 256) : null;
    },
  };
}

type Answer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly cause: unknown };

function runGo(
  program: string,
  args: readonly string[],
  how: { readonly cwd: string; readonly environment: NodeJS.ProcessEnv },
): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(
      program,
      [...args],
      {
        cwd: how.cwd,
        env: how.environment,
        timeout: timeLimit,
        killSignal: 'SIGKILL',
        maxBuffer: 1024 * 1024,
        windowsHide: true,
        shell: false,
      },
      (error, stdout) => {
        resolve(error === null ? { kind: 'text', text: stdout } : { kind: 'failed', cause: error });
      },
    );
  });
}

/** A folder that only the system writes: Windows looks for DLLs in the current folder too. */
function quietFolder(machine: Machine): string {
  if (machine.os !== 'windows') return '/';
  return join(machine.environment['SYSTEMROOT'] ?? 'C:\\Windows', 'System32');
}

/** As the user's own terminal would have it, so that the answer is the one that builds get. */
function userEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...own };
  for (const name of Object.keys(environment)) {
    if (name === 'NODE_OPTIONS' || name === 'PWD' || name.startsWith('ELECTRON_')) {
      // They are this program's, not the terminal's.
      Reflect.deleteProperty(environment, name);
    }
  }
  // A GOROOT from before names another tree than the one that is asked.
  Reflect.deleteProperty(environment, 'GOROOT');
  environment['GOTOOLCHAIN'] = 'local';
  return environment;
}

/** For `go version`: nothing that could change which program answers, or what it runs. */
function bareEnvironment(machine: Machine): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { GOTOOLCHAIN: 'local', GOENV: 'off' };
  for (const name of ['SYSTEMROOT', 'SYSTEMDRIVE', 'TEMP', 'TMP', 'HOME', 'USERPROFILE']) {
    const value = machine.environment[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

function unavailable(machine: Machine, root: string, cause: unknown): FailureError {
  return new FailureError('goEnv.unavailable', {
    params: { root: machine.display(root) },
    next: ['chooseOtherVersion'],
    cause,
  });
}
