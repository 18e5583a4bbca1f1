import { expect, it } from 'vitest';
import type { Machine } from '../ports';
import { pathGuidance } from './pathGuidance';

const machine = (os: Machine['os'], path: readonly string[]): Machine => ({
  os,
  arch: 'amd64',
  environment: {},
  path,
  home: '/h',
  installRoot: '/g',
  buildFolder: '/t',
  usualPlaces: [],
  display: (shown) => shown.replace('/g/', 'C:\\g\\').replaceAll('/', '\\'),
});
const only = (...there: string[]) => ({
  exists: (path: string) => Promise.resolve(there.includes(path)),
});

it('has nothing to say where terminals find it', async () => {
  const on = machine('windows', ['/win', '/G/current/BIN/']);
  expect(await pathGuidance(on, only(), '/g')).toBeNull();
});

it('says what to add where the PATH does not have it', async () => {
  expect(await pathGuidance(machine('windows', ['/win']), only(), '/g')).toMatchObject({
    text: { key: 'upgrade.path.absent' },
    folder: 'C:\\g\\current\\bin',
    command:
      "[Environment]::SetEnvironmentVariable('Path', 'C:\\g\\current\\bin' + ';' + [Environment]::GetEnvironmentVariable('Path', 'User'), 'User')",
  });
});

it('names another Go that comes first', async () => {
  const shadowed = machine('windows', ['/other', '/g/current/bin']);
  expect(await pathGuidance(shadowed, only('/other/go.exe'), '/g')).toMatchObject({
    text: { key: 'upgrade.path.shadowed', params: { other: '\\other' } },
  });
});

it('quotes a folder for the shell that reads it', async () => {
  const plain = { ...machine('linux', []), display: (path: string) => path };
  expect((await pathGuidance(plain, only(), "/o'x"))?.command).toBe(
    `export PATH='/o'\\''x/current/bin':"$PATH"`,
  );
  const windows = { ...machine('windows', []), display: (path: string) => path };
  expect((await pathGuidance(windows, only(), "/o'x"))?.command).toContain("'/o''x/current/bin'");
});
