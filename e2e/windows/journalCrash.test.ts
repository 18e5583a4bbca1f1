// Killed at every boundary of an exclusion in the journal while it is set through PowerShell, and started again: it goes
// on to the end, and all of it can be taken back. Then the same with PowerShell killed under it: it goes on by itself.
// `test/crash` kills at every boundary on the lab's own adapters, `elevationCrash` kills the elevated helper.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import {
  buildCli,
  holdAt,
  killAt,
  runCli,
  type CliRun,
  type HeldRun,
} from '../../test/support/cli';
import { temporaryFolder } from '../../test/support/temporary';
import { surroundings, untilGone } from './support/session';

const scratch = temporaryFolder();
let cli: string;
let template: string;

const common = (state: string): string[] => ['--lab', 'clean', '--state', state, '--yes', '--json'];
const environment = (): Record<string, string> => ({
  ...surroundings(),
  GANGWAY_LAB_ENGINE: inject('windowsHost'),
});
const run = (state: string, args: readonly string[]): Promise<CliRun> =>
  runCli(cli, [...args, ...common(state)], environment());

beforeAll(async () => {
  cli = await buildCli('engineCrash');
  template = join(scratch, 'template');
  const made = await runCli(cli, ['releases', '--lab', 'clean', '--state', template, '--json']);
  expect(made.exit, made.stderr).toBe(0);
}, 120_000);

interface Held {
  readonly exclusions: readonly { readonly value: string }[];
  readonly tasks: readonly object[];
}

async function heldBy(state: string): Promise<Held> {
  return JSON.parse(await readFile(join(state, 'lab/defender.json'), 'utf8')) as Held;
}

async function fresh(): Promise<string> {
  const state = await mkdtemp(join(scratch, 'state-'));
  await cp(template, state, { recursive: true, verbatimSymlinks: true });
  return state;
}

const steps = ['beforeIntent', 'afterIntent', 'afterEffect', 'afterReadBack', 'afterDone'] as const;

describe('exclusions whose setting through PowerShell is killed', () => {
  it.concurrent.each(steps.map((step) => `${step}:addExclusion`))(
    'at %s are set by the next start, then rolled back',
    { timeout: 120_000 },
    async (at) => {
      const state = await fresh();
      const marker = `${state}.marker`;
      await killAt(cli, ['exclusions', 'apply', ...common(state)], at, marker, environment());
      expect(existsSync(marker)).toBe(true);
      const again = await run(state, ['exclusions', 'apply']);
      expect(again.exit, again.stdout + again.stderr).toBe(0);
      await expectBothThenNone(state);
    },
  );

  it('in the middle of a rollback are rolled back by the next', { timeout: 120_000 }, async () => {
    const state = await fresh();
    expect((await run(state, ['exclusions', 'apply'])).exit).toBe(0);
    const rollback = ['rollback', '--all', ...common(state)];
    await killAt(cli, rollback, 'midRollback', `${state}.marker`, environment());
    const back = await run(state, ['rollback', '--all']);
    expect(back.exit, back.stdout + back.stderr).toBe(0);
    expect(await heldBy(state)).toMatchObject({ exclusions: [], tasks: [] });
  });
});

describe('exclusions under which PowerShell is killed', () => {
  it.concurrent.each(steps.map((step) => `${step}:addExclusion`))(
    'at %s are set all the same, then rolled back',
    { timeout: 120_000 },
    async (at) => {
      const state = await fresh();
      const held = await holdAt(
        cli,
        ['exclusions', 'apply', ...common(state)],
        at,
        `${state}.marker`,
        environment(),
      );
      await killHostsOf(held);
      held.release();
      const { exit, stdout, stderr } = await held.ended;
      expect(exit, stdout + stderr).toBe(0);
      expect(resultsIn(stdout)).toEqual(['applied', 'applied']);
      await expectBothThenNone(state);
    },
  );

  it('in the middle of a rollback are taken back all the same', { timeout: 120_000 }, async () => {
    const state = await fresh();
    expect((await run(state, ['exclusions', 'apply'])).exit).toBe(0);
    const rollback = ['rollback', '--all', ...common(state)];
    const held = await holdAt(cli, rollback, 'midRollback', `${state}.marker`, environment());
    await killHostsOf(held);
    held.release();
    const { exit, stdout, stderr } = await held.ended;
    expect(exit, stdout + stderr).toBe(0);
    expect(await heldBy(state)).toMatchObject({ exclusions: [], tasks: [] });
  });
});

async function expectBothThenNone(state: string): Promise<void> {
  const { exclusions, tasks } = await heldBy(state);
  expect(new Set(exclusions.map(({ value }) => value)).size).toBe(2);
  expect(exclusions).toHaveLength(2);
  expect(tasks).toHaveLength(2);
  const back = await run(state, ['rollback', '--all']);
  expect(back.exit, back.stdout + back.stderr).toBe(0);
  expect(await heldBy(state)).toMatchObject({ exclusions: [], tasks: [] });
}

function resultsIn(stdout: string): string[] {
  const { exclusions } = JSON.parse(stdout) as { exclusions: { result: string }[] };
  return exclusions.map(({ result }) => result);
}

/** @throws where the waiting program has no PowerShell: then this would show nothing */
async function killHostsOf({ child }: HeldRun): Promise<void> {
  const hosts = childrenOf(child.pid ?? 0);
  expect(hosts).not.toEqual([]);
  for (const pid of hosts) process.kill(pid, 'SIGKILL');
  for (const pid of hosts) await untilGone(pid);
}

/** Processes whose parent is `pid`; what has ended and is not waited for counts no more. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return state !== 'Z' && Number(parent) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);
}
