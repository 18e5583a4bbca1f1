import { mkdir, symlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { defender as fakes, uac } from '../../../../test/fakes/defender';
import {
  applyPlanned,
  expectNothingLeft,
  labsFor,
  localEntries,
  tmpDirOf,
} from '../../../../test/support/exclusionsInLab';
import { labGo } from '../../../../test/support/labParts';
import { temporaryFolder } from '../../../../test/support/temporary';
import { asFailure } from '../../failureError';
import { labFolders } from '../../lab/machine';
import type { ElevatedStep, Elevation } from '../../ports';
import type { Message } from '../../../shared/model';
import { translate } from '../../../shared/text/translate';
import { rollback } from '../rollback';
import { applyExclusions } from './index';

const start = labsFor(temporaryFolder());

describe('when it is refused', () => {
  it.each([
    ['uacDeclined', 'declined', 'elevation.declined'],
    ['tamperProtected', 'refused', 'defender.notApplied'],
  ] as const)('%s leaves nothing behind', async (scenario, kind, code) => {
    const parts = await start(scenario);
    const outcome = await applyPlanned(parts);
    expect(outcome).toMatchObject({ kind, failure: { code } });
    expect(outcome.results.every(({ result }) => result === 'refused')).toBe(true);
    await expectNothingLeft(parts);
  });

  it.each([
    ['managed', 'refused', 'defender.managed'],
    ['thirdPartyAntivirus', 'unavailable', 'defender.otherAntivirus'],
    ['defenderOff', 'unavailable', 'defender.off'],
  ] as const)('%s is refused before anyone is asked', async (scenario, kind, code) => {
    const parts = await start(scenario);
    const { items } = await (await start('blockOnExtract')).plan();
    const asked: Elevation = {
      ...parts.elevation,
      run: () => Promise.reject(new Error('asked')),
    };
    const outcome = await applyExclusions(
      { ...parts, elevation: asked },
      { items, askRoot: labGo },
    );
    expect(outcome).toMatchObject({ kind, run: null, failure: { code } });
    expect(parts.journal.records()).toEqual([]);
  });

  it('a value that was not planned so', async () => {
    const parts = await start('blockOnExtract');
    const [item] = await parts.items();
    if (item === undefined) throw new Error('an item');
    const attempts = [
      ['home', { ...item, value: 'C:\\Users\\lin' }],
      ['leadsElsewhere', { ...item, value: `${item.value}\\` }],
      ['userVariable', { ...item, value: '%TEMP%' }],
      ['bareProcess', { ...item, kind: 'process' as const, value: 'go.exe' }],
      ['notItsFolder', { ...item, setsGoEnv: { name: 'PATH', value: item.value } }],
      ['notItsFolder', { ...item, setsGoEnv: { name: 'GOTMPDIR', value: 'C:\\Windows\\Temp' } }],
    ] as const;
    for (const [rule, bad] of attempts) {
      const failure = await applyExclusions(parts, { items: [bad], askRoot: labGo }).then(
        () => null,
        (error: unknown) => asFailure(error),
      );
      expect(failure).toMatchObject({
        code: 'exclusion.refused',
        params: { rule, reason: { key: `exclusions.refused.${rule}` } },
      });
      // The person reads why this one is refused, in both languages.
      for (const language of ['en', 'zh-CN'] as const) {
        const why = translate(language, failure?.params['reason'] as Message);
        const key = 'failure.exclusion.refused.meaning';
        expect(translate(language, { key, params: failure?.params })).toContain(why);
        expect(why).not.toContain('exclusions.refused');
      }
    }
    expect(parts.journal.records()).toEqual([]);
    await expectNothingLeft(parts);
  });

  it('a folder that was turned into a link since the plan', async () => {
    const parts = await start('blockOnExtract');
    const items = await parts.items();
    await mkdir(parts.drive.host('C:\\Users\\lin\\src'), { recursive: true });
    await mkdir(parts.drive.host(`${labFolders.buildFolder}\\..`), { recursive: true });
    await symlink(
      parts.drive.host('C:\\Users\\lin\\src'),
      parts.drive.host(labFolders.buildFolder),
    );
    await expect(applyExclusions(parts, { items, askRoot: labGo })).rejects.toThrow(
      'exclusion.refused',
    );
  });

  it('partly: what Defender did not take is told, and what went with it is undone', async () => {
    const parts = await start('blockOnExtract');
    const refuseFolder: Elevation = {
      ...parts.elevation,
      run: async (batch) => {
        const isFolder = (step: ElevatedStep): boolean =>
          'exclusion' in step && step.exclusion.value === labFolders.buildFolder;
        const outcome = await parts.elevation.run({
          ...batch,
          steps: batch.steps.filter((step) => !isFolder(step)),
        });
        if (outcome.kind !== 'done') return outcome;
        const left = [...outcome.records];
        const records = batch.steps.map((step) =>
          !isFolder(step)
            ? left.shift()
            : step.kind === 'addExclusion'
              ? {
                  kind: 'exclusion' as const,
                  before: false,
                  after: false,
                  check: 'notExcluded' as const,
                  error: null,
                }
              : { kind: 'task' as const, present: false, error: 'not added' },
        );
        return { kind: 'done', records: records.flatMap((record) => record ?? []) };
      },
    };
    const outcome = await applyPlanned(parts, { elevation: refuseFolder });
    expect(outcome.kind).toBe('partly');
    expect(outcome.results.map(({ result }) => result)).toEqual(['refused', 'applied']);
    expect(await tmpDirOf(parts)).toBe('');
    expect(parts.journal.activeExclusions()).toHaveLength(1);
  });

  it('GOTMPDIR that Go does not take', async () => {
    const parts = await start('blockOnExtract');
    const goEnv = { ...parts.goEnv, set: () => Promise.resolve(false) };
    const outcome = await applyPlanned(parts, { goEnv });
    expect(outcome).toMatchObject({ kind: 'refused', failure: { code: 'goEnv.notSet' } });
    await expectNothingLeft(parts);
  });

  it('a task that could not be made: its exclusion is removed again', async () => {
    const parts = await start('blockOnExtract');
    const noTask: Elevation = {
      ...parts.elevation,
      run: async (batch) => {
        const outcome = await parts.elevation.run(batch);
        if (outcome.kind !== 'done') return outcome;
        const records = outcome.records.map((record) =>
          record.kind === 'task' ? { ...record, present: false } : record,
        );
        return { kind: 'done', records };
      },
    };
    const outcome = await applyPlanned(parts, { elevation: noTask });
    expect(outcome.results.map(({ result }) => result)).toEqual(['refused', 'refused']);
    await expectNothingLeft(parts);
  });

  it('stored without effect: it is removed again', async () => {
    const parts = await start('blockOnExtract', { localEntriesIgnored: true });
    const status = await parts.defender.status();
    const defender = {
      ...parts.defender,
      status: () => Promise.resolve({ ...status, managed: false }),
    };
    const items = await (await start('blockOnExtract')).items();
    const outcome = await applyExclusions({ ...parts, defender }, { items, askRoot: labGo });
    expect(await localEntries(parts)).toHaveLength(1);
    expect(outcome.results[0]).toMatchObject({
      result: 'refused',
      why: { key: 'exclusions.result.noEffect' },
    });
  });

  it('an answer that never came is unknown, and is taken back all the same', async () => {
    const parts = await start('blockOnExtract');
    const fake = uac.lost();
    const outcome = await applyExclusions(
      { ...parts, ...fake },
      { items: await parts.items(), askRoot: labGo },
    );
    expect(outcome).toMatchObject({ kind: 'unknown', failure: { code: 'elevation.lost' } });
    expect(outcome.results.map(({ result }) => result)).toEqual(['unknown', 'unknown']);
    expect(parts.journal.activeExclusions()).toMatchObject([
      { certainty: 'unknown' },
      { certainty: 'unknown' },
    ]);
    expect(fake.local).toHaveLength(2);
    await rollback(
      { ...parts.rollback, protection: { ...fake, clock: parts.clock } },
      { kind: 'all' },
    );
    expect(fake.local).toEqual([]);
  });

  it('not even an administrator sees the list: the effect is what counts', async () => {
    const parts = await start('blockOnExtract');
    const fake = fakes.hiddenFromEveryone();
    const [folder] = await parts.items();
    if (folder === undefined) throw new Error('an item');
    const outcome = await applyExclusions(
      { ...parts, ...fake },
      { items: [folder], askRoot: labGo },
    );
    expect(outcome).toMatchObject({ kind: 'applied', results: [{ result: 'applied' }] });
  });
});
