// Where Windows lies and what a PowerShell of ours may know of our environment: a list of names, so that nothing that
// redirects modules, loads a profiler or replaces a program comes through.
import { realpathSync } from 'node:fs';
import { win32 } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** A kernel's name for Windows' own folder: only administrators can make it lead elsewhere. */
const kernelName = '\\\\?\\GLOBALROOT\\SystemRoot';
/** Absolute, on a drive, without `..`, wildcards or streams. */
const drivePath = /^[A-Za-z]:(?:\\(?!\.{1,2}(?:\\|$))[^\\/:*?"<>|\p{Cc}]+)+$/u;

const passed = [
  'ALLUSERSPROFILE',
  'APPDATA',
  'CommonProgramFiles',
  'CommonProgramFiles(x86)',
  'CommonProgramW6432',
  'COMPUTERNAME',
  'HOMEDRIVE',
  'HOMEPATH',
  'LOCALAPPDATA',
  'NUMBER_OF_PROCESSORS',
  'OS',
  'PROCESSOR_ARCHITECTURE',
  'ProgramData',
  'ProgramFiles',
  'ProgramFiles(x86)',
  'ProgramW6432',
  'PUBLIC',
  'SystemDrive',
  'TEMP',
  'TMP',
  'USERDOMAIN',
  'USERNAME',
  'USERPROFILE',
] as const;
/** Never, not even when a composition asks for it. */
const refused = /^(?:PSModulePath|NODE_POWERSHELL)$/i;

/**
 * Windows' folder, such as `C:\Windows`: from the kernel's own name, and where that is not answered from the environment,
 * whose two names for it must agree.
 * @throws Error where neither gives an absolute path on a drive
 */
export function systemRoot(
  environment: Environment = process.env,
  realpath: (path: string) => string = (path) => realpathSync.native(path),
): string {
  const root = ofKernel(realpath) ?? ofEnvironment(environment);
  if (root === null) throw new Error('Windows does not say where its folder is');
  return root;
}

/** Windows PowerShell 5.1, which is part of Windows. */
export function systemPowerShell(root: string): string {
  return win32.join(root, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
}

/**
 * The whole environment of a host. `extra` is the composition's own.
 * @throws RangeError where `extra` names what is never passed on
 */
export function hostEnvironment(
  root: string,
  parent: Environment = process.env,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of passed) {
    const value = valueOf(parent, name);
    if (value !== undefined) environment[name] = value;
  }
  const system32 = win32.join(root, 'System32');
  Object.assign(environment, {
    SystemRoot: root,
    windir: root,
    ComSpec: win32.join(system32, 'cmd.exe'),
    PATH: [
      system32,
      root,
      win32.join(system32, 'Wbem'),
      win32.join(system32, 'WindowsPowerShell', 'v1.0'),
    ].join(';'),
    PATHEXT: '.COM;.EXE',
  });
  for (const [name, value] of Object.entries(extra)) {
    if (refused.test(name)) throw new RangeError(`${name} is never passed on`);
    environment[name] = value;
  }
  return environment;
}

function ofKernel(realpath: (path: string) => string): string | null {
  try {
    return asDrivePath(realpath(kernelName));
  } catch {
    // Not Windows, or one that does not give its name so: the environment is asked.
    return null;
  }
}

function ofEnvironment(environment: Environment): string | null {
  const root = asDrivePath(valueOf(environment, 'SystemRoot'));
  const other = asDrivePath(valueOf(environment, 'windir'));
  return root !== null && root.toLowerCase() === other?.toLowerCase() ? root : null;
}

function asDrivePath(path: string | undefined): string | null {
  const plain = path?.replace(/^\\\\\?\\(?=[A-Za-z]:)/, '').replace(/\\$/, '');
  return plain !== undefined && drivePath.test(plain) ? plain : null;
}

/** Names have no case on Windows, and a copy of `process.env` forgets that. */
function valueOf(environment: Environment, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const found = Object.keys(environment).find((key) => key.toLowerCase() === wanted);
  return found === undefined ? undefined : environment[found];
}
