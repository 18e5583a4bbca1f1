import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { labGo, labParts, type LabPartsForTest } from '../../../../test/support/labParts';
import { temporaryFolder } from '../../../../test/support/temporary';
import { labFolders } from '../../lab/machine';
import type { LabSettings, ScenarioName } from '../../lab/defender';
import { jsonFile } from '../../node/jsonFile';
import type { EventLog, EventRecord } from '../../ports';
import type { Block } from '../../../shared/model';
import { translate } from '../../../shared/text/translate';
import { readBlocks, watchBlocks, watchMemorySchema, type BlockWatch } from './index';
import { parseEvent, type WindowsEvent } from './parseEvent';
import { tellBlocks } from './stories';

const scratch = temporaryFolder();
const opened: LabPartsForTest[] = [];
const watches: BlockWatch[] = [];
const start = async (
  scenario: ScenarioName,
  settings: Partial<LabSettings> = {},
): Promise<LabPartsForTest> => {
  const parts = await labParts(scratch, scenario, { settings });
  opened.push(parts);
  return parts;
};
afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.close();
  for (const parts of opened.splice(0)) parts.close();
});

const compiler = `${labGo}\\pkg\\tool\\windows_amd64\\compile.exe`;

async function write(parts: LabPartsForTest, winPath: string): Promise<string> {
  const host = parts.drive.host(winPath);
  await mkdir(dirname(host), { recursive: true });
  await writeFile(host, 'MZ');
  return host;
}

async function follow(
  parts: LabPartsForTest,
  events: Pick<EventLog, 'since' | 'subscribe'> = parts.events,
): Promise<{ watch: BlockWatch; told: Block[] }> {
  const told: Block[] = [];
  const memory = jsonFile(join(parts.stateFolder, 'blocks.json'), watchMemorySchema);
  const watch = await watchBlocks(
    { ...parts.stories, events, clock: parts.clock, memory },
    { onChange: () => undefined, onNew: (block) => told.push(block) },
  );
  watches.push(watch);
  return { watch, told };
}

/** A watch on a log that is empty until the test gives it records. */
async function followByHand(): Promise<
  Awaited<ReturnType<typeof follow>> & { give(record: EventRecord): void }
> {
  let give: (record: EventRecord) => void = () => undefined;
  const followed = await follow(await start('clean'), {
    since: () => Promise.resolve([]),
    subscribe: (_, onRecord) => {
      give = onRecord;
      return Promise.resolve(() => undefined);
    },
  });
  return {
    ...followed,
    give: (record) => {
      give(record);
    },
  };
}

describe('the lab takes files', () => {
  it.each([
    ['blockOnExtract', compiler],
    ['blockOnDownload', 'C:\\Users\\lin\\AppData\\Local\\Gangway\\downloads\\f0c0'],
    ['blockOnExtract', `${labFolders.temp}\\go-build1\\b001\\exe\\a.out.exe`],
  ] as const)('%s: %s is gone from the disk and one row on the page', async (scenario, winPath) => {
    const parts = await start(scenario);
    const host = await write(parts, winPath);
    const taken = await parts.lab.onFileWritten(host, winPath);
    expect(taken).toMatchObject({ path: winPath });
    await expect(stat(host)).rejects.toThrow('ENOENT');
    const { blocks } = await readBlocks({ ...parts.stories, ...parts }, 1);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({
      path: winPath,
      concernsGo: true,
      action: 'quarantined',
      count: 1,
    });
  });

  it('not in clean, not where it is excluded, and not what the scenario leaves', async () => {
    const clean = await start('clean');
    expect(await clean.lab.onFileWritten(await write(clean, compiler), compiler)).toBeNull();
    const parts = await start('blockOnExtract');
    const host = await write(parts, compiler);
    await parts.elevation.run({
      id: '1',
      steps: [{ kind: 'addExclusion', exclusion: { kind: 'path', value: compiler } }],
    });
    expect(await parts.lab.onFileWritten(host, compiler)).toBeNull();
    const invoice = 'C:\\Users\\lin\\Downloads\\invoice.txt';
    expect(await parts.lab.onFileWritten(await write(parts, invoice), invoice)).toBeNull();
  });
});

describe('stories', () => {
  it('are one row for 57 test programs', async () => {
    const parts = await start('blockOnExtract');
    const { blocks } = await readBlocks({ ...parts.stories, ...parts });
    expect(blocks).toHaveLength(1);
    const [block] = blocks;
    expect(block).toMatchObject({ count: 57, verdict: 'builtHere', exclusionHelps: true });
    expect(translate('en', block?.headline ?? { key: 'blocks.headline.blocked' })).toBe(
      'Defender quarantined 57 test programs during go test',
    );
    expect(block?.evidence.find((row) => row.id === 'events')?.value).toBe('1116, 1117');
  });

  it('say that exclusions do not help against Smart App Control', async () => {
    const parts = await start('smartAppControl');
    const { blocks } = await readBlocks({ ...parts.stories, ...parts });
    expect(blocks).toMatchObject([
      {
        file: 'gopls.exe',
        path: 'C:\\Users\\lin\\go\\bin\\gopls.exe',
        source: 'appControl',
        concernsGo: true,
        exclusionHelps: false,
        headline: { key: 'blocks.headline.smartAppControl' },
        verdictText: { key: 'blocks.verdict.notDefender' },
      },
    ]);
  });

  it('tell attack surface reduction apart', async () => {
    const parts = await start('asrBlock');
    const { blocks } = await readBlocks({ ...parts.stories, ...parts });
    expect(blocks).toMatchObject([
      { source: 'attackSurfaceReduction', action: 'blocked', count: 3, verdict: 'builtHere' },
    ]);
  });

  it('claim the original only where a hash says so', async () => {
    const parts = await start('blockOnExtract');
    await parts.lab.onFileWritten(await write(parts, compiler), compiler);
    const known = {
      version: 'go1.27.0',
      verdict: 'originalFile' as const,
      verifiedAt: '2026-11-23T14:31:00.000Z',
      release: false,
    };
    const told = async (identify: typeof parts.stories.identify): Promise<Block | undefined> =>
      (await readBlocks({ ...parts.stories, ...parts, identify }, 1)).blocks[0];
    expect(await told(() => Promise.resolve(null))).toMatchObject({
      verdict: 'unknown',
      whatItIs: { key: 'blocks.whatItIs.tool.compile' },
    });
    const original = await told((path) => Promise.resolve(path === compiler ? known : null));
    expect(original?.verdict).toBe('originalFile');
    expect(translate('en', original?.verdictText ?? { key: 'blocks.verdict.notGo' })).toBe(
      'Original file of Go 1.27.0',
    );
  });

  it('are the same in any order, and with records given twice', async () => {
    const parts = await start('blockOnExtract');
    await parts.lab.simulateBuild({ goTmpDir: null, goRoot: labGo, tests: 4 });
    const events = (await parts.events.since(new Date(0))).flatMap(({ xml }): WindowsEvent[] => {
      const parsed = parseEvent(xml);
      return parsed.kind === 'event' ? [parsed.event] : [];
    });
    const forward = await tellBlocks(events, parts.stories);
    const backward = await tellBlocks([...events, ...events].reverse(), parts.stories);
    expect(backward).toEqual(forward);
    expect(forward.map((block) => block.count)).toEqual([4, 57]);
  });
});

describe('watching', () => {
  it('announces no history at the first start', async () => {
    const parts = await start('blockOnExtract');
    const { watch, told } = await follow(parts);
    expect(told).toEqual([]);
    expect(watch.current().blocks).toMatchObject([{ count: 57, seen: true }]);
  });

  it('announces a block once, as it comes', async () => {
    const parts = await start('blockOnExtract');
    const { watch, told } = await follow(parts);
    await parts.lab.onFileWritten(await write(parts, compiler), compiler);
    await vi.waitFor(() => {
      expect(told).toHaveLength(1);
    });
    expect(told[0]).toMatchObject({ file: 'compile.exe', action: 'quarantined', seen: false });
    await watch.markSeen(told[0]?.id ?? '');
    expect(watch.current().blocks[0]).toMatchObject({ file: 'compile.exe', seen: true });
    await watch.retell();
    expect(told).toHaveLength(1);
  });

  it('announces a burst once', async () => {
    const parts = await start('blockOnExtract');
    const { watch, told } = await follow(parts);
    await parts.lab.simulateBuild({ goTmpDir: null, goRoot: labGo, tests: 6 });
    await vi.waitFor(() => {
      expect(watch.current().blocks[0]?.count).toBe(6);
    });
    expect(told).toHaveLength(1);
  });

  it('catches up with what came while nothing watched, once', async () => {
    const parts = await start('blockOnExtract');
    const first = await follow(parts);
    await first.watch.close();
    await parts.lab.onFileWritten(await write(parts, compiler), compiler);
    const second = await follow(parts);
    await vi.waitFor(() => {
      expect(second.told.map((block) => block.file)).toEqual(['compile.exe']);
    });
    await second.watch.close();
    const third = await follow(parts);
    expect(third.told).toEqual([]);
    expect(third.watch.current().blocks).toHaveLength(2);
  });

  it('sees what another process of the same lab does', async () => {
    const parts = await start('blockOnExtract');
    const { told } = await follow(parts);
    const other = await labParts(scratch, 'blockOnExtract', { stateFolder: parts.stateFolder });
    opened.push(other);
    await other.lab.onFileWritten(await write(other, compiler), compiler);
    await vi.waitFor(() => {
      expect(told).toHaveLength(1);
    });
  });

  it('counts a record that cannot be read, and goes on', async () => {
    const { watch, told, give } = await followByHand();
    const source = await start('blockOnExtract');
    const [real] = (await source.events.since(new Date(0))).slice(1);
    if (real === undefined) throw new Error('a record');
    give({ channel: 'x', recordId: 1, xml: '<!DOCTYPE a>' });
    give({ ...real, channel: 'x', recordId: 2 });
    await vi.waitFor(() => {
      expect(told).toHaveLength(1);
    });
    expect(watch.current().unreadable).toBe(1);
  });

  it('holds a detection back until its action follows', async () => {
    const { told, give } = await followByHand();
    const source = await start('blockOnExtract');
    const [detected, acted] = await source.events.since(new Date(0));
    if (detected === undefined || acted === undefined) throw new Error('two records');
    give(detected);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(told).toEqual([]);
    give(acted);
    await vi.waitFor(() => {
      expect(told.map((block) => block.action)).toEqual(['quarantined']);
    });
  });
});
