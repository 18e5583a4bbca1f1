import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  applyPlanned,
  expectNothingLeft,
  labsFor,
  localEntries,
  tmpDirOf,
} from '../../../../test/support/exclusionsInLab';
import { labGo } from '../../../../test/support/labParts';
import { temporaryFolder } from '../../../../test/support/temporary';
import { historyOf } from '../../journal/history';
import { labFolders } from '../../lab/machine';
import type { Elevation } from '../../ports';
import { rollback } from '../rollback';
import { applyExclusions } from './index';

const start = labsFor(temporaryFolder());

describe('do', () => {
  it('sets what was planned, reads it back, and builds stop being taken', async () => {
    const parts = await start('blockOnExtract');
    const build = { goTmpDir: null, goRoot: labGo, tests: 3 };
    expect(await parts.lab.simulateBuild(build)).toMatchObject({ taken: 3 });
    const outcome = await applyPlanned(parts);
    expect(outcome.kind).toBe('applied');
    expect(outcome.results.map(({ result }) => result)).toEqual(['applied', 'applied']);
    expect(outcome.results.every(({ expires }) => expires !== null)).toBe(true);
    expect(await tmpDirOf(parts)).toBe(labFolders.buildFolder);
    expect(parts.journal.openRuns()).toEqual([]);
    const goTmpDir = await tmpDirOf(parts);
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
    await applyPlanned(parts);
    const after = await parts.lab.simulateBuild({ ...build, goTmpDir: await tmpDirOf(parts) });
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
    expect(await localEntries(parts)).toHaveLength(2);
  });
});

describe('do, then roll back', () => {
  it.each(['run', 'all', 'exclusions'] as const)('by %s leaves nothing', async (kind) => {
    const parts = await start('blockOnExtract');
    const { run } = await applyPlanned(parts);
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
    await applyPlanned(parts);
    const ours = parts.journal.activeExclusions();
    const cache = ours.find(({ exclusion }) => exclusion.value.includes('go-build'));
    await rollback(parts.rollback, { kind: 'exclusion', id: cache?.id ?? '' });
    expect(await tmpDirOf(parts)).toBe(labFolders.buildFolder);
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
    const outcome = await applyPlanned(parts);
    expect(outcome.results[0]).toMatchObject({
      result: 'applied',
      why: { key: 'exclusions.result.thereBefore' },
    });
    await writeFile(parts.drive.host(`${labFolders.buildFolder}\\keep.txt`), '');
    await parts.goEnv.set(labGo, 'GOTMPDIR', 'C:\\Users\\lin\\other');
    const { report } = await rollback(parts.rollback, { kind: 'all' });
    expect(await localEntries(parts)).toEqual([theirs.value]);
    expect(await tmpDirOf(parts)).toBe('C:\\Users\\lin\\other');
    expect(report.kept.map(({ why }) => why.key)).toEqual([
      'rollback.kept.goEnvChanged',
      'rollback.kept.folderNotEmpty',
    ]);
    // What others changed is theirs now; the folder is still ours to remove.
    const again = await rollback(parts.rollback, { kind: 'all' });
    expect(again.report.kept.map(({ why }) => why.key)).toEqual(['rollback.kept.folderNotEmpty']);
  });

  it('restores a GOTMPDIR that was set before', async () => {
    const parts = await start('blockOnExtract');
    const items = await parts.items();
    await parts.goEnv.set(labGo, 'GOTMPDIR', 'C:\\Users\\lin\\mine');
    await applyExclusions(parts, { items, askRoot: labGo });
    await rollback(parts.rollback, { kind: 'all' });
    expect(await tmpDirOf(parts)).toBe('C:\\Users\\lin\\mine');
  });

  it('declined: nothing is changed, and the next time it works', async () => {
    const parts = await start('blockOnExtract');
    await applyPlanned(parts);
    const no: Elevation = { ...parts.elevation, run: () => Promise.resolve({ kind: 'declined' }) };
    const { protection } = parts.rollback;
    if (protection === null) throw new Error('no protection');
    const declined = await rollback(
      { ...parts.rollback, protection: { ...protection, elevation: no } },
      { kind: 'all' },
    );
    expect(declined).toMatchObject({ kind: 'declined', failure: { code: 'elevation.declined' } });
    expect(declined.report.undone).toEqual([]);
    expect(await localEntries(parts)).toHaveLength(2);
    expect(await tmpDirOf(parts)).toBe(labFolders.buildFolder);
    await rollback(parts.rollback, { kind: 'all' });
    await expectNothingLeft(parts);
  });

  it('goes on after an error, and names it', async () => {
    const parts = await start('blockOnExtract');
    await applyPlanned(parts);
    const goEnv = { ...parts.goEnv, read: () => Promise.reject(new Error('go is gone')) };
    const outcome = await rollback({ ...parts.rollback, goEnv }, { kind: 'all' });
    expect(outcome.report.kept).toMatchObject([
      { value: 'GOTMPDIR', why: { key: 'rollback.kept.error' } },
    ]);
    expect(await localEntries(parts)).toEqual([]);
    expect(await parts.files.exists(labFolders.buildFolder)).toBe(false);
    await rollback(parts.rollback, { kind: 'all' });
    await expectNothingLeft(parts);
  });

  it('keeps what Tamper Protection keeps, and says so', async () => {
    const parts = await start('blockOnExtract');
    await applyPlanned(parts);
    const guarded = await start('tamperProtected', {}, parts.stateFolder);
    const { report } = await rollback(guarded.rollback, { kind: 'exclusions' });
    expect(report.kept.map(({ why }) => why.key)).toEqual([
      'rollback.kept.stays',
      'rollback.kept.stays',
    ]);
    expect(guarded.journal.activeExclusions()).toHaveLength(2);
  });

  it('removes a hidden list’s entries, which only the elevated side sees', async () => {
    const parts = await start('hiddenLists');
    const outcome = await applyPlanned(parts);
    expect(outcome.kind).toBe('applied');
    const { report } = await rollback(parts.rollback, { kind: 'all' });
    expect(report.kept).toEqual([]);
    await expectNothingLeft(parts);
  });
});
