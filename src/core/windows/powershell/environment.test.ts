import { describe, expect, it } from 'vitest';
import { hostEnvironment, systemPowerShell, systemRoot } from './environment';

const noKernelName = (): string => {
  throw new Error('ENOENT');
};

describe("Windows' folder", () => {
  it.each([
    ['C:\\Windows', 'C:\\Windows'],
    ['\\\\?\\D:\\WINDOWS', 'D:\\WINDOWS'],
    ['C:\\Windows\\', 'C:\\Windows'],
  ])('is what the kernel says, %s, whatever the environment says', (said, root) => {
    const environment = { SystemRoot: 'C:\\evil', windir: 'C:\\evil' };
    expect(systemRoot(environment, () => said)).toBe(root);
  });

  it('is what both names in the environment say, in any case, where the kernel is silent', () => {
    const environment = { SYSTEMROOT: 'C:\\Windows', windir: 'C:\\WINDOWS' };
    expect(systemRoot(environment, noKernelName)).toBe('C:\\Windows');
  });

  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['one name alone', { SystemRoot: 'C:\\Windows' }],
    ['two places', { SystemRoot: 'C:\\Windows', windir: 'D:\\Windows' }],
    ...[
      'Windows',
      'C:',
      'C:\\',
      'C:Windows',
      '\\Windows',
      '\\\\server\\share',
      '\\\\?\\UNC\\server\\share',
      'C:/Windows',
      'C:\\a\\..\\b',
      'C:\\.',
      'C:\\a:b',
      'C:\\a*',
      'C:\\\\a',
      'C:\\a\nb',
      '/usr',
    ].map((path): [string, Record<string, string>] => [path, { SystemRoot: path, windir: path }]),
  ])('is not believed to be %j', (_, environment) => {
    expect(() => systemRoot(environment, noKernelName)).toThrow();
  });

  it('holds PowerShell', () => {
    expect(systemPowerShell('C:\\Windows')).toBe(
      'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    );
  });
});

describe("a host's environment", () => {
  it('has what is listed, under its own names, and nothing else', () => {
    const parent = {
      ...{ temp: 'C:\\T', USERPROFILE: 'C:\\Users\\lin', PROGRAMDATA: 'C:\\ProgramData' },
      ...{ PATH: 'C:\\evil', PATHEXT: '.JS', SystemRoot: 'C:\\evil', windir: 'C:\\evil' },
      ...{ ComSpec: 'C:\\evil\\cmd.exe', PSModulePath: 'C:\\evil', NODE_POWERSHELL: 'C:\\evil' },
      ...{ __PSLockdownPolicy: '0', COR_ENABLE_PROFILING: '1', COR_PROFILER_PATH: 'C:\\evil' },
      ...{ DOTNET_STARTUP_HOOKS: 'C:\\evil', COMPLUS_Version: 'v2', NODE_OPTIONS: '-r x' },
    };
    expect(hostEnvironment('C:\\Windows', parent)).toEqual({
      TEMP: 'C:\\T',
      USERPROFILE: 'C:\\Users\\lin',
      ProgramData: 'C:\\ProgramData',
      SystemRoot: 'C:\\Windows',
      windir: 'C:\\Windows',
      ComSpec: 'C:\\Windows\\System32\\cmd.exe',
      PATH: 'C:\\Windows\\System32;C:\\Windows;C:\\Windows\\System32\\Wbem;C:\\Windows\\System32\\WindowsPowerShell\\v1.0',
      PATHEXT: '.COM;.EXE',
    });
  });

  it('takes what the composition adds', () => {
    const environment = hostEnvironment('C:\\Windows', {}, { GANGWAY_BENCH_LAB: 'x' });
    expect(environment['GANGWAY_BENCH_LAB']).toBe('x');
  });

  it.each(['PSModulePath', 'psmodulepath', 'NODE_POWERSHELL'])('never %s', (name) => {
    expect(() => hostEnvironment('C:\\Windows', {}, { [name]: 'x' })).toThrow(RangeError);
  });
});
