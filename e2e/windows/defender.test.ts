// Defender's adapters on PowerShell's engine, state by state: the production scripts, the lab's answers.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import type { LabSettings } from '../../src/core/lab/defender';
import { elevatedCaller } from '../../src/core/lab/defender/answers';
import { addExclusions } from '../../src/core/lab/defender/preferences';
import type { ChannelTrouble, EventRecord } from '../../src/core/ports';
import type { Exclusion } from '../../src/shared/model';
import { hasMessage } from '../../src/shared/text/translate';
import { writeContextual } from '../../src/shared/rules/exclusions';
import { temporaryFolder } from '../../test/support/temporary';
import { openDefenderOnHost, type DefenderOnHost } from './support/defenderOnHost';

const scratch = temporaryFolder();
const host = inject('windowsHost');
const opened: DefenderOnHost[] = [];
const ends: (() => void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  for (const one of opened.splice(0)) await one.close();
});

async function start(
  options: Parameters<typeof openDefenderOnHost>[2] = {},
): Promise<DefenderOnHost> {
  const one = await openDefenderOnHost(scratch, host, options);
  opened.push(one);
  return one;
}
const withSettings = (settings: Partial<LabSettings>): Promise<DefenderOnHost> =>
  start({ settings });
const constrained = { environment: { GANGWAY_BENCH_LANGUAGE: 'ConstrainedLanguage' } };

function add({ lab }: DefenderOnHost, ...exclusions: readonly Exclusion[]): Promise<unknown> {
  return lab.store.change((step) => addExclusions(step, elevatedCaller, exclusions));
}
const folder = 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp';

describe('status, by state', () => {
  it.each([
    ['ordinary', {}, 'on', []],
    ['paused', { realTimeProtection: false }, 'paused', ['paused']],
    ['service off', { service: false }, 'off', ['serviceOff']],
    ['off by policy', { service: false, serviceError: '0x800704ec' }, 'off', ['offByPolicy']],
    ['removed', { cmdlets: 'namespaceMissing' }, 'off', ['removed']],
    ['provider fails', { cmdlets: 'providerFails' }, 'off', ['removed']],
    ['module missing', { cmdlets: 'moduleMissing' }, 'unknown', ['moduleMissing']],
    ['module not loaded', { cmdlets: 'moduleNotLoaded' }, 'unknown', ['moduleMissing']],
    ['empty answer', { cmdlets: 'empty' }, 'unknown', ['noAnswer']],
    ['empty status alone', { cmdlets: 'emptyStatus' }, 'unknown', ['noAnswer']],
    ['method not available', { cmdlets: 'notAvailable' }, 'unknown', ['failed']],
    ['passive mode', { runningMode: 'Passive Mode' }, 'passive', ['passive']],
    ['passive audit mode', { runningMode: 'Passive Audit Mode' }, 'passive', ['passiveAudit']],
    ['limited scanning', { runningMode: 'SxS Passive Mode' }, 'passive', ['limitedScanning']],
    ['EDR block mode', { runningMode: 'EDR Block Mode' }, 'passive', ['edrBlock']],
    ['no mode', { runningMode: '' }, 'on', []],
    ['unknown mode', { runningMode: 'Quantum Mode' }, 'on', ['unknownMode']],
    [
      'other antivirus',
      { otherAntivirus: 'Contoso Endpoint Protection', realTimeProtection: false },
      'otherAntivirus',
      ['otherAntivirus'],
    ],
    ['expired antivirus', { expiredAntivirus: 'Fabrikam Antivirus' }, 'on', []],
    ['Windows Server', { securityCenter: false }, 'on', []],
    ['merge disabled', { localEntriesIgnored: true }, 'on', ['localEntriesIgnored']],
    [
      'exclusions tamper protected',
      { tamperProtectedExclusions: true },
      'on',
      ['exclusionsTamperProtected'],
    ],
    [
      'lists hidden from administrators',
      { listsHidden: 'everyone' },
      'on',
      ['listsHiddenFromAdministrators'],
    ],
    ['lists hidden from users', { listsHiddenFromUsers: true }, 'on', ['listsHiddenFromUsers']],
    ['managed by Intune', { managedBy: 'intune' }, 'on', ['managed']],
    ['managed by Configuration Manager', { managedBy: 'configurationManager' }, 'on', ['managed']],
    ['performance mode', { performanceMode: 'on' }, 'on', ['performanceMode']],
    ['performance mode off', { performanceMode: 'off' }, 'on', ['performanceModeOff']],
    ['Smart App Control', { smartAppControl: 'on' }, 'on', ['smartAppControl']],
    ['its evaluation', { smartAppControl: 'evaluation' }, 'on', ['smartAppControlEvaluation']],
    ['no Smart App Control', { smartAppControl: 'unknown' }, 'on', []],
  ] as const)('%s', async (_, settings, kind, findings) => {
    const { defender, lab } = await withSettings({ tamperProtection: false, ...settings });
    const status = await defender.status();
    expect(status.kind).toBe(kind);
    expect(status.findings.map(({ id }) => id)).toEqual(expect.arrayContaining([...findings]));
    for (const { sentence } of status.findings) expect(hasMessage(sentence.key)).toBe(true);
    // The lab's own adapter judges the same state alike; only a failure's text is its own.
    const labStatus = await lab.defender.status();
    expect(status.kind).toBe(labStatus.kind);
    expect(status.findings.map(({ id }) => id)).toEqual(labStatus.findings.map(({ id }) => id));
    if (kind === 'on' || kind === 'paused') {
      const { readAt } = status;
      expect(status).toEqual({ ...labStatus, readAt });
    }
  });

  it('tells the same in Constrained Language Mode', async () => {
    const plain = await (await start({ scenario: 'managed' })).defender.status();
    const restricted = await start({ scenario: 'managed', ...constrained });
    const about = await restricted.session.about();
    expect(about).toMatchObject({ kind: 'value', value: { languageMode: 'ConstrainedLanguage' } });
    const status = await restricted.defender.status();
    expect({ ...status, readAt: '' }).toEqual({ ...plain, readAt: '' });
  });

  it('a host that dies leaves it unknown, and says so', async () => {
    const { defender } = await start({ environment: { GANGWAY_BENCH_FAULT: 'die' } });
    const status = await defender.status();
    expect(status.kind).toBe('unknown');
    expect(status.findings[0]).toMatchObject({ id: 'notReached', next: 'retry' });
  });
});

describe('exclusions, by state', () => {
  const entries: readonly Exclusion[] = [
    { kind: 'path', value: 'c:\\document\\Ünïcode 中文\\' },
    { kind: 'path', value: "C:\\O'Brien & $(calc); `whoami`" },
    {
      kind: 'path',
      value: writeContextual('C:\\Users\\lin\\go-build', {
        pathType: 'folder',
        scanType: null,
        scanTrigger: 'OnAccess',
        processes: ['C:\\Go\\bin\\go.exe'],
      }),
    },
    { kind: 'process', value: 'C:\\Go\\bin\\go.exe' },
    { kind: 'extension', value: '.obj' },
    { kind: 'ip', value: '10.0.0.1' },
  ];

  it.each([
    ['FullLanguage', {}],
    ['ConstrainedLanguage', constrained],
  ])('%s: all kinds in their stored spelling', async (_, options) => {
    const one = await start(options);
    expect(await one.defender.exclusions()).toEqual({ visibility: 'known', exclusions: [] });
    await add(one, ...entries);
    expect(await one.defender.exclusions()).toEqual({
      visibility: 'known',
      exclusions: entries.map((entry) => ({ ...entry, source: 'local' })),
    });
  });

  it.each(['groupPolicy', 'intune'] as const)("a policy's entries, from %s", async (policyFrom) => {
    const one = await start({ scenario: 'managed', settings: { policyFrom } });
    await add(one, { kind: 'path', value: folder });
    expect((await one.defender.exclusions()).exclusions).toEqual([
      { kind: 'path', value: 'C:\\ProgramData\\Contoso\\Agent', source: 'policy' },
      { kind: 'path', value: folder, source: 'local' },
    ]);
  });

  it.each([
    [
      'hidden, current text',
      { listsHidden: 'unelevated', hiddenText: 'current' },
      'hidden',
      'listsHiddenFromUsers',
    ],
    [
      'hidden, early text',
      { listsHidden: 'unelevated', hiddenText: 'early' },
      'hidden',
      'listsHiddenFromUsers',
    ],
    [
      'hidden from administrators',
      { listsHidden: 'everyone' },
      'hidden',
      'listsHiddenFromAdministrators',
    ],
    ['service off', { service: false }, 'unavailable', 'serviceOff'],
    ['off by policy', { service: false, serviceError: '0x800704ec' }, 'unavailable', 'offByPolicy'],
    ['other antivirus', { otherAntivirus: 'Contoso' }, 'unavailable', 'serviceOff'],
    ['empty answer', { cmdlets: 'empty' }, 'unavailable', 'noAnswer'],
    ['removed', { cmdlets: 'namespaceMissing' }, 'unavailable', 'removed'],
    ['provider fails', { cmdlets: 'providerFails' }, 'unavailable', 'removed'],
    ['module missing', { cmdlets: 'moduleMissing' }, 'unavailable', 'moduleMissing'],
    ['module not loaded', { cmdlets: 'moduleNotLoaded' }, 'unavailable', 'moduleMissing'],
    ['method not available', { cmdlets: 'notAvailable' }, 'unavailable', 'failed'],
  ] as const)('%s', async (_, settings, visibility, id) => {
    const { defender } = await withSettings(settings);
    expect(await defender.exclusions()).toMatchObject({ visibility, exclusions: [], why: { id } });
  });
});

describe('-CheckExclusion', () => {
  it.each([
    ['FullLanguage', {}],
    ['ConstrainedLanguage', constrained],
  ])('%s: by the newest platform, whatever is in the path', async (_, options) => {
    const one = await start(options);
    const odd = "C:\\build\\O'Brien & $(calc) 100% 中文; `x`";
    await add(one, { kind: 'path', value: odd });
    expect(await one.defender.check(`${odd}\\a.exe`)).toBe('excluded');
    expect(await one.defender.check(folder)).toBe('notExcluded');
  });

  it('falls back to Program Files, and without the program does not know', async () => {
    const old = await withSettings({ mpCmdRun: 'programFiles' });
    expect(await old.defender.check(folder)).toBe('notExcluded');
    const none = await withSettings({ mpCmdRun: 'missing' });
    expect(await none.defender.check(folder)).toBe('unknown');
  });

  it.each(['hiddenLists', 'defenderOff', 'thirdPartyAntivirus'] as const)(
    '%s: not known',
    async (scenario) => {
      const { defender } = await start({ scenario });
      expect(await defender.check(folder)).toBe('unknown');
    },
  );
});

describe('care', () => {
  it.each([
    ['FullLanguage', {}],
    ['ConstrainedLanguage', constrained],
  ])('%s: the history of threats, with names and times', async (_, options) => {
    const { care } = await start({ scenario: 'blockOnExtract', ...options });
    const history = await care.threats();
    if (history.kind !== 'known') throw new Error(history.kind);
    expect(history.detections).toHaveLength(57);
    const [newest] = history.detections;
    expect(newest).toMatchObject({
      threatName: 'Trojan:Win32/Wacatac.C!ml',
      threatId: 2147735503,
      user: 'LAB\\lin',
      actionSucceeded: true,
    });
    expect(newest?.detectionId).toMatch(/^\{[0-9A-F-]{36}\}$/);
    expect(newest?.resources[0]).toMatch(/^file:_C:\\.*\.test\.exe$/);
    expect(newest?.detectedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const times = history.detections.map(({ detectedAt }) => detectedAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('no history is known to be none; off, it is not known', async () => {
    expect(await (await start()).care.threats()).toEqual({ kind: 'known', detections: [] });
    expect(await (await start({ scenario: 'defenderOff' })).care.threats()).toMatchObject({
      kind: 'unavailable',
      why: { sentence: { key: 'defender.finding.serviceOff' } },
    });
  });

  it('security intelligence: updated or refused', async () => {
    expect(await (await start()).care.updateSignatures()).toMatchObject({ kind: 'updated' });
    const failing = await withSettings({ signatureUpdate: 'fails' });
    expect((await failing.care.updateSignatures()).kind).toBe('refused');
  });

  it('scan: finds, whatever is excluded, finds nothing, and leaves the file where it is', async () => {
    const one = await start({ scenario: 'blockOnExtract' });
    const { care, lab } = one;
    const suspect = `${folder}\\b001\\a.test.exe`;
    const plain = `${folder}\\b001\\notes.txt`;
    for (const path of [suspect, plain]) {
      await mkdir(dirname(lab.drive.host(path)), { recursive: true });
      await writeFile(lab.drive.host(path), 'MZ');
    }
    expect(await care.scan(suspect)).toEqual({
      kind: 'threats',
      names: ['Trojan:Win32/Wacatac.C!ml'],
    });
    expect(await care.scan(suspect)).toMatchObject({ kind: 'threats' });
    expect(await care.scan(plain)).toEqual({ kind: 'clean' });
    expect(await care.scan(`${folder}\\nothing`)).toMatchObject({ kind: 'unknown' });
    await add(one, { kind: 'path', value: folder });
    expect((await care.scan(suspect)).kind).toBe('threats');
  });

  it('restore needs an administrator', async () => {
    const { care } = await start({ scenario: 'blockOnExtract' });
    expect(await care.restore(`${folder}\\gone.test.exe`)).toMatchObject({
      kind: 'needsElevation',
      why: { sentence: { key: 'defender.care.needsElevation' }, next: 'askAdministrator' },
    });
  });
});

describe('event log', () => {
  it('reads a history of more than a page, in order', async () => {
    const { events, lab } = await start({ scenario: 'blockOnExtract' });
    const records = await events.since(new Date(0));
    expect(records).toEqual(await lab.events.since(new Date(0)));
    expect(records).toHaveLength(114);
  });

  it('follows', async () => {
    const one = await start();
    const got: EventRecord[] = [];
    ends.push(await one.events.subscribe({}, (record) => got.push(record)));
    expect(got).toEqual([]);
    await add(one, { kind: 'path', value: 'C:\\中文' });
    await vi.waitFor(() => {
      expect(got).toHaveLength(1);
    });
    expect(got[0]?.xml).toContain('中文');
  });

  it.each([
    ['denied', { settings: { eventLog: 'denied' } }, 'unreadable'],
    ['missing', { settings: { eventLog: 'missing' } }, 'missing'],
    ['ConstrainedLanguage', { scenario: 'blockOnExtract', ...constrained }, 'languageMode'],
  ] as const)('%s: is told', async (_, options, kind) => {
    const { events } = await start(options);
    const troubles: ChannelTrouble[] = [];
    const told = (trouble: ChannelTrouble) => troubles.push(trouble);
    ends.push(await events.subscribe({}, () => undefined, told));
    expect(troubles.map((trouble) => trouble.kind)).toContain(kind);
    for (const { sentence } of troubles) expect(hasMessage(sentence.key)).toBe(true);
  });
});
