// Elevation on PowerShell's engine: the production bootstrap, pipe and scripts; Defender's answers and the prompt's are
// the lab's. What the contract suite shows of every adapter is in contract.test.ts.
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { LabSettings } from '../../src/core/lab/defender';
import type { ElevatedStep, StepRecord } from '../../src/core/ports';
import type { Exclusion } from '../../src/shared/model';
import { writeContextual } from '../../src/shared/rules/exclusions';
import { temporaryFolder } from '../../test/support/temporary';
import { openElevationOnHost, type ElevationOnHost } from './support/elevationOnHost';

const scratch = temporaryFolder();
const host = inject('windowsHost');
const opened: ElevationOnHost[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function start(settings: Partial<LabSettings> = {}): Promise<ElevationOnHost> {
  const one = await openElevationOnHost(scratch, host, { settings });
  opened.push(one);
  return one;
}

async function run(
  { elevation }: ElevationOnHost,
  ...steps: readonly ElevatedStep[]
): Promise<readonly StepRecord[]> {
  const outcome = await elevation.run({ id: 'batch-1', steps });
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.records;
}

async function entries({ lab }: ElevationOnHost): Promise<readonly Exclusion[]> {
  return (await lab.store.view()).state.exclusions;
}
async function tasks({ lab }: ElevationOnHost): Promise<readonly string[]> {
  return (await lab.store.view()).state.tasks.map(({ name }) => name);
}
async function seed({ lab }: ElevationOnHost, ...seeded: readonly Exclusion[]): Promise<void> {
  await lab.store.change(({ state }) => {
    state.exclusions.push(...seeded);
  });
}

const path = (value: string): Exclusion => ({ kind: 'path', value });
const add = (exclusion: Exclusion): ElevatedStep => ({ kind: 'addExclusion', exclusion });
const remove = (exclusion: Exclusion): ElevatedStep => ({ kind: 'removeExclusion', exclusion });
const end = (exclusion: Exclusion, at: string, task = 'Gangway-Expiry-1'): ElevatedStep => ({
  kind: 'registerExpiry',
  exclusion,
  at,
  task,
});
const contextual = path(
  writeContextual('C:\\Users\\lin\\AppData\\Local\\go-build', {
    pathType: 'folder',
    scanType: null,
    scanTrigger: 'OnAccess',
    processes: ["C:\\O'Brien\\go.exe", 'C:\\Go\\pkg\\tool\\windows_amd64\\*'],
  }),
);
const folder = path('C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp');
const hostile = path("C:\\Users\\lin\\O'Brien \u2019;$(calc)`n & \u4e2d\u6587\\x");

describe('do, then roll back', () => {
  it('ten at once: one prompt, each seen, logged, and gone again', async () => {
    const under = await start();
    const ten = [folder, contextual, hostile].concat(
      Array.from({ length: 7 }, (_, at) => path(`C:\\work\\build${at}`)),
    );
    const added = await run(under, ...ten.map(add));
    expect(added).toEqual(
      ten.map(({ value }) => ({
        kind: 'exclusion',
        before: false,
        after: true,
        // With a context, an effect is not everyone's.
        check: value.includes('\\:{') ? 'notExcluded' : 'excluded',
        error: null,
        event: 'seen',
      })),
    );
    expect(await entries(under)).toEqual(ten);
    const removed = await run(under, ...ten.map(remove));
    expect(removed.every((one) => one.kind === 'exclusion' && one.after === false)).toBe(true);
    expect(await entries(under)).toEqual([]);
  });

  it('takes each kind by its stored spelling, and leaves its neighbours', async () => {
    const under = await start();
    const stored: readonly Exclusion[] = [
      path('c:\\Work\\BUILD\\'),
      path(contextual.value.replace('Users', 'USERS')),
      { kind: 'process', value: 'C:\\Go\\BIN\\go.exe' },
      { kind: 'extension', value: '.OBJ' },
      { kind: 'ip', value: '10.0.0.1' },
    ];
    const stay: readonly Exclusion[] = [
      path('C:\\Work\\BUILD\\x'),
      path('.obj'),
      { kind: 'process', value: '.OBJ' },
      { kind: 'ip', value: '10.0.0.10' },
    ];
    await seed(under, ...stored, ...stay);
    const asked = stored.map(({ kind, value }) => remove({ kind, value: value.toLowerCase() }));
    const records = await run(under, ...asked);
    for (const record of records) {
      expect(record).toMatchObject({ before: true, after: false, error: null, event: 'seen' });
    }
    expect(await entries(under)).toEqual(stay);
  });
});

describe('the end of an exclusion', () => {
  it('removes exactly a program, and then itself', async () => {
    const under = await start();
    const program: Exclusion = { kind: 'process', value: 'C:\\Go\\bin\\go.exe' };
    const at = new Date(under.clock.now().getTime() + 60_000).toISOString();
    expect(
      await run(under, add(program), end(program, at), add(path(program.value))),
    ).toMatchObject([
      { after: true },
      { kind: 'task', present: true, error: null },
      { after: true },
    ]);
    await under.clock.advance(120_000);
    await under.lab.store.view();
    await under.engine.settled();
    expect(await entries(under)).toEqual([path(program.value)]);
    expect(await tasks(under)).toEqual([]);
  });

  it('is what was asked for: SYSTEM, on batteries, made up for, no file', async () => {
    const under = await start();
    await run(under, add(folder), end(folder, '2099-01-01T00:00:00.500Z'));
    const [task] = (await under.lab.store.view()).state.tasks;
    expect(task).toMatchObject({ path: '\\Gangway\\', at: '2099-01-01T00:00:01.000Z' });
    expect(task?.program).toMatchObject({
      startWhenAvailable: true,
      every: 3_600_000,
      definition: {
        user: 'S-1-5-18',
        principal: { props: { RunLevel: 'Highest', LogonType: 'ServiceAccount' } },
        settings: {
          props: {
            DisallowStartIfOnBatteries: false,
            StopIfGoingOnBatteries: false,
            ExecutionTimeLimit: 'PT10M',
          },
        },
      },
    });
    expect(task?.program?.arguments).toMatch(/ -EncodedCommand [A-Za-z0-9+/=]+$/);
    expect(task?.program?.arguments).not.toContain('-File');
  });

  it('comes again while Defender does not let go', async () => {
    const under = await start();
    const at = new Date(under.clock.now().getTime() + 60_000).toISOString();
    await run(under, add(folder), end(folder, at));
    const settings = under.lab.settings as { service: boolean };
    settings.service = false;
    await under.clock.advance(120_000);
    await under.lab.store.view();
    await under.engine.settled();
    expect(await tasks(under)).toEqual(['Gangway-Expiry-1']);
    settings.service = true;
    await under.clock.advance(3_600_000);
    await under.lab.store.view();
    await under.engine.settled();
    expect(await tasks(under)).toEqual([]);
    expect(await entries(under)).toEqual([]);
  });

  it.each(['denied', 'forgets'] as const)(
    'is not claimed where the scheduler %s',
    async (scheduler) => {
      const under = await start({ scheduler });
      const [, task] = await run(under, add(folder), end(folder, '2099-01-01T00:00:00Z'));
      expect(task).toMatchObject({ kind: 'task', present: false });
    },
  );

  it('replaces an older task of its name', async () => {
    const under = await start();
    await run(under, add(folder), end(folder, '2099-01-01T00:00:00Z'));
    await run(under, remove(folder), add(folder), end(folder, '2098-01-01T00:00:00Z'));
    const list = (await under.lab.store.view()).state.tasks;
    expect(list.map(({ at }) => at)).toEqual(['2098-01-01T00:00:00.000Z']);
  });
});

describe('a plan that is none runs not at all', () => {
  const odd = (step: object): ElevatedStep => step as ElevatedStep;
  it.each([
    ['a word of later', { kind: 'pauseProtection' }],
    ['another of later', { kind: 'installMsi', path: 'C:\\x.msi' }],
    ['a word too many', { kind: 'readPreferences', then: 'x' }],
    ['a word in another case', { kind: 'AddExclusion', exclusion: folder }],
    ['an end as a text', { ...end(folder, '2099-01-01T00:00:00Z'), kind: 'removeExpiry' }],
    ['a word short', { kind: 'addExclusion' }],
  ])('%s', async (_, step) => {
    const under = await start();
    const outcome = await under.elevation.run({ id: 'b', steps: [add(folder), odd(step)] });
    expect(outcome).toEqual({
      kind: 'unavailable',
      cause: 'refused by the elevated side: a step that is none',
    });
    expect(await entries(under)).toEqual([]);
  });
});

describe('lists that even an administrator is not shown', () => {
  it('leave before and after open, and the effect tells', async () => {
    const under = await start({ listsHidden: 'everyone' });
    const at = '2099-01-01T00:00:00Z';
    expect(await run(under, add(folder), end(folder, at), { kind: 'readPreferences' })).toEqual([
      {
        kind: 'exclusion',
        before: null,
        after: null,
        check: 'excluded',
        error: null,
        event: 'seen',
      },
      { kind: 'task', present: true, error: null },
      { kind: 'preferences', reading: { visibility: 'hidden', exclusions: [] } },
    ]);
    expect(await run(under, remove(folder))).toMatchObject([
      { before: null, after: null, check: 'notExcluded', error: null },
    ]);
    expect(await entries(under)).toEqual([]);
  });

  it("tell a policy's entries from others", async () => {
    const under = await start({ policyPaths: ['C:\\ProgramData\\Contoso\\Agent'] });
    await run(under, add(folder));
    const [record] = await run(under, { kind: 'readPreferences' });
    expect(record).toMatchObject({
      reading: {
        visibility: 'known',
        exclusions: [
          { value: 'C:\\ProgramData\\Contoso\\Agent', source: 'policy' },
          { value: folder.value, source: 'local' },
        ],
      },
    });
  });
});

describe('evidence', () => {
  it('is open where the log is shut, and missing where nothing was changed', async () => {
    const shut = await start({ eventLog: 'denied' });
    expect(await run(shut, add(folder))).toMatchObject([{ after: true, event: 'unknown' }]);
    const still = await start({ tamperProtectedExclusions: true });
    expect(await run(still, add(folder))).toMatchObject([{ after: false, event: 'missing' }]);
  });
});
