// The selfcheck over the bench's PowerShell and a lab: as far as that goes, and no further than it may. What it says there
// of Windows proves nothing; that it asks, tells and takes back does.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { items, type ItemId } from '../../scripts/selfcheck/checklist';
import { openMachine, type Machine } from '../../scripts/selfcheck/machine';
import type { Line, Report } from '../../scripts/selfcheck/report';
import { selfcheck } from '../../scripts/selfcheck/selfcheck';
import { writeChecks } from '../../scripts/selfcheck/writeChecks';
import { openLabClock, type LabClock } from '../../src/core/lab/clock';
import { openLabDefender, type LabDefender, type ScenarioName } from '../../src/core/lab/defender';
import { openLabEngine, type LabEngine } from '../../src/core/lab/engine';
import type { StepRecord } from '../../src/core/ports';
import { temporaryFolder } from '../../test/support/temporary';

const host = inject('windowsHost');
const scratch = temporaryFolder();
const run = promisify(execFile);

interface Bench {
  readonly lab: LabDefender;
  readonly clock: LabClock;
  readonly engine: LabEngine;
}

const theirs = { kind: 'path', value: 'C:\\theirs' } as const;
/** Every line of the list, on a machine that has other work. */
const patience = 240_000;

let bench: Bench | null = null;
afterEach(async () => {
  await bench?.engine.close();
  bench?.lab.close();
  bench?.clock.close();
  bench = null;
});

async function open(scenario: ScenarioName): Promise<Bench> {
  const stateFolder = await mkdtemp(join(scratch, 'state-'));
  const clock = await openLabClock(join(stateFolder, 'lab'));
  const lab = await openLabDefender({ stateFolder, scenario, clock });
  bench = { lab, clock, engine: await openLabEngine({ lab, host }) };
  return bench;
}

function optionsFor({ clock, engine, lab }: Bench) {
  return {
    host: engine.powershell,
    environment: engine.environment,
    now: () => clock.now(),
    async wait(ms: number) {
      await clock.advance(ms);
      await lab.store.settled();
    },
  };
}

async function check(
  on: Bench,
  write: boolean,
  only?: readonly ItemId[],
): Promise<Readonly<Record<ItemId, Line>>> {
  const asked = only === undefined ? {} : { only };
  const report = await selfcheck({ ...optionsFor(on), ...asked, write, version: '0', names: {} });
  return Object.fromEntries(report.lines.map((line) => [line.id, line])) as Record<ItemId, Line>;
}

/** The local entries that the lab has. */
async function entries({ lab }: Bench): Promise<readonly string[]> {
  const outcome = await lab.elevation.run({ id: 'look', steps: [{ kind: 'readPreferences' }] });
  const [record] = outcome.kind === 'done' ? outcome.records : [];
  if (record?.kind !== 'preferences') throw new Error(outcome.kind);
  return record.reading.exclusions.map(({ value }) => value);
}

async function leftovers(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('gangway-selfcheck-'));
}

describe('reading', () => {
  it(
    'answers every line that needs no hand, and changes nothing',
    async () => {
      const on = await open('clean');
      await on.lab.elevation.run({ id: 'a', steps: [{ kind: 'addExclusion', exclusion: theirs }] });
      const before = await entries(on);
      const told = await check(on, false);
      expect(Object.keys(told)).toEqual(items.map(({ id }) => id));
      const differing = Object.values(told).filter(({ status }) => status === 'differs');
      // The engine is 7, and says so.
      expect(differing.map(({ id }) => id)).toEqual(['host.version']);
      const untold = items.filter(
        ({ id, how }) => how === 'read' && told[id].status === 'couldNotTell',
      );
      expect(untold.map(({ id }) => id)).toEqual([
        'host.systemRoot',
        'host.modules',
        'events.access',
        'events.1116',
        'events.1121',
        'events.3077',
        'events.5013',
      ]);
      expect(told['clm.events'].seen).toContain('MethodInvocationNotSupported');
      for (const { id, how } of items) {
        if (how === 'write') expect(told[id].seen).toBe('needs --write');
        if (how === 'hand') expect(told[id].seen).toBe('by hand');
      }
      expect(await entries(on)).toEqual(before);
    },
    patience,
  );

  it('says what Defender does not say where it is off', async () => {
    const told = await check(await open('defenderOff'), false, [
      'defender.status',
      'defender.lists',
    ]);
    expect(told['defender.status']).toMatchObject({ status: 'differs' });
    expect(told['defender.status'].seen).toContain('0x800106ba');
    expect(told['defender.lists'].status).toBe('differs');
  });

  it('tells lists that are hidden as hidden', async () => {
    const told = await check(await open('hiddenLists'), false, ['defender.lists']);
    expect(told['defender.lists']).toMatchObject({ status: 'passed' });
    expect(told['defender.lists'].seen).toContain('N/A: Must be an administrator');
  });
});

describe('writing', () => {
  it('adds, gives an end, takes back, and leaves the lists as they were', async () => {
    const on = await open('clean');
    await on.lab.elevation.run({ id: 'a', steps: [{ kind: 'addExclusion', exclusion: theirs }] });
    const told = await check(on, true, []);
    const wrote = items.filter(({ how }) => how === 'write').map(({ id }) => told[id]);
    expect(wrote.filter(({ status }) => status !== 'passed')).toEqual([
      expect.objectContaining({ id: 'files.openFile', seen: 'not Windows' }),
    ]);
    expect(await entries(on)).toEqual([theirs.value]);
    expect(await leftovers()).toEqual([]);
  });

  it('writes nothing where the answer is no', async () => {
    const on = await open('uacDeclined');
    const told = await check(on, true, []);
    expect(told['elevation.prompt']).toMatchObject({ status: 'couldNotTell', seen: 'declined' });
    expect(told['defender.restored'].seen).toBe('nothing was written');
  });

  it('takes back what it wrote where its task does not run', async () => {
    const on = await open('clean');
    on.lab.store.stopPrograms();
    const stop = new AbortController();
    stop.abort();
    const report = await selfcheck({
      ...optionsFor(on),
      write: true,
      only: [],
      version: '0',
      names: {},
      signal: stop.signal,
    });
    const line = (id: ItemId): Line | undefined => report.lines.find((one) => one.id === id);
    expect(line('task.ran')?.status).toBe('differs');
    expect(line('defender.restored')?.status).toBe('passed');
    expect(await entries(on)).toEqual([]);
  });

  it('names the commands where nothing was taken back, after it asked twice', async () => {
    const on = await open('clean');
    const machine = openMachine(optionsFor(on));
    const asked: string[] = [];
    const stubborn: Machine = {
      ...machine,
      stopped: () => true,
      elevation: {
        ...machine.elevation,
        run(batch) {
          asked.push(batch.id);
          return Promise.resolve(
            batch.id === 'selfcheck-do'
              ? { kind: 'done', records: [readNothing, added, added, added, task, task, task] }
              : { kind: 'lost', cause: 'gone' },
          );
        },
      },
    };
    const told = await writeChecks(stubborn);
    await machine.close();
    expect(asked).toEqual(['selfcheck-do', 'selfcheck-undo', 'selfcheck-undo-again']);
    expect(told['defender.restored'].status).toBe('differs');
    expect(told['defender.restored'].seen).toContain(
      `Remove-MpPreference -ExclusionPath '${machine.probe}\\plain'`,
    );
  });

  const readNothing: StepRecord = {
    kind: 'preferences',
    reading: { visibility: 'known', exclusions: [] },
  };
  const added: StepRecord = {
    kind: 'exclusion',
    before: false,
    after: true,
    check: 'excluded',
    error: null,
  };
  const task: StepRecord = { kind: 'task', present: true, error: null };
});

describe('the program', () => {
  const command = ['node_modules/tsx/dist/cli.mjs', 'scripts/selfcheckWindows.ts'];

  it.skipIf(process.platform === 'win32')('says where there is no Windows', async () => {
    await expect(run(process.execPath, command)).rejects.toMatchObject({
      code: 2,
      stderr: 'not Windows\n',
    });
  });

  it(
    'reports as JSON over another host, without names',
    async () => {
      const { engine } = await open('clean');
      const names = { USERNAME: 'Lin Wei', USERPROFILE: userInfo().homedir };
      const ended = await run(
        process.execPath,
        [...command, '--host', engine.powershell, '--json'],
        {
          env: { ...engine.environment, ...names },
        },
      ).catch((error: unknown) => error as { code: number; stdout: string; stderr: string });
      expect(ended).toMatchObject({ code: 1 });
      const report = JSON.parse(ended.stdout) as Report;
      expect(report.lines.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
      expect(report.wrote).toBe(false);
      expect(ended.stdout).not.toContain('Lin Wei');
    },
    patience,
  );

  it('refuses a word that it does not know', async () => {
    const { engine } = await open('clean');
    await expect(
      run(process.execPath, [...command, '--host', engine.powershell, '--wrote'], {
        env: { ...engine.environment },
      }),
    ).rejects.toMatchObject({ code: 2 });
  });
});
