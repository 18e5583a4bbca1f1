import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { labParts, labGo, type LabPartsForTest } from '../../../../test/support/labParts';
import { temporaryFolder } from '../../../../test/support/temporary';
import { openLabClock } from '../clock';
import { isExcluded, type ScanContext } from './matching';
import { isScenario, scenarioNames } from './scenarios';
import type { Exclusion } from '../../../shared/model';

const scratch = temporaryFolder();
const opened: LabPartsForTest[] = [];
const start = async (
  ...options: Parameters<typeof labParts> extends [string, ...infer R] ? R : never
) => {
  const parts = await labParts(scratch, ...options);
  opened.push(parts);
  return parts;
};
afterEach(() => {
  for (const parts of opened.splice(0)) parts.close();
});

const path = (value: string): Exclusion => ({ kind: 'path', value });

describe('matching', () => {
  const cases: readonly [string, Exclusion, string, ScanContext, boolean][] = [
    ['a folder covers what is below', path('C:\\a'), 'C:\\a\\b\\c.exe', {}, true],
    ['in any case', path('C:\\A\\'), 'c:\\a\\B.exe', {}, true],
    ['and not its namesakes', path('C:\\a'), 'C:\\ab\\c.exe', {}, false],
    ['a file is a file', path('C:\\a\\b.exe'), 'C:\\a\\b.exe', {}, true],
    ['a name without a folder does nothing', path('b.exe'), 'C:\\a\\b.exe', {}, false],
    ['* is one folder', path('C:\\*\\x'), 'C:\\a\\x\\y.exe', {}, true],
    ['and not two', path('C:\\*\\x'), 'C:\\a\\b\\x\\y.exe', {}, false],
    ['* in a file name stays in its folder', path('C:\\a\\*.exe'), 'C:\\a\\b.exe', {}, true],
    ['… and goes no deeper', path('C:\\a\\*.exe'), 'C:\\a\\b\\c.exe', {}, false],
    [
      'after a last * all is covered',
      path('C:\\a\\go-build*'),
      'C:\\a\\go-build1\\b\\c.exe',
      {},
      true,
    ],
    ['? is one character', path('C:\\a?'), 'C:\\ab\\c.exe', {}, true],
    ['no wildcard for a drive', path('?:\\a'), 'C:\\a\\b.exe', {}, false],
    [
      'a user’s variable is another folder to SYSTEM',
      path('%LOCALAPPDATA%\\go-build'),
      'C:\\Users\\lin\\AppData\\Local\\go-build\\x',
      {},
      false,
    ],
    ['… namely SYSTEM’s own', path('%TEMP%'), 'C:\\Windows\\Temp\\x.exe', {}, true],
    [
      'a process is matched by name',
      { kind: 'process', value: 'go.exe' },
      'D:\\any',
      { process: 'E:\\go.exe' },
      true,
    ],
    [
      'by path only at that path',
      { kind: 'process', value: 'C:\\go.exe' },
      'D:\\any',
      { process: 'E:\\go.exe' },
      false,
    ],
    [
      'not on demand',
      { kind: 'process', value: 'go.exe' },
      'D:\\any',
      { process: 'E:\\go.exe', trigger: 'OnDemand' },
      false,
    ],
    ['an extension, anywhere', { kind: 'extension', value: '.obj' }, 'D:\\x\\y.OBJ', {}, true],
    ['an address covers no file', { kind: 'ip', value: '10.0.0.1' }, 'D:\\x', {}, false],
    [
      'a context names its process',
      path('C:\\a\\:{Process:"C:\\go\\*"}'),
      'C:\\a\\b',
      { process: 'C:\\go\\link.exe' },
      true,
    ],
    [
      'and no other',
      path('C:\\a\\:{Process:"C:\\go\\*"}'),
      'C:\\a\\b',
      { process: 'C:\\x.exe' },
      false,
    ],
    [
      'and its trigger',
      path('C:\\a\\:{ScanTrigger:OnAccess}'),
      'C:\\a\\b',
      { trigger: 'OnDemand' },
      false,
    ],
    [
      'and its kind of scan',
      path('C:\\a\\:{ScanType:quick}'),
      'C:\\a\\b',
      { scanType: 'full' },
      false,
    ],
    [
      'words of a context are case-sensitive',
      path('C:\\a\\:{scantrigger:OnAccess}'),
      'C:\\a\\b',
      {},
      false,
    ],
    [
      'a file’s context does not cover a folder',
      path('C:\\a\\:{PathType:file}'),
      'C:\\a\\b',
      {},
      false,
    ],
  ];
  it.each(cases)('%s', (_, entry, file, scan, excluded) => {
    expect(isExcluded(file, [entry], scan)).toBe(excluded);
  });

  it('does not follow reparse points below an excluded folder', () => {
    const disk = {
      isReparsePoint: (at: string) => at === 'C:\\a\\link',
      isNewReparsePoint: () => false,
    };
    expect(isExcluded('C:\\a\\link\\x.exe', [path('C:\\a')], {}, disk)).toBe(false);
    expect(isExcluded('C:\\a\\x.exe', [path('C:\\a')], {}, disk)).toBe(true);
    expect(isExcluded('C:\\a\\link\\x.exe', [path('C:\\a\\link')], {}, disk)).toBe(true);
    const fresh = { ...disk, isNewReparsePoint: (at: string) => at === 'C:\\a\\link' };
    expect(isExcluded('C:\\a\\link\\x.exe', [path('C:\\a\\link')], {}, fresh)).toBe(false);
  });

  it('asks the lab’s own disk for reparse points', async () => {
    const parts = await start('clean');
    const inside = 'C:\\Users\\lin\\build\\link';
    await mkdir(parts.drive.host('C:\\Users\\lin\\build'), { recursive: true });
    await mkdir(parts.drive.host('C:\\Users\\lin\\else'), { recursive: true });
    await symlink(parts.drive.host('C:\\Users\\lin\\else'), parts.drive.host(inside));
    await parts.elevation.run({
      id: '1',
      steps: [{ kind: 'addExclusion', exclusion: path('C:\\Users\\lin\\build') }],
    });
    expect(await parts.defender.check('C:\\Users\\lin\\build\\x.exe')).toBe('excluded');
    expect(await parts.defender.check(`${inside}\\x.exe`)).toBe('notExcluded');
  });
});

describe('scenarios', () => {
  it.each(scenarioNames)('%s opens, and again', async (name) => {
    expect(isScenario(name)).toBe(true);
    const parts = await start(name);
    const before = await parts.events.since(new Date(0));
    const again = await start(name, { stateFolder: parts.stateFolder });
    expect(await again.events.since(new Date(0))).toEqual(before);
  });

  it('share exclusions and tasks, and no events', async () => {
    const parts = await start('blockOnExtract');
    const exclusion = path('C:\\Users\\lin\\build');
    await parts.elevation.run({ id: '1', steps: [{ kind: 'addExclusion', exclusion }] });
    const clean = await start('clean', { stateFolder: parts.stateFolder });
    expect((await clean.defender.exclusions()).exclusions).toMatchObject([exclusion]);
    expect(await clean.events.since(new Date(0))).toEqual([]);
  });
});

describe('state', () => {
  it('is one for several at once: nothing is lost', async () => {
    const parts = await start('clean');
    const other = await start('clean', { stateFolder: parts.stateFolder });
    await Promise.all(
      Array.from({ length: 24 }, (_, number) =>
        (number % 2 === 0 ? parts : other).elevation.run({
          id: String(number),
          steps: [{ kind: 'addExclusion', exclusion: path(`C:\\Users\\lin\\b${String(number)}`) }],
        }),
      ),
    );
    expect((await parts.defender.exclusions()).exclusions).toHaveLength(24);
    const records = await other.events.since(new Date(0));
    expect(new Set(records.map((record) => record.recordId)).size).toBe(24);
  });
});

describe('clock', () => {
  it('is the same for every process of the lab, and wakes without polling', async () => {
    const folder = join(scratch, 'clock', 'lab');
    const one = await openLabClock(folder);
    const two = await openLabClock(folder);
    const woken = vi.fn();
    two.wake(new Date(two.now().getTime() + 3_600_000), woken);
    const cancelled = vi.fn();
    two.wake(new Date(two.now().getTime() + 3_600_000), cancelled)();
    await one.advance(1_800_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(woken).not.toHaveBeenCalled();
    await one.advance(1_800_001);
    await vi.waitFor(() => {
      expect(woken).toHaveBeenCalledTimes(1);
    });
    expect(cancelled).not.toHaveBeenCalled();
    expect(Math.abs(two.now().getTime() - one.now().getTime())).toBeLessThan(1000);
    one.close();
    two.close();
  });

  it('runs a due task in a lab that nobody asks', async () => {
    const parts = await start('clean');
    const exclusion = path('C:\\Users\\lin\\build');
    const at = new Date(parts.clock.now().getTime() + 60_000).toISOString();
    await parts.elevation.run({
      id: '1',
      steps: [
        { kind: 'addExclusion', exclusion },
        { kind: 'registerExpiry', task: 'Gangway-Expiry-1', exclusion, at },
      ],
    });
    await parts.clock.advance(61_000);
    const file = join(parts.stateFolder, 'lab', 'defender.json');
    await vi.waitFor(async () => {
      const state = JSON.parse(await readFile(file, 'utf8')) as {
        exclusions: unknown[];
        tasks: unknown[];
      };
      expect(state).toMatchObject({ exclusions: [], tasks: [] });
    });
  });
});

describe('events', () => {
  it('say when tamper protection undid a change', async () => {
    const parts = await start('tamperProtected');
    const before = (await parts.events.since(new Date(0))).length;
    await parts.elevation.run({
      id: '1',
      steps: [{ kind: 'addExclusion', exclusion: path('C:\\Users\\lin\\build') }],
    });
    const records = (await parts.events.since(new Date(0))).slice(before);
    expect(records.map((record) => /<EventID>(\d+)</.exec(record.xml)?.[1])).toEqual(['5013']);
    expect(labGo).toContain('Gangway');
  });
});
