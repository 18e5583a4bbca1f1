// Killed at every boundary of an exclusion in the journal while it is set through PowerShell, and started again: it goes
// on to the end, and all of it can be taken back. `test/crash` does the same for every boundary on the lab's own adapters.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { buildCli, killAt, runCli, type CliRun } from '../../test/support/cli';
import { temporaryFolder } from '../../test/support/temporary';
import { surroundings } from './support/session';

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

async function held(state: string): Promise<Held> {
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
      const { exclusions, tasks } = await held(state);
      expect(new Set(exclusions.map(({ value }) => value)).size).toBe(2);
      expect(exclusions).toHaveLength(2);
      expect(tasks).toHaveLength(2);
      const back = await run(state, ['rollback', '--all']);
      expect(back.exit, back.stdout + back.stderr).toBe(0);
      expect(await held(state)).toMatchObject({ exclusions: [], tasks: [] });
    },
  );

  it('in the middle of a rollback are rolled back by the next', { timeout: 120_000 }, async () => {
    const state = await fresh();
    expect((await run(state, ['exclusions', 'apply'])).exit).toBe(0);
    const rollback = ['rollback', '--all', ...common(state)];
    await killAt(cli, rollback, 'midRollback', `${state}.marker`, environment());
    const back = await run(state, ['rollback', '--all']);
    expect(back.exit, back.stdout + back.stderr).toBe(0);
    expect(await held(state)).toMatchObject({ exclusions: [], tasks: [] });
  });
});
