import { expect, it } from 'vitest';
import type { GoCandidate, GoEnv, Machine } from '../ports';
import type { GoRelease } from '../../shared/model';
import { findGo } from './findGo';

const machine = {
  os: 'windows',
  display: (path: string) => path.replace('/c/', 'C:\\'),
} as Machine;

const candidate = (parts: Partial<GoCandidate> & { root: string }): GoCandidate => ({
  version: 'go1.26.3',
  program: true,
  origins: ['gangway'],
  pathRank: null,
  ...parts,
});

const goEnv = (said: Readonly<Record<string, string>>): GoEnv => ({
  read: () => Promise.reject(new Error('not asked')),
  set: () => Promise.reject(new Error('not asked')),
  version: (root) => Promise.resolve(said[root] ?? null),
});

const releases: readonly GoRelease[] = [
  'go1.28rc1',
  'go1.27.0',
  'go1.26.7',
  'go1.26.6',
  'go1.26.5',
  'go1.26.4',
  'go1.26.3',
  'go1.24.4',
].map((version) => ({ version, stable: !version.includes('rc'), files: [] }));

const find = (
  candidates: readonly GoCandidate[],
  more: { said?: Record<string, string>; releases?: readonly GoRelease[] | null } = {},
) =>
  findGo(
    {
      machine,
      goEnv: goEnv(more.said ?? {}),
      goFinder: { search: () => Promise.resolve({ candidates, places: ['PATH'], tookMs: 3 }) },
    },
    { releases: more.releases === undefined ? releases : more.releases, confirm: true },
  );

it('has no Go to suggest where there is none', async () => {
  expect(await find([])).toMatchObject({ installs: [], suggestedId: null, places: ['PATH'] });
});

it('suggests the one that the PATH takes, and orders by the PATH, then by age', async () => {
  const found = await find([
    candidate({ root: '/c/old', version: 'go1.24.4' }),
    candidate({ root: '/c/newer', version: 'go1.27.0' }),
    candidate({ root: '/c/second', version: 'go1.26.6', pathRank: 1 }),
    candidate({ root: '/c/first', pathRank: 0 }),
  ]);
  expect(found.installs.map(({ root }) => root)).toEqual([
    'C:\\first',
    'C:\\second',
    'C:\\newer',
    'C:\\old',
  ]);
  expect(found.suggestedId).toBe(found.installs[0]?.id);
  expect(found.roots.get(found.suggestedId ?? '')).toBe('/c/first');
  expect(found.installs.map(({ onPath, shadowed }) => [onPath, shadowed])).toEqual([
    [true, false],
    [false, true],
    [false, false],
    [false, false],
  ]);
  expect(found.installs[1]?.note).toEqual({
    key: 'find.note.shadowed',
    params: { other: 'C:\\first' },
  });
});

it('suggests the newest whole one where the PATH has none', async () => {
  const found = await find([
    candidate({ root: '/c/broken', version: 'go1.99.0', program: false }),
    candidate({ root: '/c/old', version: 'go1.24.4' }),
    candidate({ root: '/c/new', version: 'go1.27.0' }),
  ]);
  expect(found.roots.get(found.suggestedId ?? '')).toBe('/c/new');
});

it.each([
  [
    'behind',
    candidate({ root: '/c/a' }),
    { key: 'find.note.behind', params: { count: 4, newest: 'go1.26.7' } },
    true,
  ],
  ['newest', candidate({ root: '/c/a', version: 'go1.26.7' }), { key: 'find.note.newest' }, true],
  [
    'out of support',
    candidate({ root: '/c/a', version: 'go1.24.4' }),
    { key: 'find.note.unsupported' },
    false,
  ],
  [
    'a preview',
    candidate({ root: '/c/a', version: 'go1.28rc1' }),
    { key: 'find.note.preview' },
    false,
  ],
  [
    'without VERSION',
    candidate({ root: '/c/a', version: null }),
    { key: 'find.note.noVersion' },
    null,
  ],
  [
    'without its program',
    candidate({ root: '/c/a', program: false }),
    { key: 'find.note.noProgram', params: { program: 'bin\\go.exe' } },
    true,
  ],
] as const)('says of one that is %s what there is to say', async (_, one, note, supported) => {
  const { installs } = await find([one]);
  expect(installs[0]?.note).toEqual(note);
  expect(installs[0]?.supported).toBe(supported);
  expect(installs[0]?.broken).toBe(one.version === null || !one.program);
});

it('says nothing of support without a list', async () => {
  const { installs } = await find([candidate({ root: '/c/a' })], { releases: null });
  expect(installs[0]).toMatchObject({ supported: null, note: { key: 'find.note.versionOnly' } });
});

it('names two of the same version', async () => {
  const { installs } = await find([
    candidate({ root: '/c/a', version: 'go1.26.7', pathRank: 0 }),
    candidate({ root: '/c/b', version: 'go1.26.7' }),
  ]);
  expect(installs.map(({ doubled }) => doubled)).toEqual([true, true]);
  expect(installs[1]?.note).toEqual({ key: 'find.note.doubled', params: { other: 'C:\\a' } });
});

it('asks the program only to confirm, and names a contradiction', async () => {
  const said = {
    '/c/a': 'go version go1.26.3 windows/amd64',
    '/c/b': 'go version go1.25.0 windows/amd64',
  };
  const { installs } = await find(
    [
      candidate({ root: '/c/a', pathRank: 0 }),
      candidate({ root: '/c/b', version: 'go1.26.7' }),
      candidate({ root: '/c/c', version: 'go1.26.4' }),
    ],
    { said },
  );
  const by = (root: string) => installs.find((install) => install.root === root);
  expect(by('C:\\a')?.confirmed).toBe(true);
  expect(by('C:\\b')).toMatchObject({ confirmed: false, note: { key: 'find.note.disagrees' } });
  expect(by('C:\\c')?.confirmed).toBeNull();
});

it('says what another list says of the same Gos, without looking or asking again', async () => {
  const found = await find([candidate({ root: '/c/first', pathRank: 0 })], { releases: null });
  expect(found.installs[0]).toMatchObject({
    supported: null,
    note: { key: 'find.note.versionOnly' },
  });
  expect(found.installsBy(releases)[0]).toMatchObject({
    id: found.installs[0]?.id,
    supported: true,
    note: { key: 'find.note.behind', params: { count: 4, newest: 'go1.26.7' } },
  });
});
