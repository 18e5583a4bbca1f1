import { mkdir, symlink, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { defender as fakes, uac } from '../../../../test/fakes/defender';
import { labGo, labParts, type LabPartsForTest } from '../../../../test/support/labParts';
import { temporaryFolder } from '../../../../test/support/temporary';
import { asFailure } from '../../failureError';
import { historyOf } from '../../journal/history';
import type { LabSettings, ScenarioName } from '../../lab/defender';
import { labFolders } from '../../lab/machine';
import type { ElevatedStep, Elevation } from '../../ports';
import { readExclusions } from '../readExclusions';
import { rollback } from '../rollback';
import { applyExclusions, type ApplyDeps } from './index';

const scratch = temporaryFolder();
const opened: LabPartsForTest[] = [];
const start = async (
  scenario: ScenarioName,
  settings: Partial<LabSettings> = {},
): Promise<LabPartsForTest> => {
  const parts = await labParts(scratch, scenario, { settings });
  opened.push(parts);
  return parts;
};
afterEach(() => {
  for (const parts of opened.splice(0)) parts.close();
});

const apply = async (parts: LabPartsForTest, deps: Partial<ApplyDeps> = {}) =>
  applyExclusions({ ...parts, ...deps }, { items: await parts.items(), askRoot: labGo });
const gotmpdir = async (parts: LabPartsForTest): Promise<string> =>
  (await parts.goEnv.read(labGo))['GOTMPDIR'] ?? '';
const local = async (parts: LabPartsForTest): Promise<readonly string[]> =>
  (await parts.defender.exclusions()).exclusions
    .filter((entry) => entry.source === 'local')
    .map((entry) => entry.value);

/** Nothing is left of it: neither in Defender, nor on disk, nor in Go's settings, nor open in the journal. */
async function expectNothingLeft(parts: LabPartsForTest): Promise<void> {
  expect(await local(parts)).toEqual([]);
  expect(await gotmpdir(parts)).toBe('');
  expect(await parts.files.exists(labFolders.buildFolder)).toBe(false);
  expect(parts.journal.activeExclusions()).toEqual([]);
  expect(parts.journal.openRuns()).toEqual([]);
}

describe('do', () => {
  it('sets what was planned, reads it back, and builds stop being taken', async () => {
    const parts = await start('blockOnExtract');
    const build = { goTmpDir: null, goRoot: labGo, tests: 3 };
    expect(await parts.lab.simulateBuild(build)).toMatchObject({ taken: 3 });
    const outcome = await apply(parts);
    expect(outcome.kind).toBe('applied');
    expect(outcome.results.map(({ result }) => result)).toEqual(['applied', 'applied']);
    expect(outcome.results.every(({ expires }) => expires !== null)).toBe(true);
    expect(await gotmpdir(parts)).toBe(labFolders.buildFolder);
    expect(parts.journal.openRuns()).toEqual([]);
    const goTmpDir = await gotmpdir(parts);
    expect(await parts.lab.simulateBuild({ ...build, goTmpDir })).toEqual({
      built: 3,
      taken: 0,
      launchesBlocked: 0,
    });
    expect(historyOf(parts.journal.runs()).map((entry) => [entry.kind, entry.state])).toEqual([
      ['exclusions', 'inEffect'],
      ['goEnv', 'inEffect'],
    ]);
  });

  it('lets programs start that a rule had stopped', async () => {
    const parts = await start('asrBlock');
    const build = { goTmpDir: null, goRoot: labGo, tests: 2 };
    expect(await parts.lab.simulateBuild(build)).toMatchObject({ launchesBlocked: 2 });
    await apply(parts);
    const after = await parts.lab.simulateBuild({ ...build, goTmpDir: await gotmpdir(parts) });
    expect(after).toMatchObject({ launchesBlocked: 0 });
  });

  it('does nothing against Smart App Control', async () => {
    const parts = await start('smartAppControl');
    await parts.elevation.run({
      id: '1',
      steps: [{ kind: 'addExclusion', exclusion: { kind: 'path', value: labFolders.buildFolder } }],
    });
    const build = { goTmpDir: labFolders.buildFolder, goRoot: labGo, tests: 1 };
    expect(await parts.lab.simulateBuild(build)).toMatchObject({ launchesBlocked: 1 });
  });

  it('leaves what is not enabled, and does nothing for nothing', async () => {
    const parts = await start('blockOnExtract');
    const items = (await parts.items()).map((item) => ({ ...item, enabled: false }));
    const outcome = await applyExclusions(parts, { items, askRoot: labGo });
    expect(outcome).toMatchObject({ kind: 'nothing', run: null });
    expect(parts.journal.records()).toEqual([]);
  });

  it('applied twice in one run, changes nothing the second time', async () => {
    const parts = await start('blockOnExtract');
    const items = await parts.items();
    const run = await parts.journal.startRun('upgrade');
    await applyExclusions(parts, { items, askRoot: labGo, run });
    const before = parts.journal.records().length;
    const again = await applyExclusions(parts, { items, askRoot: labGo, run });
    expect(again.kind).toBe('applied');
    expect(parts.journal.records()).toHaveLength(before);
    expect(await local(parts)).toHaveLength(2);
  });
});

describe('do, then roll back', () => {
  it.each(['run', 'all', 'exclusions'] as const)('by %s leaves nothing', async (kind) => {
    const parts = await start('blockOnExtract');
    const { run } = await apply(parts);
    const target = kind === 'run' ? { kind, run: run ?? '' } : { kind };
    const outcome = await rollback(parts.rollback, target);
    expect(outcome.kind).toBe('done');
    expect(outcome.report.kept).toEqual([]);
    expect(outcome.report.undone).toHaveLength(4);
    await expectNothingLeft(parts);
    expect((await rollback(parts.rollback, target)).report.undone).toEqual([]);
  });

  it('by id takes one, and what went with it', async () => {
    const parts = await start('blockOnExtract');
    await apply(parts);
    const ours = parts.journal.activeExclusions();
    const cache = ours.find(({ exclusion }) => exclusion.value.includes('go-build'));
    await rollback(parts.rollback, { kind: 'exclusion', id: cache?.id ?? '' });
    expect(await gotmpdir(parts)).toBe(labFolders.buildFolder);
    expect(parts.journal.activeExclusions()).toHaveLength(1);
    const [rest] = parts.journal.activeExclusions();
    const { report } = await rollback(parts.rollback, { kind: 'exclusion', id: rest?.id ?? '' });
    expect(report.undone.map(({ what }) => what.key)).toEqual([
      'rollback.undone.exclusion',
      'rollback.undone.goEnv',
      'rollback.undone.folder',
    ]);
    await expectNothingLeft(parts);
  });

  it('leaves what was there before, and what others changed since', async () => {
    const parts = await start('blockOnExtract');
    const theirs = { kind: 'path' as const, value: labFolders.buildFolder };
    await parts.elevation.run({ id: '1', steps: [{ kind: 'addExclusion', exclusion: theirs }] });
    const outcome = await apply(parts);
    expect(outcome.results[0]).toMatchObject({
      result: 'applied',
      why: { key: 'exclusions.result.thereBefore' },
    });
    await writeFile(parts.drive.host(`${labFolders.buildFolder}\\keep.txt`), '');
    await parts.goEnv.set(labGo, 'GOTMPDIR', 'C:\\Users\\lin\\other');
    const { report } = await rollback(parts.rollback, { kind: 'all' });
    expect(await local(parts)).toEqual([theirs.value]);
    expect(await gotmpdir(parts)).toBe('C:\\Users\\lin\\other');
    expect(report.kept.map(({ why }) => why.key)).toEqual([
      'rollback.kept.goEnvChanged',
      'rollback.kept.folderNotEmpty',
    ]);
  });

  it('restores a GOTMPDIR that was set before', async () => {
    const parts = await start('blockOnExtract');
    const items = await parts.items();
    await parts.goEnv.set(labGo, 'GOTMPDIR', 'C:\\Users\\lin\\mine');
    await applyExclusions(parts, { items, askRoot: labGo });
    await rollback(parts.rollback, { kind: 'all' });
    expect(await gotmpdir(parts)).toBe('C:\\Users\\lin\\mine');
  });

  it('declined: nothing is changed, and the next time it works', async () => {
    const parts = await start('blockOnExtract');
    await apply(parts);
    const no: Elevation = { ...parts.elevation, run: () => Promise.resolve({ kind: 'declined' }) };
    const { protection } = parts.rollback;
    if (protection === null) throw new Error('no protection');
    const declined = await rollback(
      { ...parts.rollback, protection: { ...protection, elevation: no } },
      { kind: 'all' },
    );
    expect(declined).toMatchObject({ kind: 'declined', failure: { code: 'elevation.declined' } });
    expect(declined.report.undone).toEqual([]);
    expect(await local(parts)).toHaveLength(2);
    expect(await gotmpdir(parts)).toBe(labFolders.buildFolder);
    await rollback(parts.rollback, { kind: 'all' });
    await expectNothingLeft(parts);
  });

  it('goes on after an error, and names it', async () => {
    const parts = await start('blockOnExtract');
    await apply(parts);
    const goEnv = { ...parts.goEnv, read: () => Promise.reject(new Error('go is gone')) };
    const outcome = await rollback({ ...parts.rollback, goEnv }, { kind: 'all' });
    expect(outcome.report.kept).toMatchObject([
      { value: 'GOTMPDIR', why: { key: 'rollback.kept.error' } },
    ]);
    expect(await local(parts)).toEqual([]);
    expect(await parts.files.exists(labFolders.buildFolder)).toBe(false);
    await rollback(parts.rollback, { kind: 'all' });
    await expectNothingLeft(parts);
  });

  it('keeps what Tamper Protection keeps, and says so', async () => {
    const parts = await start('blockOnExtract');
    await apply(parts);
    const guarded = await labParts(scratch, 'tamperProtected', { stateFolder: parts.stateFolder });
    opened.push(guarded);
    const { report } = await rollback(guarded.rollback, { kind: 'exclusions' });
    expect(report.kept.map(({ why }) => why.key)).toEqual([
      'rollback.kept.stays',
      'rollback.kept.stays',
    ]);
    expect(guarded.journal.activeExclusions()).toHaveLength(2);
  });

  it('removes a hidden list’s entries, which only the elevated side sees', async () => {
    const parts = await start('hiddenLists');
    const outcome = await apply(parts);
    expect(outcome.kind).toBe('applied');
    const { report } = await rollback(parts.rollback, { kind: 'all' });
    expect(report.kept).toEqual([]);
    await expectNothingLeft(parts);
  });
});

describe('when it is refused', () => {
  it.each([
    ['uacDeclined', 'declined', 'elevation.declined'],
    ['tamperProtected', 'refused', 'defender.notApplied'],
  ] as const)('%s leaves nothing behind', async (scenario, kind, code) => {
    const parts = await start(scenario);
    const outcome = await apply(parts);
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
      { ...item, value: 'C:\\Users\\lin' },
      { ...item, value: `${item.value}\\` },
      { ...item, value: '%TEMP%' },
      { ...item, kind: 'process' as const, value: 'go.exe' },
      { ...item, setsGoEnv: { name: 'PATH', value: item.value } },
      { ...item, setsGoEnv: { name: 'GOTMPDIR', value: 'C:\\Windows\\Temp' } },
    ];
    for (const bad of attempts) {
      const failure = await applyExclusions(parts, { items: [bad], askRoot: labGo }).then(
        () => null,
        (error: unknown) => asFailure(error),
      );
      expect(failure?.code).toBe('exclusion.refused');
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
    const outcome = await apply(parts, { elevation: refuseFolder });
    expect(outcome.kind).toBe('partly');
    expect(outcome.results.map(({ result }) => result)).toEqual(['refused', 'applied']);
    expect(await gotmpdir(parts)).toBe('');
    expect(parts.journal.activeExclusions()).toHaveLength(1);
  });

  it('GOTMPDIR that Go does not take', async () => {
    const parts = await start('blockOnExtract');
    const goEnv = { ...parts.goEnv, set: () => Promise.resolve(false) };
    const outcome = await apply(parts, { goEnv });
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
    const outcome = await apply(parts, { elevation: noTask });
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
    expect(await local(parts)).toHaveLength(1);
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

describe('expiry', () => {
  it('ends each by itself, notes it, and takes back what went with it', async () => {
    const parts = await start('blockOnExtract');
    await apply(parts);
    await parts.clock.advance(8 * 3_600_000 + 1000);
    const seen = await readExclusions(parts);
    expect(seen).toMatchObject({ visibility: 'known', ours: 1 });
    expect(await gotmpdir(parts)).toBe('');
    expect(await parts.files.exists(labFolders.buildFolder)).toBe(false);
    expect(historyOf(parts.journal.runs())[0]).toMatchObject({
      kind: 'expired',
      title: { key: 'history.expired', params: { count: 1 } },
    });
    await parts.clock.advance(7 * 86_400_000);
    expect(await readExclusions(parts)).toMatchObject({ ours: 0, firstEnds: null });
    await expectNothingLeft(parts);
  });

  it('happens while nothing runs, and the next start sees it', async () => {
    const parts = await start('blockOnExtract');
    await apply(parts);
    parts.close();
    await parts.clock.advance(8 * 86_400_000);
    const next = await labParts(scratch, 'blockOnExtract', { stateFolder: parts.stateFolder });
    opened.push(next);
    expect(await local(next)).toEqual([]);
    expect((await readExclusions(next)).ours).toBe(0);
    const state = JSON.parse(
      await readFile(join(parts.stateFolder, 'lab', 'defender.json'), 'utf8'),
    ) as {
      tasks: unknown[];
    };
    expect(state.tasks).toEqual([]);
  });

  it('is seen in the log where the list is hidden', async () => {
    const parts = await start('hiddenLists');
    await apply(parts);
    expect(await readExclusions(parts)).toMatchObject({ visibility: 'hidden', ours: 2 });
    await parts.clock.advance(8 * 86_400_000);
    expect(await readExclusions(parts)).toMatchObject({ visibility: 'hidden', ours: 0 });
  });

  it('notices what was removed in Windows', async () => {
    const parts = await start('blockOnExtract');
    await apply(parts);
    const [first] = parts.journal.activeExclusions();
    if (first === undefined) throw new Error('one of ours');
    await parts.elevation.run({
      id: '1',
      steps: [{ kind: 'removeExclusion', exclusion: first.exclusion }],
    });
    expect((await readExclusions(parts)).ours).toBe(1);
    expect(historyOf(parts.journal.runs())[0]?.title.key).toBe('history.foundGone');
  });
});

describe('the list', () => {
  it('tells whose each is, and how far it reaches', async () => {
    const parts = await start('blockOnExtract', {
      policyPaths: ['C:\\ProgramData\\Contoso\\Agent'],
    });
    await apply(parts);
    const file = join(parts.stateFolder, 'lab', 'defender.json');
    const state = JSON.parse(await readFile(file, 'utf8')) as { exclusions: unknown[] };
    state.exclusions.push(
      { kind: 'process', value: 'node.exe' },
      { kind: 'path', value: 'C:\\Users\\lin\\source' },
      { kind: 'path', value: 'C:\\Users\\lin\\AppData\\Local\\Temp' },
      { kind: 'extension', value: '.exe' },
    );
    await writeFile(file, JSON.stringify(state));
    const { items } = await readExclusions(parts);
    expect(items.map((item) => [item.value.slice(0, 36), item.owner, item.risk.level])).toEqual([
      ['C:\\Users\\lin\\AppData\\Local\\Gangway\\t', 'gangway', 'low'],
      ['C:\\Users\\lin\\AppData\\Local\\go-build\\', 'gangway', 'low'],
      ['.exe', 'unknown', 'high'],
      ['C:\\ProgramData\\Contoso\\Agent', 'organisation', 'medium'],
      ['C:\\Users\\lin\\AppData\\Local\\Temp', 'user', 'high'],
      ['C:\\Users\\lin\\source', 'user', 'medium'],
      ['node.exe', 'unknown', 'high'],
    ]);
  });

  it('shows a hidden list by a prompt, and only by one', async () => {
    const parts = await start('hiddenLists');
    expect(await readExclusions(parts)).toMatchObject({ visibility: 'hidden', items: [] });
    expect(await readExclusions(parts, true)).toMatchObject({
      visibility: 'known',
      shownByPrompt: true,
    });
    const no = await start('hiddenLists', { promptAnswer: 'no' });
    expect(await readExclusions(no, true)).toMatchObject({
      visibility: 'hidden',
      shownByPrompt: false,
      failure: { code: 'elevation.declined' },
    });
  });
});
