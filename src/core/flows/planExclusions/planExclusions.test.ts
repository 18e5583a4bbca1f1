import { mkdir, symlink } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { labParts, labGo, type LabPartsForTest } from '../../../../test/support/labParts';
import { temporaryFolder } from '../../../../test/support/temporary';
import { labFolders } from '../../lab/machine';
import type { ScenarioName } from '../../lab/defender';
import type { Block } from '../../../shared/model';
import { hasMessage, translate } from '../../../shared/text/translate';
import { applyExclusions } from '../applyExclusions';
import { planStep, shapeChoice } from './index';

const scratch = temporaryFolder();
let parts: LabPartsForTest | null = null;
const start = async (scenario: ScenarioName): Promise<LabPartsForTest> => {
  parts = await labParts(scratch, scenario);
  return parts;
};
afterEach(() => {
  parts?.close();
  parts = null;
});

describe('what is suggested', () => {
  it.each([
    ['clean', 'none', 'exclusions.reason.noBlocks'],
    ['blockOnDownload', 'plan', 'exclusions.reason.testsBoth'],
    ['blockOnExtract', 'plan', 'exclusions.reason.testsBoth'],
    ['asrBlock', 'plan', 'exclusions.reason.launchesBoth'],
    ['smartAppControl', 'cannot', 'exclusions.reason.smartAppControl'],
    ['tamperProtected', 'plan', 'exclusions.reason.testsBoth'],
    ['managed', 'cannot', 'exclusions.reason.managed'],
    ['hiddenLists', 'plan', 'exclusions.reason.testsBoth'],
    ['thirdPartyAntivirus', 'cannot', 'exclusions.reason.otherAntivirus'],
    ['uacDeclined', 'plan', 'exclusions.reason.testsBoth'],
    ['defenderOff', 'cannot', 'exclusions.reason.off'],
  ] as const)('%s: %s', async (scenario, suggestion, reason) => {
    const { plan } = await start(scenario);
    const planned = await plan();
    expect(planned.suggestion).toBe(suggestion);
    expect(planned.reason.key).toBe(reason);
    expect(planned.items.length > 0).toBe(suggestion === 'plan');
    for (const row of planned.basis) {
      expect(translate('en', row.text)).not.toMatch(/\{\{|exclusions\./);
      expect(translate('zh-CN', row.value)).not.toMatch(/\{\{|exclusions\./);
    }
  });

  it('is the same for the same readings', async () => {
    const { plan } = await start('blockOnExtract');
    const [first, second] = [await plan(), await plan()];
    expect(second.items).toEqual(first.items);
    expect(second.reason).toEqual(first.reason);
  });

  it('opens cards when asked anyway, and still suggests none', async () => {
    const { plan } = await start('clean');
    const planned = await plan({ anyway: true });
    expect(planned.suggestion).toBe('none');
    expect(planned.items.map((item) => item.id)).toEqual(['buildFolder', 'buildCache']);
  });

  it('cannot be talked into a plan that has no effect', async () => {
    const { plan } = await start('managed');
    expect((await plan({ anyway: true })).items).toEqual([]);
  });

  it('guesses no folders where no Go answers', async () => {
    const { plan } = await start('blockOnExtract');
    for (const askRoot of [null, 'C:\\nowhere']) {
      const planned = await plan({ askRoot, anyway: true });
      expect(planned).toMatchObject({
        suggestion: 'cannot',
        reason: { key: 'exclusions.reason.goNotAsked' },
        items: [],
      });
    }
  });

  it('says so when what it would suggest is active', async () => {
    const world = await start('blockOnExtract');
    await applyExclusions(world, { items: await world.items(), askRoot: labGo });
    const planned = await world.plan();
    expect(planned).toMatchObject({
      suggestion: 'none',
      reason: { key: 'exclusions.reason.active' },
    });
  });
});

describe('the items', () => {
  it('are the build folder, then the cache for the tools that will build', async () => {
    const { plan } = await start('blockOnExtract');
    const { items } = await plan({ buildRoot: `${labFolders.installRoot}\\1.27.0` });
    expect(items).toMatchObject([
      {
        id: 'buildFolder',
        value: labFolders.buildFolder,
        contextual: false,
        expiry: '8h',
        enabled: true,
        risk: { level: 'low' },
        setsGoEnv: { name: 'GOTMPDIR', value: labFolders.buildFolder },
      },
      {
        id: 'buildCache',
        target: labFolders.goCache,
        contextual: true,
        expiry: '7d',
        enabled: true,
        value:
          `${labFolders.goCache}\\:{PathType:folder,ScanTrigger:OnAccess,` +
          `Process:"${labFolders.installRoot}\\1.27.0\\bin\\go.exe",` +
          `Process:"${labFolders.installRoot}\\1.27.0\\pkg\\tool\\windows_amd64\\*"}`,
      },
    ]);
    expect(translate('en', items[0]?.why ?? { key: 'exclusions.why.buildCache' })).toMatch(
      /^57 test programs were taken from %TEMP% on \d+ \w+\.$/,
    );
  });

  it('name the real folder of a link', async () => {
    const { plan, drive } = await start('blockOnExtract');
    await symlink(drive.host(labGo), drive.host(`${labFolders.installRoot}\\current`));
    const { items } = await plan({ buildRoot: `${labFolders.installRoot}\\current` });
    expect(items[1]?.value).toContain(`Process:"${labGo}\\bin\\go.exe"`);
  });

  it('name a toolchain outside the drive as Windows would', async () => {
    const { plan } = await start('blockOnExtract');
    const { items } = await plan({ buildRoot: '/srv/go/1.27.0' });
    expect(items[1]?.value).toContain('Process:"C:\\srv\\go\\1.27.0\\bin\\go.exe"');
  });

  it('are plain and of medium risk where contexts are not understood', async () => {
    parts = await labParts(scratch, 'blockOnExtract', { settings: { platform: '4.18.2203.5' } });
    const { items } = await parts.plan();
    expect(items[1]).toMatchObject({ value: labFolders.goCache, contextual: false });
    expect(items[1]?.risk.level).toBe('medium');
  });

  it('have a file of the toolchain only where its hash was compared', async () => {
    const world = await start('blockOnExtract');
    const compiler = (verdict: Block['verdict']): Block => ({
      id: 'b',
      at: '2026-11-23T14:41:00.000Z',
      source: 'defender',
      action: 'quarantined',
      headline: { key: 'blocks.headline.quarantined' },
      file: 'compile.exe',
      path: `${labGo}\\pkg\\tool\\windows_amd64\\compile.exe`,
      threat: 'Trojan:Win32/Wacatac.C!ml',
      verdict,
      verdictText: { key: 'blocks.verdict.notCompared' },
      whatItIs: { key: 'blocks.whatItIs.tool' },
      whatItMeans: { key: 'blocks.whatItMeans.named' },
      concernsGo: true,
      exclusionHelps: true,
      count: 1,
      seen: false,
      evidence: [],
    });
    const ids = async (verdict: Block['verdict']): Promise<readonly string[]> =>
      (await world.plan({ blocks: [compiler(verdict)] })).items.map((item) => item.purpose);
    expect(await ids('unknown')).not.toContain('toolchain');
    expect(await ids('ofRelease')).not.toContain('toolchain');
    expect(await ids('originalFile')).toContain('toolchain');
    const { journal } = world;
    const run = await journal.startRun('exclusions');
    for (const item of await world.items()) {
      const { kind, value, why } = item;
      const id = await journal.intent(run, {
        kind: 'addExclusion',
        exclusion: { kind, value },
        why,
        expires: null,
        task: null,
        before: false,
      });
      await journal.done(id, 'applied');
    }
    // Of what is left to propose, not of what the others were for.
    expect((await world.plan({ blocks: [compiler('originalFile')] })).reason).toMatchObject({
      key: 'exclusions.reason.file',
      params: { file: 'compile.exe' },
    });
  });

  it('show the module cache to experts, switched off', async () => {
    const { plan } = await start('blockOnExtract');
    const { items } = await plan({ expert: true });
    expect(items.at(-1)).toMatchObject({ purpose: 'moduleCache', enabled: false });
  });

  it('are refused, with the reason as a row, where a folder leads to a refused place', async () => {
    const { plan, drive } = await start('blockOnExtract');
    await mkdir(drive.host('C:\\Users\\lin\\Downloads'), { recursive: true });
    await symlink(drive.host('C:\\Users\\lin\\Downloads'), drive.host(labFolders.goCache));
    const planned = await plan();
    expect(planned.items.map((item) => item.id)).toEqual(['buildFolder']);
    expect(planned.refused).toMatchObject([
      { purpose: 'buildCache', why: { key: 'exclusions.refused.personalFolder' } },
    ]);
    expect(planned.basis.map((row) => row.id)).toContain('refused-buildCache');
  });
});

describe('what the step shows', () => {
  it('follows the switches and ends that were picked', async () => {
    const { plan, elevation, clock } = await start('blockOnExtract');
    const planned = await plan();
    const step = planStep(planned, elevation, clock.now());
    expect(step).toMatchObject({ status: 'ready', open: true, willAsk: true });
    expect(step.changes.map((change) => change.icon)).toEqual(['shield', 'folder', 'undo']);
    expect(step.changes[0]?.text.key).toBe('exclusions.change.skipBoth');
    // Two exclusions, two tasks, one setting.
    expect(step.commands).toHaveLength(5);
    const [first, second] = planned.items;
    if (first === undefined || second === undefined) throw new Error('two items');
    const one = shapeChoice(
      [
        { ...first, expiry: 'never' },
        { ...second, enabled: false },
      ],
      elevation,
      clock.now(),
    );
    expect(one.changes.map((change) => change.text.key)).toEqual([
      'exclusions.change.skipAlways',
      'exclusions.change.goEnv',
    ]);
    const none = shapeChoice([{ ...first, enabled: false }], elevation, clock.now());
    expect(none).toMatchObject({ changes: [], commands: [], willAsk: false });
    for (const change of step.changes) expect(hasMessage(change.text.key)).toBe(true);
  });
});
