// The lab's scheduler: a due task's stored command line is run as it was registered, with an administrator's rights. It
// starts PowerShell and nothing else, whatever a task names.
import { spawn } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabTask } from '../defender/state';
import type { LabDrive } from '../machineDrive';
import { splitCommandLine } from './commandLine';

/** Milliseconds. The tasks of the lab do little; one that hangs is ended. */
const longestRun = 120_000;
/** ERROR_FILE_NOT_FOUND. */
const noSuchProgram = 0x80070002;
/** SCHED_S_TASK_TERMINATED. */
const terminated = 0x41306;

export interface TaskHost {
  /** The bench's powershell.exe on this computer. */
  readonly host: string;
  readonly drive: LabDrive;
  /** Of an elevated host. */
  readonly environment: Readonly<Record<string, string>>;
}

/** @returns the exit code */
export async function runTask(task: LabTask, on: TaskHost, ended: AbortSignal): Promise<number> {
  const { program } = task;
  if (program === null || !(await isPowerShell(program.execute, on))) return noSuchProgram;
  const child = spawn(on.host, [...splitCommandLine(program.arguments)], {
    cwd: on.drive.root,
    env: { ...on.environment },
    stdio: 'ignore',
    windowsHide: true,
  });
  return new Promise((resolve) => {
    const stop = (): void => {
      child.kill('SIGKILL');
    };
    const timer = setTimeout(stop, longestRun);
    timer.unref();
    ended.addEventListener('abort', stop, { once: true });
    const done = (code: number): void => {
      clearTimeout(timer);
      ended.removeEventListener('abort', stop);
      resolve(code);
    };
    child.once('error', () => {
      done(noSuchProgram);
    });
    child.once('exit', (code) => {
      done(code ?? terminated);
    });
    if (ended.aborted) stop();
  });
}

/** Windows' own, by its place on the lab's drive; or the host itself, which names its folder `$PSHOME`. */
async function isPowerShell(execute: string, { host, drive }: TaskHost): Promise<boolean> {
  const expanded = execute
    .replace(/^"(.*)"$/, '$1')
    .replace(/^%(?:SystemRoot|windir)%/i, 'C:\\Windows');
  // Windows' separators behind a path of this computer, where a script joined them.
  const local = expanded.startsWith('/') ? expanded.replaceAll('\\', '/') : drive.host(expanded);
  const wanted = join(drive.host('C:\\Windows'), 'System32/WindowsPowerShell/v1.0/powershell.exe');
  if (local.toLowerCase() === wanted.toLowerCase()) return true;
  try {
    return (await realpath(local)) === (await realpath(host));
  } catch {
    // Nothing stands there.
    return false;
  }
}
