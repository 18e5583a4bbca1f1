// Killed at every boundary of the journal, and started again: it goes on to the end, or takes everything back. Nothing is
// left half done. The lab's computer is real files, so what is looked at afterwards is the disk.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointNames } from '../../src/core/checkpoint';
import { recordSchema, type JournalRecord } from '../../src/core/journal/actions';
import { mayBeInEffect, replay } from '../../src/core/journal/replay';
import { buildCli, killAt, runCli } from '../support/cli';

let cli: string;
let base: string;
let template: string;

beforeAll(async () => {
  cli = await buildCli('crash');
  base = await mkdtemp(join(tmpdir(), 'gangway-crash-'));
  template = join(base, 'template');
  // Makes the lab's computer and its mirror once.
  const made = await run(template, ['releases']);
  expect(made.exit, made.stderr).toBe(0);
}, 120_000);
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
});

const common = (state: string) => ['--lab', 'clean', '--state', state, '--yes', '--json'];
const run = (state: string, args: readonly string[]) => runCli(cli, [...args, ...common(state)]);
const upgrade = ['upgrade', '--exclusions', 'plan'];

/** Journal paths are absolute, so a second copy of a killed state takes the place of the first. */
async function twice(
  state: string,
  first: () => Promise<void>,
  second: () => Promise<void>,
): Promise<void> {
  const kept = `${state}.kept`;
  await copy(state, kept);
  await first();
  await rm(state, { recursive: true, force: true });
  await rename(kept, state);
  await second();
  await rm(state, { recursive: true, force: true });
}

async function fresh(name: string, from = template): Promise<string> {
  const state = join(base, name.replace(/\W+/g, '-'));
  await copy(from, state);
  // The mirror is only read: all share the template's.
  await symlink(join(template, 'lab/mirror'), join(state, 'lab/mirror'));
  return state;
}

async function copy(from: string, to: string): Promise<void> {
  const mirror = join(template, 'lab/mirror');
  await cp(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => path !== mirror,
  });
}

interface Seen {
  readonly link: string;
  readonly versions: readonly string[];
  readonly exclusions: number;
  readonly tasks: number;
  readonly goTmpDir: string;
  readonly buildFolder: boolean;
  readonly openRuns: number;
  readonly inEffect: readonly string[];
}

async function look(state: string): Promise<Seen> {
  const local = join(state, 'lab/c/Users/lin/AppData/Local/Gangway');
  const defender = JSON.parse(await readFile(join(state, 'lab/defender.json'), 'utf8')) as {
    exclusions: unknown[];
    tasks: unknown[];
  };
  const goEnv = existsSync(join(state, 'lab/goenv.json'))
    ? (JSON.parse(await readFile(join(state, 'lab/goenv.json'), 'utf8')) as { GOTMPDIR?: string })
    : {};
  const runs = replay(await recordsOf(state));
  return {
    link: await readlink(join(local, 'go/current')),
    versions: (await readdir(join(local, 'go'))).filter((name) => name !== 'current').sort(),
    exclusions: defender.exclusions.length,
    tasks: defender.tasks.length,
    goTmpDir: goEnv.GOTMPDIR ?? '',
    buildFolder: existsSync(join(local, 'tmp')),
    openRuns: runs.filter(({ closedAt }) => closedAt === null).length,
    inEffect: runs
      .flatMap(({ actions }) => actions)
      .filter(mayBeInEffect)
      .map(({ action }) => action.kind)
      .sort(),
  };
}

async function recordsOf(state: string): Promise<readonly JournalRecord[]> {
  const text = await readFile(join(state, 'journal.jsonl'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => recordSchema.parse(JSON.parse(line)));
}

const untouched: Seen = {
  link: '1.26.3',
  versions: ['1.26.3'],
  exclusions: 0,
  tasks: 0,
  goTmpDir: '',
  buildFolder: false,
  openRuns: 0,
  inEffect: [],
};
const upgraded: Seen = {
  link: '1.27.0',
  versions: ['1.26.3', '1.27.0'],
  exclusions: 2,
  tasks: 2,
  goTmpDir: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp',
  buildFolder: true,
  openRuns: 0,
  inEffect: ['addExclusion', 'addExclusion', 'makeFolder', 'setGoEnv', 'switchCurrent', 'unpack'],
};
const excluded: Seen = {
  ...untouched,
  exclusions: 2,
  tasks: 2,
  goTmpDir: upgraded.goTmpDir,
  buildFolder: true,
  inEffect: ['addExclusion', 'addExclusion', 'makeFolder', 'setGoEnv'],
};

async function takenBack(state: string): Promise<void> {
  const back = await run(state, ['rollback', '--all']);
  expect(back.exit, back.stdout + back.stderr).toBe(0);
  expect(await look(state)).toEqual(untouched);
}

const exclusionKinds = ['makeFolder', 'setGoEnv', 'addExclusion'] as const;
const installKinds = ['unpack', 'switchCurrent'] as const;
const steps = ['beforeIntent', 'afterIntent', 'afterEffect', 'afterReadBack', 'afterDone'] as const;
const boundaries = (kinds: readonly string[]): readonly string[] =>
  kinds.flatMap((kind) => steps.map((step) => `${step}:${kind}`));

const ofUpgrade = [
  'afterDownloadStarted',
  'afterDownload',
  'afterVerify',
  ...boundaries(exclusionKinds),
  ...boundaries(installKinds),
  'midUnpack',
  'beforeSentinel',
  'afterSentinel',
  'beforeSwitch',
  'afterSwitch',
] as const;

it('knows of every checkpoint that there is', () => {
  const tried = new Set([...ofUpgrade, 'midRollback'].map((name) => name.split(':')[0]));
  expect([...tried].sort()).toEqual([...checkpointNames].sort());
});

describe('an upgrade that is killed', () => {
  it.concurrent.each(ofUpgrade)(
    'at %s goes on, or is taken back',
    { timeout: 120_000 },
    async (at) => {
      const state = await fresh(`upgrade ${at}`);
      await killAt(cli, [...upgrade, ...common(state)], at, `${state}.marker`);
      await twice(
        state,
        async () => {
          const again = await run(state, upgrade);
          expect(again.exit, again.stdout + again.stderr).toBe(0);
          expect(await look(state)).toEqual(upgraded);
        },
        () => takenBack(state),
      );
    },
  );
});

describe('exclusions whose setting is killed', () => {
  it.concurrent.each(boundaries(exclusionKinds))(
    'at %s are set, or taken back',
    { timeout: 120_000 },
    async (at) => {
      const state = await fresh(`exclusions ${at}`);
      await killAt(cli, ['exclusions', 'apply', ...common(state)], at, `${state}.marker`);
      await twice(
        state,
        async () => {
          const again = await run(state, ['exclusions', 'apply']);
          expect(again.exit, again.stdout + again.stderr).toBe(0);
          expect(await look(state)).toEqual(excluded);
        },
        () => takenBack(state),
      );
    },
  );
});

describe('after an upgrade', () => {
  let done: string;
  beforeAll(async () => {
    // Absolute paths again: each case stands at the same place, one after the other.
    done = await fresh('done');
    const first = await run(done, upgrade);
    expect(first.exit, first.stderr).toBe(0);
    await copy(done, `${done}.template`);
  }, 120_000);

  async function reset(): Promise<void> {
    await rm(done, { recursive: true, force: true });
    await copy(`${done}.template`, done);
  }

  it.each([...exclusionKinds, ...installKinds])(
    'a rollback that is killed in the middle, at %s, is finished by the next',
    { timeout: 120_000 },
    async (kind) => {
      await reset();
      await killAt(
        cli,
        ['rollback', '--all', ...common(done)],
        `midRollback:${kind}`,
        join(base, `rollback-${kind}`),
      );
      await takenBack(done);
    },
  );

  it.each([...boundaries(['switchCurrent']), 'beforeSwitch', 'afterSwitch'])(
    'a switch that is killed at %s is made by the next, or taken back',
    { timeout: 120_000 },
    async (at) => {
      await reset();
      const back = ['switch', '1.26.3'];
      const marker = join(base, `switch-${at.replace(':', '-')}`);
      await killAt(cli, [...back, ...common(done)], at, marker);
      await twice(
        done,
        async () => {
          const again = await run(done, back);
          expect(again.exit, again.stdout + again.stderr).toBe(0);
          expect(await look(done)).toMatchObject({ link: '1.26.3', openRuns: 0 });
        },
        () => takenBack(done),
      );
    },
  );
});
