import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labEnginesForEachTest, defenderLog, eventIds } from '../../../../test/support/labEngine';
import { temporaryFolder } from '../../../../test/support/temporary';
import { cmdlets } from './cmdlets';

const start = labEnginesForEachTest(temporaryFolder());
const folder = 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp';

describe('Get-MpThreat and Get-MpThreatDetection', () => {
  it('tell what the log tells: one detection for each 1116, one threat', async () => {
    const under = await start('blockOnExtract');
    const detections = await under.objects('Get-MpThreatDetection');
    expect(detections).toHaveLength(57);
    expect(detections[0]).toMatchObject({
      ThreatID: 2147735503,
      ThreatStatusID: 3,
      CleaningActionID: 2,
      ActionSuccess: true,
      DomainUser: 'LAB\\lin',
    });
    expect(String(detections[0]?.['Resources'])).toMatch(/^file:_C:\\Users\\lin\\.*\.test\.exe$/);
    const threats = await under.objects('Get-MpThreat', { ThreatID: [2147735503] });
    expect(threats).toHaveLength(1);
    expect(threats[0]).toMatchObject({ ThreatName: 'Trojan:Win32/Wacatac.C!ml', IsActive: false });
    expect(await under.objects('Get-MpThreat', { ThreatID: [1] })).toEqual([]);
    expect(await (await start()).objects('Get-MpThreatDetection')).toEqual([]);
  });

  it('Remove-MpThreat is an administrator’s', async () => {
    const under = await start();
    expect((await under.error('Remove-MpThreat')).hresult).toBe('0xc0000142');
    expect(await under.objects('Remove-MpThreat', {}, true)).toEqual([]);
  });
});

describe('Update-MpSignature and Start-MpScan', () => {
  it('updates: a newer version, now, and event 2000', async () => {
    const under = await start();
    const read = async (): Promise<unknown> =>
      (await under.objects('Get-MpComputerStatus'))[0]?.['AntivirusSignatureVersion'];
    const before = await read();
    expect(await under.objects('Update-MpSignature')).toEqual([]);
    expect(await read()).not.toBe(before);
    expect(await eventIds(under)).toEqual([2000]);
  });

  it('fails in Windows’ words', async () => {
    const under = await start('clean', { signatureUpdate: 'fails' });
    expect(await under.error('Update-MpSignature')).toMatchObject({
      message: 'Virus and spyware definitions update was completed with errors.',
      id: 'HRESULT 0x80508014,Update-MpSignature',
    });
  });

  it('scans a file, and takes what it finds', async () => {
    const under = await start('clean', { takes: ['builtPrograms'] });
    const path = `${folder}\\x.test.exe`;
    const host = under.lab.drive.host(path);
    await mkdir(dirname(host), { recursive: true });
    await writeFile(host, 'MZ');
    const scan = { ScanType: 'CustomScan', ScanPath: path };
    expect(await under.objects('Start-MpScan', scan)).toEqual([]);
    await expect(readFile(host)).rejects.toThrow();
    expect((await under.error('Start-MpScan', scan)).hresult).toBe('0x80508023');
  });
});

describe('Get-WinEvent', () => {
  it('gives XML with its number, newest first, by hashtable and by query', async () => {
    const under = await start('clean');
    for (const value of ['C:\\a', 'C:\\b', 'C:\\c']) {
      await under.objects('Add-MpPreference', { ExclusionPath: [value] }, true);
    }
    const all = await under.objects('Get-WinEvent', { LogName: defenderLog });
    expect(all.map(({ RecordId }) => RecordId)).toEqual([3, 2, 1]);
    expect(String(all[0]?.['xml'])).toContain('<EventRecordID>3</EventRecordID>');
    const numbers = async (parameters: object): Promise<unknown> =>
      (await under.objects('Get-WinEvent', parameters)).map(({ RecordId }) => RecordId);
    const table = {
      LogName: defenderLog,
      Id: [5007, 1116],
      StartTime: { $date: '2020-01-01T00:00:00Z' },
    };
    expect(await numbers({ FilterHashtable: table, MaxEvents: 2 })).toEqual([3, 2]);
    const query =
      '*[System[(EventID=1116 or (EventID >= 5000 and EventID <= 5013)) and EventRecordID > 1 and EventRecordID < 3]]';
    expect(await numbers({ LogName: defenderLog, FilterXPath: query })).toEqual([2]);
    const recent = '*[System[TimeCreated[timediff(@SystemTime) <= 86400000]]]';
    expect(await numbers({ LogName: defenderLog, FilterXPath: recent, Oldest: true })).toEqual([
      1, 2, 3,
    ]);
  });

  it.each([
    ['nothing fits', {}, { LogName: defenderLog }, 'NoMatchingEventsFound', 'ObjectNotFound'],
    ['there is no such log', {}, { LogName: 'x' }, 'NoMatchingLogsFound', 'ObjectNotFound'],
    [
      'the log is missing',
      { eventLog: 'missing' },
      { LogName: defenderLog },
      'NoMatchingLogsFound',
      'ObjectNotFound',
    ],
    [
      'it may not be read',
      { eventLog: 'denied' },
      { LogName: defenderLog },
      'System.UnauthorizedAccessException',
      'PermissionDenied',
    ],
    [
      'the query is none',
      {},
      { LogName: defenderLog, FilterXPath: '*[EventData[Data="x"]]' },
      'System.Diagnostics.Eventing.Reader.EventLogException',
      'NotSpecified',
    ],
  ] as const)('says where %s', async (_, settings, parameters, id, category) => {
    const under = await start('clean', settings);
    expect(await under.error('Get-WinEvent', parameters)).toMatchObject({
      id: `${id},Microsoft.PowerShell.Commands.GetWinEventCommand`,
      category,
    });
  });
});

describe('Start-Process -Verb RunAs', () => {
  it('yes: nothing is in the way', async () => {
    const under = await start();
    expect(await under.objects('Start-Process', { Verb: 'RunAs', FilePath: 'x' })).toEqual([]);
  });

  it('no: 1223 inside', async () => {
    const under = await start('uacDeclined');
    expect(await under.error('Start-Process', { Verb: 'RunAs' })).toMatchObject({
      win32: 1223,
      category: 'InvalidOperation',
      id: 'InvalidOperationException,Microsoft.PowerShell.Commands.StartProcessCommand',
      terminating: true,
    });
  });

  it('nobody answers: waits, and ends with the lab', async () => {
    const under = await start('clean', { promptAnswer: 'none' });
    const waiting = under.ask('Start-Process', { Verb: 'RunAs' }).then(
      () => 'answered',
      () => 'gone',
    );
    const first = await Promise.race([
      waiting,
      new Promise((resolve) => setTimeout(resolve, 100, 'waiting')),
    ]);
    expect(first).toBe('waiting');
    await under.engine.close();
    expect(await waiting).toBe('gone');
  });
});

describe('parameters', () => {
  it.each([...cmdlets.keys()])('%s refuses one that it does not have', async (cmdlet) => {
    const under = await start();
    expect(await under.error(cmdlet, { Nonsense: 1 }, true)).toMatchObject({
      id: `NamedParameterNotFound,${cmdlet}`,
      terminating: true,
    });
  });
});
