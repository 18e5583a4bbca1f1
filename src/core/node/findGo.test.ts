import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { goFinder, versionOf } from './findGo';
import type { Machine } from '../ports';

let folder: string;

beforeEach(async () => {
  folder = realpathSync(await mkdtemp(join(tmpdir(), 'gangway-find-')));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function tree(at: string, version: string | null, program: string | null): Promise<string> {
  const root = join(folder, at);
  await mkdir(join(root, 'bin'), { recursive: true });
  if (version !== null)
    await writeFile(join(root, 'VERSION'), `${version}\ntime 2026-08-11T19:18:20Z\n`);
  if (program !== null) await writeFile(join(root, 'bin', program), 'x');
  return root;
}

function machine(parts: Partial<Machine> = {}): Machine {
  return {
    os: 'windows',
    arch: 'amd64',
    environment: {},
    path: [],
    home: join(folder, 'home'),
    installRoot: join(folder, 'own'),
    buildFolder: join(folder, 'tmp'),
    usualPlaces: [],
    display: (path) => path,
    ...parts,
  };
}

it('finds nothing on a machine without Go, and that is no failure', async () => {
  const search = await goFinder.search(machine({ usualPlaces: [join(folder, 'none')] }), {});
  expect(search.candidates).toEqual([]);
  expect(search.places).toContain('PATH');
});

it('finds every place: PATH, GOROOT, usual, sdk, own, and folders that were asked for', async () => {
  const usual = await tree('Program Files/Go', 'go1.25.1', 'go.exe');
  const sdk = await tree('home/sdk/go1.24.4', 'go1.24.4', 'go.exe');
  const own = await tree('own/1.26.3', 'go1.26.3', 'go.exe');
  const named = await tree('named', 'go1.20', 'go.exe');
  const asked = await tree('asked', 'go1.27rc1', 'go.exe');
  const search = await goFinder.search(
    machine({
      path: [join(own, 'bin'), join(usual, 'bin')],
      environment: { GOROOT: named },
      usualPlaces: [usual],
    }),
    { folders: [asked] },
  );
  const found = new Map(search.candidates.map((candidate) => [candidate.root, candidate]));
  expect(found.get(own)).toMatchObject({
    version: 'go1.26.3',
    origins: ['gangway', 'path'],
    pathRank: 0,
  });
  expect(found.get(usual)).toMatchObject({ origins: ['programFiles', 'path'], pathRank: 1 });
  expect(found.get(sdk)).toMatchObject({ origins: ['sdk'], pathRank: null });
  expect(found.get(named)).toMatchObject({ version: 'go1.20', origins: ['goroot'] });
  expect(found.get(asked)).toMatchObject({ version: 'go1.27rc1', origins: ['folder'] });
});

it('follows the link `current` on the PATH to the version, and counts it once', async () => {
  const own = await tree('own/1.26.3', 'go1.26.3', 'go.exe');
  await symlink('1.26.3', join(folder, 'own', 'current'));
  const search = await goFinder.search(
    machine({ path: [join(folder, 'own', 'current', 'bin')] }),
    {},
  );
  expect(search.candidates).toEqual([
    { root: own, version: 'go1.26.3', program: true, origins: ['gangway', 'path'], pathRank: 0 },
  ]);
});

it('follows a linked program to its tree, as distributions do', async () => {
  const lib = await tree('usr/lib/go-1.19', 'go1.19.8', 'go');
  await mkdir(join(folder, 'usr/bin'), { recursive: true });
  await symlink(join(lib, 'bin', 'go'), join(folder, 'usr/bin/go'));
  const search = await goFinder.search(
    machine({ os: 'linux', path: [join(folder, 'usr/bin')] }),
    {},
  );
  expect(search.candidates.map((candidate) => candidate.root)).toEqual([lib]);
});

it('names a Go that is not whole: no VERSION, or no program', async () => {
  const noVersion = await tree('a', null, 'go.exe');
  const noProgram = await tree('own/1.26.3', 'go1.26.3', null);
  const search = await goFinder.search(machine({ path: [join(noVersion, 'bin')] }), {});
  const found = new Map(search.candidates.map((candidate) => [candidate.root, candidate]));
  expect(found.get(noVersion)).toMatchObject({ version: null, program: true });
  expect(found.get(noProgram)).toMatchObject({ version: 'go1.26.3', program: false });
});

it('passes over an empty folder in a usual place, and an unfinished folder of its own', async () => {
  await mkdir(join(folder, 'own', '1.27.0.partial'), { recursive: true });
  const usual = join(folder, 'Program Files/Go');
  await mkdir(usual, { recursive: true });
  const search = await goFinder.search(machine({ usualPlaces: [usual] }), {});
  expect(search.candidates).toEqual([]);
});

it('takes the tree around a `bin` that was chosen', async () => {
  const root = await tree('x', 'go1.27.0', 'go.exe');
  const search = await goFinder.search(machine(), { folders: [join(root, 'bin')] });
  expect(search.candidates.map((candidate) => candidate.root)).toEqual([root]);
});

it.each([
  ['go1.27.0\ntime 2026-08-11T19:18:20Z\n', 'go1.27.0'],
  ['go1.20', 'go1.20'],
  ['go1.27rc1\r\n', 'go1.27rc1'],
  ['devel go1.28-abcdef Mon\n', 'devel go1.28-abcdef Mon'],
  ['<!DOCTYPE html>', null],
  ['', null],
  [`go1.${'9'.repeat(80)}`, null],
])('reads VERSION %j as %j', async (text, version) => {
  await writeFile(join(folder, 'VERSION'), text);
  expect(await versionOf(folder)).toBe(version);
});
