// The real command line in a process of its own, in a lab whose Defender is reached through PowerShell: an upgrade with
// exclusions, what it says, and back. Beside it the same on the lab's own adapters: both give the same document.
import { cp, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { buildCli, runCli, type CliRun } from '../../test/support/cli';
import { temporaryFolder } from '../../test/support/temporary';
import { surroundings } from './support/session';

const scratch = temporaryFolder();
let cli: string;
let template: string;

beforeAll(async () => {
  cli = await buildCli('engine');
  template = join(scratch, 'template');
  const made = await runCli(cli, ['releases', '--lab', 'clean', '--state', template, '--json']);
  expect(made.exit, made.stderr).toBe(0);
}, 120_000);

async function state(): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'state-'));
  await cp(template, folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}

type Through = 'engine' | 'lab';

function gangway(
  through: Through,
  folder: string,
  args: readonly string[],
  scenario = 'clean',
): Promise<CliRun> {
  return runCli(cli, [...args, '--lab', scenario, '--state', folder, '--json'], {
    ...surroundings(),
    https_proxy: 'http://127.0.0.1:9',
    http_proxy: 'http://127.0.0.1:9',
    ...(through === 'engine' ? { GANGWAY_LAB_ENGINE: inject('windowsHost') } : {}),
  });
}

function document(run: CliRun, exit: number): Record<string, unknown> {
  expect(run.exit, run.stdout + run.stderr).toBe(exit);
  return JSON.parse(run.stdout) as Record<string, unknown>;
}

async function held(folder: string): Promise<{ exclusions: unknown[]; tasks: object[] }> {
  const text = await readFile(join(folder, 'lab/defender.json'), 'utf8');
  return JSON.parse(text) as { exclusions: unknown[]; tasks: object[] };
}

describe('through PowerShell', () => {
  it('upgrades with exclusions, lists them, and rolls back to what was', async () => {
    const folder = await state();
    const upgrade = ['upgrade', '--exclusions', 'plan', '--yes'];
    const done = document(await gangway('engine', folder, upgrade), 0);
    const own = document(await gangway('lab', await state(), upgrade), 0);
    const bare = (one: Record<string, unknown>): unknown =>
      (one['exclusions'] as { kind: string; value: string; result: string }[]).map(
        ({ kind, value, result }) => ({ kind, value, result }),
      );
    expect(done).toMatchObject({ outcome: 'upgraded', version: own['version'] });
    expect(bare(done)).toEqual(bare(own));
    const { exclusions, tasks } = await held(folder);
    expect(exclusions.length).toBeGreaterThan(0);
    expect(tasks.every((task) => 'program' in task && task.program !== null)).toBe(true);

    const listed = document(await gangway('engine', folder, ['exclusions']), 0);
    expect(listed).toMatchObject({ visibility: 'known' });
    expect(listed['exclusions']).toHaveLength(exclusions.length);

    const back = document(
      await gangway('engine', folder, ['rollback', '--run', String(done['run'])]),
      0,
    );
    expect(back['kept']).toEqual([]);
    expect(await held(folder)).toMatchObject({ exclusions: [], tasks: [] });
    const go = await readdir(join(folder, 'lab/c/Users/lin/AppData/Local/Gangway/go'));
    expect(go.sort()).toEqual(['1.26.3', 'current']);
  });

  it.each([
    ['tamperProtected', 3, 'defender.notApplied'],
    ['managed', 3, 'defender.managed'],
    ['thirdPartyAntivirus', 4, 'defender.otherAntivirus'],
    ['defenderOff', 4, 'defender.off'],
    ['uacDeclined', 5, 'elevation.declined'],
  ])('%s: stops with %i, %s, as the lab does', async (scenario, exit, code) => {
    const folder = await state();
    const args = ['upgrade', '--exclusions', 'plan', '--yes'];
    const stopped = document(await gangway('engine', folder, args, scenario), exit);
    expect(stopped).toMatchObject({ reason: { code } });
    expect(await held(folder)).toMatchObject({ exclusions: [], tasks: [] });
  });

  it('refuses an engine that is named without its place', async () => {
    const run = await runCli(cli, ['releases', '--lab', 'clean', '--state', await state()], {
      GANGWAY_LAB_ENGINE: 'powershell.exe',
    });
    expect(run.exit).toBe(2);
    expect(run.stderr).toContain('GANGWAY_LAB_ENGINE=powershell.exe');
  });

  it('is of the lab alone: elsewhere the variable starts nothing', async () => {
    const run = await runCli(cli, ['history', '--state', await mkdtemp(join(scratch, 'real-'))], {
      GANGWAY_LAB_ENGINE: '/nonexistent/powershell.exe',
    });
    expect(run.exit, run.stderr).toBe(0);
  });
});
