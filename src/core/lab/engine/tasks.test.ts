import { afterEach, describe, expect, it, vi } from 'vitest';
import { labEngine, type LabEngineForTest } from '../../../../test/support/labEngine';
import { temporaryFolder } from '../../../../test/support/temporary';
import type { LabSettings, ScenarioName } from '../defender';
import { splitCommandLine } from './commandLine';

const scratch = temporaryFolder();
const opened: LabEngineForTest[] = [];
const start = async (
  options: {
    readonly scenario?: ScenarioName;
    readonly settings?: Partial<LabSettings>;
    readonly stateFolder?: string;
    readonly hostDoes?: string;
  } = {},
): Promise<LabEngineForTest> => {
  const under = await labEngine(scratch, options.scenario ?? 'clean', options);
  opened.push(under);
  return under;
};
afterEach(async () => {
  for (const under of opened.splice(0)) await under.close();
});

const name = { TaskName: 'Gangway-Expiry-1', TaskPath: '\\Gangway\\' };
const powershell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
const minute = 60_000;

interface Wanted {
  readonly execute?: string;
  readonly inMs?: number;
  readonly startWhenAvailable?: boolean;
  readonly interval?: string;
  readonly force?: boolean;
}

/** As the New-… cmdlets make the parts. */
function task(under: LabEngineForTest, wanted: Wanted = {}): object {
  const at = under.clock.now().getTime() + (wanted.inMs ?? minute);
  return {
    ...name,
    Action: [
      {
        $type: 'MSFT_TaskExecAction',
        Execute: wanted.execute ?? powershell,
        Arguments: '-NoProfile -EncodedCommand "QQ= ="',
      },
    ],
    Trigger: [
      {
        $type: 'MSFT_TaskTimeTrigger',
        StartBoundary: new Date(at).toISOString(),
        Repetition: { Interval: wanted.interval ?? '' },
      },
    ],
    Principal: { $type: 'MSFT_TaskPrincipal2', UserId: 'S-1-5-18', RunLevel: 'Highest' },
    Settings: {
      $type: 'MSFT_TaskSettings3',
      StartWhenAvailable: wanted.startWhenAvailable ?? true,
    },
    ...(wanted.force === true ? { Force: true } : {}),
  };
}

async function ran(under: LabEngineForTest, times: number): Promise<void> {
  await vi.waitFor(() => {
    expect(under.started()).toHaveLength(times);
  }, 10_000);
  await under.engine.settled();
}

async function stored(under: LabEngineForTest): Promise<readonly unknown[]> {
  return (await under.lab.store.view()).state.tasks;
}

describe('Register-, Get- and Unregister-ScheduledTask', () => {
  it('registers, reads back what was given, and takes away', async () => {
    const under = await start();
    const [made] = await under.objects('Register-ScheduledTask', task(under), true);
    expect(made).toMatchObject({ ...name, State: 'Ready' });
    const [read] = await under.objects('Get-ScheduledTask', name);
    expect(read).toMatchObject({
      ...name,
      Actions: [
        { props: { Execute: powershell, Arguments: '-NoProfile -EncodedCommand "QQ= ="' } },
      ],
      Triggers: [{ $type: 'MSFT_TaskTimeTrigger' }],
      Principal: { props: { UserId: 'S-1-5-18' } },
      Settings: { props: { StartWhenAvailable: true } },
    });
    expect(await under.objects('Unregister-ScheduledTask', name, true)).toEqual([]);
    expect(await stored(under)).toEqual([]);
  });

  it.each(['Get-ScheduledTask', 'Unregister-ScheduledTask'])(
    '%s finds no other',
    async (cmdlet) => {
      const under = await start();
      await under.objects('Register-ScheduledTask', task(under), true);
      for (const other of [
        { ...name, TaskName: 'Gangway-Expiry-2' },
        { ...name, TaskPath: '\\' },
      ]) {
        expect(await under.error(cmdlet, other, true)).toMatchObject({
          category: 'ObjectNotFound',
          id: `CmdletizationQuery_NotFound_TaskName,${cmdlet}`,
        });
      }
      expect(await stored(under)).toHaveLength(1);
    },
  );

  it('is an administrator’s: un-elevated nothing is made and nothing taken away', async () => {
    const under = await start();
    expect(await under.error('Register-ScheduledTask', task(under))).toMatchObject({
      hresult: '0x80070005',
      category: 'PermissionDenied',
    });
    await under.objects('Register-ScheduledTask', task(under), true);
    expect((await under.error('Unregister-ScheduledTask', name)).hresult).toBe('0x80070005');
    expect(await stored(under)).toHaveLength(1);
  });

  it('keeps the one that is there, unless it is forced', async () => {
    const under = await start();
    await under.objects('Register-ScheduledTask', task(under), true);
    expect((await under.error('Register-ScheduledTask', task(under), true)).hresult).toBe(
      '0x800700b7',
    );
    await under.objects('Register-ScheduledTask', task(under, { force: true }), true);
    expect(await stored(under)).toHaveLength(1);
  });

  it('denied: says so. forgets: says nothing, and the task is not there', async () => {
    const denied = await start({ settings: { scheduler: 'denied' } });
    expect((await denied.error('Register-ScheduledTask', task(denied), true)).hresult).toBe(
      '0x80070005',
    );
    const forgets = await start({ settings: { scheduler: 'forgets' } });
    await forgets.objects('Register-ScheduledTask', task(forgets), true);
    expect((await forgets.error('Get-ScheduledTask', name)).category).toBe('ObjectNotFound');
  });

  it.each([
    ['no name', { TaskName: '' }],
    ['a path for a name', { TaskName: '..\\x' }],
    ['no action', { Action: [] }],
    ['two actions', { Action: [{ Execute: 'a' }, { Execute: 'b' }] }],
    ['an action without a program', { Action: [{ Execute: '' }] }],
  ])('refuses %s', async (_, parts) => {
    const under = await start();
    const error = await under.error('Register-ScheduledTask', { ...task(under), ...parts }, true);
    expect(error.hresult).toBe('0x8004131a');
    expect(await stored(under)).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('a due task', () => {
  it('runs its stored command line, elevated, once, on the lab’s clock', async () => {
    const under = await start({ hostDoes: 'exit 7' });
    await under.objects('Register-ScheduledTask', task(under), true);
    await under.clock.advance(minute - 5_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(under.started()).toEqual([]);
    await under.clock.advance(10_000);
    await ran(under, 1);
    expect(under.started()).toEqual(['elevated=1 -NoProfile -EncodedCommand QQ= =']);
    expect(await stored(under)).toMatchObject([
      { at: null, program: { runner: null, lastResult: 7 } },
    ]);
    await under.clock.advance(minute);
    await under.objects('Get-MpPreference');
    expect(under.started()).toHaveLength(1);
  });

  it('runs again by its interval while it is there', async () => {
    const under = await start();
    await under.objects('Register-ScheduledTask', task(under, { interval: 'PT1H' }), true);
    await under.clock.advance(minute + 1);
    await ran(under, 1);
    await under.clock.advance(60 * minute);
    await ran(under, 2);
    await under.objects('Unregister-ScheduledTask', name, true);
    await under.clock.advance(60 * minute);
    await under.objects('Get-MpPreference');
    expect(under.started()).toHaveLength(2);
  });

  it('is made up for after the engine was closed; or not, as the task says', async () => {
    for (const startWhenAvailable of [true, false]) {
      const first = await start();
      await first.objects('Register-ScheduledTask', task(first, { startWhenAvailable }), true);
      await first.engine.close();
      await first.clock.advance(2 * minute);
      // Nobody runs programs here: it waits, and holds up nothing.
      expect((await first.lab.defender.exclusions()).visibility).toBe('known');
      expect(first.started()).toEqual([]);
      const second = await start({ stateFolder: first.stateFolder });
      if (startWhenAvailable) await ran(second, 1);
      else {
        await second.engine.settled();
        expect(second.started()).toEqual([]);
        expect(await stored(second)).toMatchObject([{ at: null }]);
      }
    }
  });

  it.each(['C:\\Windows\\System32\\cmd.exe', '/bin/sh', 'powershell.exe', '..\\powershell.exe'])(
    'starts PowerShell and nothing else: not %s',
    async (execute) => {
      const under = await start();
      await under.objects('Register-ScheduledTask', task(under, { execute }), true);
      await under.clock.advance(minute + 1);
      await vi.waitFor(async () => {
        expect(await stored(under)).toMatchObject([{ program: { lastResult: 0x80070002 } }]);
      });
      expect(under.started()).toEqual([]);
    },
  );

  it.each([
    [
      'by Windows’ variable',
      () => '%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    ],
    [
      'as a script joined it',
      (under: LabEngineForTest) =>
        `${under.engine.environment['SystemRoot'] ?? ''}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`,
    ],
    ['by $PSHOME', (under: LabEngineForTest) => `${under.stateFolder}/powershell.exe`],
  ])('is found %s', async (_, execute) => {
    const under = await start();
    await under.objects('Register-ScheduledTask', task(under, { execute: execute(under) }), true);
    await under.clock.advance(minute + 1);
    await ran(under, 1);
  });

  it('that hangs is ended with the engine', async () => {
    const under = await start({ hostDoes: 'sleep 60' });
    await under.objects('Register-ScheduledTask', task(under), true);
    await under.clock.advance(minute + 1);
    await vi.waitFor(() => {
      expect(under.started()).toHaveLength(1);
    });
    const [running] = await under.objects('Get-ScheduledTask', name);
    expect(running).toMatchObject({ State: 'Running' });
    const before = Date.now();
    await under.engine.close();
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  it('runs again where its runner was killed', async () => {
    const under = await start({ hostDoes: 'sleep 60' });
    await under.objects('Register-ScheduledTask', task(under), true);
    await under.lab.store.change(({ state }) => {
      const [first] = state.tasks;
      if (!first?.program) throw new Error('no task');
      // A process that is gone: numbers end far below.
      first.program.runner = 2 ** 30;
      first.at = new Date(0).toISOString();
    });
    await under.objects('Get-MpPreference');
    await vi.waitFor(() => {
      expect(under.started()).toHaveLength(1);
    });
  });

  it('leaves the lab’s own tasks to the lab', async () => {
    const under = await start();
    const exclusion = { kind: 'path' as const, value: 'C:\\Users\\lin\\build' };
    const at = new Date(under.clock.now().getTime() + minute).toISOString();
    await under.lab.elevation.run({
      id: '1',
      steps: [
        { kind: 'addExclusion', exclusion },
        { kind: 'registerExpiry', task: 'Gangway-Expiry-1', exclusion, at },
      ],
    });
    expect(await under.objects('Get-ScheduledTask', name)).toHaveLength(1);
    await under.clock.advance(minute + 1);
    const [seen] = await under.objects('Get-MpPreference');
    expect(seen?.['ExclusionPath']).toBeNull();
    expect(under.started()).toEqual([]);
  });
});

describe('a command line', () => {
  it.each([
    ['-a  -b\tc', ['-a', '-b', 'c']],
    ['"a b" c', ['a b', 'c']],
    ['a\\\\b "c\\\\" d', ['a\\\\b', 'c\\', 'd']],
    ['\\"a\\"', ['"a"']],
    ['"a ""b"" c"', ['a "b" c']],
    ['""', ['']],
    ['  ', []],
  ])('%j is %j', (text, parts) => {
    expect(splitCommandLine(text)).toEqual(parts);
  });
});
