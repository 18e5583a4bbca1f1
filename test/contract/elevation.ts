// What every adapter of the Elevation port must do: one record a step, seen and not assumed, and the rules held again on
// the other side.
import { describe, expect, it } from 'vitest';
import type { ElevatedStep, StepRecord } from '../../src/core/ports';
import { neverFolders } from '../../src/shared/rules/exclusions';
import {
  buildFolder,
  cacheForGo,
  openForEachTest,
  type OpenProtection,
  type ProtectionUnderTest,
} from './protection';

export function elevationContract(open: OpenProtection): void {
  const start = openForEachTest(open);

  async function run(
    under: ProtectionUnderTest,
    steps: readonly ElevatedStep[],
  ): Promise<readonly StepRecord[]> {
    const outcome = await under.elevation.run({ id: 'batch', steps });
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    expect(outcome.records).toHaveLength(steps.length);
    return outcome.records;
  }
  async function listed(under: ProtectionUnderTest): Promise<readonly string[]> {
    const [record] = await run(under, [{ kind: 'readPreferences' }]);
    if (record?.kind !== 'preferences') throw new Error('no preferences');
    return record.reading.exclusions
      .filter((entry) => entry.source === 'local')
      .map((entry) => entry.value);
  }
  const add = (exclusion = buildFolder): ElevatedStep => ({ kind: 'addExclusion', exclusion });
  const remove = (exclusion = buildFolder): ElevatedStep => ({
    kind: 'removeExclusion',
    exclusion,
  });
  const expire = (exclusion = buildFolder): ElevatedStep => ({
    kind: 'registerExpiry',
    task: 'Gangway-Expiry-test',
    exclusion,
    at: '2099-01-01T00:00:00.000Z',
  });

  describe('do', () => {
    it('adds, keeps the spelling, and reads back', async () => {
      const under = await start('clean');
      expect(await run(under, [add(), expire()])).toMatchObject([
        { kind: 'exclusion', before: false, after: true, check: 'excluded', error: null },
        { kind: 'task', present: true, error: null },
      ]);
      expect(await listed(under)).toEqual([buildFolder.value]);
      expect(await run(under, [add()])).toMatchObject([{ before: true, after: true }]);
      expect(await listed(under)).toHaveLength(1);
    });

    it('keeps contextual entries as they are', async () => {
      const under = await start('clean');
      const [record] = await run(under, [add(cacheForGo)]);
      expect(record).toMatchObject({ before: false, after: true });
      expect(await listed(under)).toEqual([cacheForGo.value]);
    });

    it('makes no task for what was there before', async () => {
      const under = await start('clean');
      await run(under, [add()]);
      const records = await run(under, [add(), expire()]);
      expect(records[1]).toMatchObject({ kind: 'task', present: false });
      expect(await run(under, [expire()])).toMatchObject([{ kind: 'task', present: false }]);
    });
  });

  describe('do, then roll back', () => {
    it('removes exactly its entry and its task, in any case', async () => {
      const under = await start('clean');
      const neighbour = { ...buildFolder, value: `${buildFolder.value}2` };
      await run(under, [add(), expire(), add(cacheForGo), add(neighbour)]);
      const other = { ...buildFolder, value: buildFolder.value.toUpperCase() };
      expect(
        await run(under, [
          remove(other),
          { kind: 'removeExpiry', task: 'Gangway-Expiry-test' },
          remove(cacheForGo),
        ]),
      ).toMatchObject([
        { before: true, after: false, check: 'notExcluded', error: null },
        { kind: 'task', present: false },
        { before: true, after: false },
      ]);
      expect(await listed(under)).toEqual([neighbour.value]);
    });

    it('finds gone what is gone', async () => {
      const under = await start('clean');
      expect(await run(under, [remove()])).toMatchObject([{ before: false, after: false }]);
    });
  });

  describe('guards, on the other side again', () => {
    // One batch: a prompt for each of them would take a minute and show no more.
    it("refuses every folder of Microsoft's list", async () => {
      const under = await start('clean');
      const patterns = neverFolders.map(({ pattern }) => pattern);
      const records = await run(
        under,
        patterns.map((value) => add({ kind: 'path', value })),
      );
      const notRefused = patterns.filter((_, i) => {
        const record = records[i];
        if (record?.kind !== 'exclusion') return true;
        return record.after !== false || !/^refused/.test(record.error ?? '');
      });
      expect(notRefused).toEqual([]);
      expect(patterns.length).toBeGreaterThan(10);
      expect(await listed(under)).toEqual([]);
    });

    it.each([
      { kind: 'extension', value: '.exe' },
      { kind: 'process', value: 'go.exe' },
      { kind: 'ip', value: '10.0.0.1' },
      { kind: 'path', value: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp\\' },
      { kind: 'path', value: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\..\\..\\Temp' },
    ] as const)('refuses $kind $value', async (exclusion) => {
      const under = await start('clean');
      await run(under, [add(exclusion)]);
      expect(await listed(under)).toEqual([]);
    });

    it('runs nothing of a batch with a step that is none', async () => {
      const under = await start('clean');
      const bad = { ...expire(), task: "x'; Remove-Item C:\\" } as ElevatedStep;
      const outcome = await under.elevation.run({ id: 'batch', steps: [add(), bad] });
      expect(outcome.kind).toBe('unavailable');
      expect(await listed(under)).toEqual([]);
    });
  });

  describe('when Windows or Defender says otherwise', () => {
    it('changes nothing when the answer is no', async () => {
      const under = await start('uacDeclined');
      const outcome = await under.elevation.run({ id: 'batch', steps: [add()] });
      expect(outcome).toEqual({ kind: 'declined' });
      expect((await under.defender.exclusions()).exclusions).toEqual([]);
    });

    it('sees that Tamper Protection did nothing', async () => {
      const under = await start('tamperProtected');
      expect(await run(under, [add(), expire()])).toMatchObject([
        { kind: 'exclusion', before: false, after: false, check: 'notExcluded', error: null },
        { kind: 'task', present: false, error: expect.any(String) as string },
      ]);
    });

    it('sees that a managed list has no effect', async () => {
      const under = await start('managed');
      const [record] = await run(under, [add()]);
      expect(record).toMatchObject({ after: true, check: 'notExcluded' });
    });

    it('reads a hidden list for an administrator', async () => {
      const under = await start('hiddenLists');
      await run(under, [add()]);
      expect(await listed(under)).toEqual([buildFolder.value]);
      expect((await under.defender.exclusions()).visibility).toBe('hidden');
    });

    it.each(['defenderOff', 'thirdPartyAntivirus'] as const)(
      '%s: reports an error',
      async (state) => {
        const under = await start(state);
        const [record] = await run(under, [add()]);
        expect(record).toMatchObject({ before: null, after: null, check: 'unknown' });
        expect(record?.kind === 'exclusion' ? record.error : null).not.toBeNull();
      },
    );
  });

  it('says in one line a step what it will do, quoted so that it can be pasted', async () => {
    const { elevation } = await start('clean');
    const value = "C:\\O'Brien\\\u2018x\u2019 $(calc)";
    const exclusion = { kind: 'path' as const, value };
    const lines = elevation.describe({
      id: 'batch',
      steps: [add(exclusion), remove(exclusion), expire(exclusion), { kind: 'readPreferences' }],
    });
    expect(lines).toHaveLength(4);
    const literal = "'C:\\O''Brien\\\u2018\u2018x\u2019\u2019 $(calc)'";
    expect(lines[0]).toContain(`Add-MpPreference -ExclusionPath ${literal}`);
    expect(lines[1]).toContain(`Remove-MpPreference -ExclusionPath ${literal}`);
    expect(lines[2]).toContain('2099-01-01T00:00:00.000Z');
    expect(lines.join('\n')).not.toContain('Set-MpPreference');
  });
}
