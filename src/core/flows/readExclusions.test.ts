import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  applyPlanned,
  expectNothingLeft,
  labsFor,
  localEntries,
  tmpDirOf,
} from '../../../test/support/exclusionsInLab';
import { temporaryFolder } from '../../../test/support/temporary';
import { historyOf } from '../journal/history';
import { labFolders } from '../lab/machine';
import { readExclusions } from './readExclusions';

const start = labsFor(temporaryFolder());

describe('expiry', () => {
  it('ends each by itself, notes it, and takes back what went with it', async () => {
    const parts = await start('blockOnExtract');
    await applyPlanned(parts);
    await parts.clock.advance(8 * 3_600_000 + 1000);
    const seen = await readExclusions(parts);
    expect(seen).toMatchObject({ visibility: 'known', ours: 1 });
    expect(await tmpDirOf(parts)).toBe('');
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
    await applyPlanned(parts);
    parts.close();
    await parts.clock.advance(8 * 86_400_000);
    const next = await start('blockOnExtract', {}, parts.stateFolder);
    expect(await localEntries(next)).toEqual([]);
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
    await applyPlanned(parts);
    expect(await readExclusions(parts)).toMatchObject({ visibility: 'hidden', ours: 2 });
    await parts.clock.advance(8 * 86_400_000);
    expect(await readExclusions(parts)).toMatchObject({ visibility: 'hidden', ours: 0 });
  });

  it('notices what was removed in Windows', async () => {
    const parts = await start('blockOnExtract');
    await applyPlanned(parts);
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
    await applyPlanned(parts);
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
