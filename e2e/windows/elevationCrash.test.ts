// The elevated helper killed at each step's boundaries: nothing is taken for done, the list says what is so, and a second
// batch takes it back.
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { ElevatedStep } from '../../src/core/ports';
import { windowsElevation } from '../../src/core/windows/elevation';
import { openResultPipe } from '../../src/core/windows/elevation/resultPipe';
import type { Exclusion } from '../../src/shared/model';
import { temporaryFolder } from '../../test/support/temporary';
import {
  openElevationOnHost,
  openGate,
  watchStarted,
  type Gate,
  type Passing,
} from './support/elevationOnHost';
import type { DefenderOnHost } from './support/defenderOnHost';

const scratch = temporaryFolder();
const host = inject('windowsHost');
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const first: Exclusion = { kind: 'path', value: 'C:\\work\\first' };
const second: Exclusion = { kind: 'path', value: 'C:\\work\\second' };
const old: Exclusion = { kind: 'path', value: 'C:\\work\\old' };
const task = 'Gangway-Expiry-1';
const steps: readonly ElevatedStep[] = [
  { kind: 'addExclusion', exclusion: first },
  { kind: 'registerExpiry', exclusion: first, task, at: '2099-01-01T00:00:00Z' },
  { kind: 'removeExclusion', exclusion: old },
  { kind: 'addExclusion', exclusion: second },
];
const takeBack: readonly ElevatedStep[] = [
  { kind: 'removeExclusion', exclusion: first },
  { kind: 'removeExpiry', task },
  { kind: 'removeExclusion', exclusion: second },
];

async function start(): Promise<{ readonly under: DefenderOnHost; readonly gate: Gate }> {
  const gate = await openGate();
  ends.push(() => gate.close());
  const environment = { GANGWAY_BENCH_LAB: gate.base };
  const under = await openElevationOnHost(scratch, host, { environment });
  ends.push(() => under.close());
  gate.target = under.engine.environment['GANGWAY_BENCH_LAB'] ?? '';
  await under.lab.store.change(({ state }) => {
    state.exclusions.push(old);
  });
  return { under, gate };
}

async function stateOf({ lab }: DefenderOnHost): Promise<{
  readonly listed: readonly string[];
  readonly tasks: readonly string[];
}> {
  const { state } = await lab.store.view();
  return {
    listed: state.exclusions.map(({ value }) => value),
    tasks: state.tasks.map(({ name }) => name),
  };
}

/** Where the helper is killed, and what is then so. */
const boundaries: readonly (readonly [string, Passing, readonly Exclusion[], readonly string[]])[] =
  [
    ['before the first look', { cmdlet: 'Get-MpPreference', count: 1, when: 'before' }, [old], []],
    ['before the first write', { cmdlet: 'Add-MpPreference', count: 1, when: 'before' }, [old], []],
    [
      'after the first write',
      { cmdlet: 'Add-MpPreference', count: 1, when: 'after' },
      [old, first],
      [],
    ],
    [
      'before it is read back',
      { cmdlet: 'Get-MpPreference', count: 2, when: 'before' },
      [old, first],
      [],
    ],
    [
      'before the task is made',
      { cmdlet: 'Register-ScheduledTask', count: 1, when: 'before' },
      [old, first],
      [],
    ],
    [
      'after the task is made',
      { cmdlet: 'Register-ScheduledTask', count: 1, when: 'after' },
      [old, first],
      [task],
    ],
    [
      'before the removal',
      { cmdlet: 'Remove-MpPreference', count: 1, when: 'before' },
      [old, first],
      [task],
    ],
    [
      'after the removal',
      { cmdlet: 'Remove-MpPreference', count: 1, when: 'after' },
      [first],
      [task],
    ],
    [
      'after the last write',
      { cmdlet: 'Add-MpPreference', count: 2, when: 'after' },
      [first, second],
      [task],
    ],
    [
      'while the log is asked',
      { cmdlet: 'Get-WinEvent', count: 1, when: 'after' },
      [first, second],
      [task],
    ],
  ];

describe('kill -9 of the elevated helper', () => {
  it.each(boundaries)(
    '%s: not known, as the list says, and taken back',
    async (_, at, listed, tasks) => {
      const { under, gate } = await start();
      let killed = false;
      let tell: (pid: number) => void = () => undefined;
      const started = new Promise<number>((resolve) => {
        tell = resolve;
      });
      gate.onElevated = async ({ cmdlet, count, when }) => {
        const here = cmdlet === at.cmdlet && count === at.count && when === at.when;
        if (killed || !here) return 'pass';
        killed = true;
        process.kill(await started, 'SIGKILL');
        return 'drop';
      };
      const session = watchStarted(under.session, tell);
      const outcome = await windowsElevation({ session, powershell: host }).run({
        id: 'batch-1',
        steps,
      });
      expect(outcome).toEqual({ kind: 'lost', cause: 'the helper ended without a record' });
      expect(killed).toBe(true);
      const after = await stateOf(under);
      expect(after).toEqual({ listed: listed.map(({ value }) => value), tasks });
      // Who reads the list unelevated sees the same.
      const reading = await under.defender.exclusions();
      expect(reading.exclusions.map(({ value }) => value)).toEqual(after.listed);

      const again = windowsElevation({ session: under.session, powershell: host });
      const back = await again.run({ id: 'batch-2', steps: takeBack });
      expect(back.kind).toBe('done');
      const left = await stateOf(under);
      expect(left).toEqual({
        listed: after.listed.filter((value) => value === old.value),
        tasks: [],
      });
    },
  );

  it('and when Node is gone instead, what was begun is done, its end included', async () => {
    const { under, gate } = await start();
    const cut = new AbortController();
    gate.onElevated = ({ cmdlet, when }) => {
      if (cmdlet === 'Add-MpPreference' && when === 'before') cut.abort();
      return Promise.resolve('pass');
    };
    const elevation = windowsElevation({
      session: under.session,
      powershell: host,
      openPipe: async (onClient) => {
        const pipe = await openResultPipe(onClient);
        cut.signal.addEventListener('abort', () => void pipe.close());
        return { name: pipe.name, close: () => Promise.resolve() };
      },
    });
    expect(await elevation.run({ id: 'batch-1', steps })).toMatchObject({ kind: 'lost' });
    await expect
      .poll(() => stateOf(under), { timeout: 30_000 })
      .toEqual({ listed: [first.value, second.value], tasks: [task] });
  });
});
