import { expect, it } from 'vitest';
import { readMachine, splitPath } from './machine';

const windows = {
  platform: 'win32' as const,
  arch: 'x64',
  environment: { Path: 'C:\\Windows;"C:\\Program Files\\Go\\bin";%LocalAppData%\\x;;' },
  home: 'C:\\Users\\lin',
};

it('reads a Windows environment whatever the case of its names', () => {
  const machine = readMachine({
    ...windows,
    environment: { ...windows.environment, LocalAppData: 'C:\\Users\\lin\\AppData\\Local' },
  });
  expect(machine.os).toBe('windows');
  expect(machine.environment['PATH']).toContain('C:\\Windows');
  expect(machine.path).toEqual([
    'C:\\Windows',
    'C:\\Program Files\\Go\\bin',
    'C:\\Users\\lin\\AppData\\Local\\x',
  ]);
  expect(machine.usualPlaces).toEqual([
    'C:\\Program Files\\Go',
    'C:\\Program Files (x86)\\Go',
    'C:\\Go',
  ]);
});

it.each([
  ['x64', {}, 'amd64'],
  ['arm64', {}, 'arm64'],
  ['ia32', {}, '386'],
  ['ia32', { PROCESSOR_ARCHITEW6432: 'AMD64' }, 'amd64'],
  ['ia32', { PROCESSOR_ARCHITEW6432: 'ARM64' }, 'arm64'],
  [
    'x64',
    { PROCESSOR_IDENTIFIER: 'ARMv8 (64-bit) Family 8 Model 1 Revision 201, Qualcomm' },
    'arm64',
  ],
  ['x64', { PROCESSOR_IDENTIFIER: 'Intel64 Family 6 Model 140 Stepping 1, GenuineIntel' }, 'amd64'],
] as const)('a %s process on Windows with %j runs on %s', (arch, environment, expected) => {
  expect(readMachine({ ...windows, arch, environment }).arch).toBe(expected);
});

it('keeps to the XDG folders on Linux, and ignores a relative one', () => {
  const linux = { platform: 'linux' as const, arch: 'x64', home: '/home/lin' };
  const at = (environment: Record<string, string>) =>
    readMachine({ ...linux, environment }).installRoot;
  expect(at({})).toBe('/home/lin/.local/share/gangway/go');
  expect(at({ XDG_DATA_HOME: '/data' })).toBe('/data/gangway/go');
  expect(at({ XDG_DATA_HOME: 'data' })).toBe('/home/lin/.local/share/gangway/go');
});

it('splits a PATH by the system, and drops what is empty', () => {
  expect(splitPath('/usr/bin::/usr/local/go/bin', 'linux', {})).toEqual([
    '/usr/bin',
    '/usr/local/go/bin',
  ]);
  expect(splitPath('C:\\a;%NOPE%\\b', 'windows', {})).toEqual(['C:\\a', '%NOPE%\\b']);
});
