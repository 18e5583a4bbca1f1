import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultSettings } from '../../shared/model';
import { openSettings } from './settings';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gangway-settings-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('has defaults where there is no file, and writes none by reading', async () => {
  expect(await openSettings(folder).read()).toEqual(defaultSettings);
  expect(await readdir(folder)).toEqual([]);
});

it('keeps what was changed, one change at a time', async () => {
  const settings = openSettings(folder);
  await Promise.all([settings.change({ theme: 'dark' }), settings.change({ keepOldDays: 30 })]);
  expect(await openSettings(folder).read()).toMatchObject({ theme: 'dark', keepOldDays: 30 });
  expect(await readdir(folder)).toEqual(['settings.json']);
});

it.each(['{', '{"theme":"pink"}', '[]'])(
  'puts %j aside and goes on with the defaults',
  async (text) => {
    await writeFile(join(folder, 'settings.json'), text);
    expect(await openSettings(folder).read()).toEqual(defaultSettings);
    const [aside = ''] = await readdir(folder);
    expect(aside).toMatch(/^settings\.json\.unreadable-\d+$/);
    expect(await readFile(join(folder, aside), 'utf8')).toBe(text);
  },
);

it('refuses a value that the schema does not know', async () => {
  const settings = openSettings(folder);
  await expect(settings.change({ keepOldDays: 3 as never })).rejects.toThrow();
  expect(await settings.read()).toEqual(defaultSettings);
});
