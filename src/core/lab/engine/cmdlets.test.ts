import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { labEngine, type LabEngineForTest } from '../../../../test/support/labEngine';
import { temporaryFolder } from '../../../../test/support/temporary';
import type { LabSettings, ScenarioName } from '../defender';
import { cmdlets } from './cmdlets';

const scratch = temporaryFolder();
const opened: LabEngineForTest[] = [];
const start = async (
  scenario: ScenarioName = 'clean',
  settings: Partial<LabSettings> = {},
): Promise<LabEngineForTest> => {
  const under = await labEngine(scratch, scenario, { settings });
  opened.push(under);
  return under;
};
afterEach(async () => {
  for (const under of opened.splice(0)) await under.close();
});

const folder = 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp';
const policies = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows Defender';
const defenderLog = 'Microsoft-Windows-Windows Defender/Operational';
const lists = ['ExclusionPath', 'ExclusionProcess', 'ExclusionExtension', 'ExclusionIpAddress'];

async function eventIds(under: LabEngineForTest): Promise<readonly unknown[]> {
  const events = await under.objects('Get-WinEvent', { LogName: [defenderLog], Oldest: true });
  return events.map(({ Id }) => Id);
}

describe('Get-MpPreference', () => {
  it('clean: gives null for an empty list, and the entries of each kind as they were spelt', async () => {
    const under = await start();
    const [before] = await under.objects('Get-MpPreference');
    expect(lists.map((list) => before?.[list])).toEqual([null, null, null, null]);
    const given = {
      ExclusionPath: [folder, `${folder}2\\`],
      ExclusionProcess: ['C:\\Go\\bin\\go.exe'],
      ExclusionExtension: 'obj',
      ExclusionIpAddress: ['10.0.0.1'],
    };
    expect(await under.objects('Add-MpPreference', given, true)).toEqual([]);
    const [after] = await under.objects('Get-MpPreference');
    expect(after).toMatchObject({ ...given, ExclusionExtension: ['obj'] });
  });

  it.each([
    [
      'an un-elevated administrator',
      { listsHidden: 'unelevated' },
      false,
      'Must be an administrator',
    ],
    [
      'an un-elevated administrator on an early build',
      { listsHidden: 'unelevated', hiddenText: 'early' },
      false,
      'Must be and administrator',
    ],
    [
      'an administrator, by policy',
      { listsHidden: 'everyone' },
      true,
      'Administrators are not allowed',
    ],
  ] as const)(
    'withholds the lists from %s, in Windows’ words',
    async (_, settings, elevated, said) => {
      const under = await start('clean', settings);
      await under.objects('Add-MpPreference', { ExclusionPath: [folder] }, true);
      const [seen] = await under.objects('Get-MpPreference', {}, elevated);
      const text = `N/A: ${said} to view exclusions`;
      expect(lists.map((list) => seen?.[list])).toEqual([[text], [text], [text], [text]]);
    },
  );

  it('hiddenLists: shows them to an administrator', async () => {
    const under = await start('hiddenLists');
    await under.objects('Add-MpPreference', { ExclusionPath: [folder] }, true);
    const [seen] = await under.objects('Get-MpPreference', {}, true);
    expect(seen).toMatchObject({ ExclusionPath: [folder] });
  });

  it('managed: gives the policy’s entries with the local ones', async () => {
    const under = await start('managed');
    await under.objects('Add-MpPreference', { ExclusionPath: [folder] }, true);
    const [seen] = await under.objects('Get-MpPreference');
    expect(seen).toMatchObject({ ExclusionPath: ['C:\\ProgramData\\Contoso\\Agent', folder] });
  });

  it.each([
    ['on', 0],
    ['off', 1],
    ['absent', undefined],
  ] as const)('tells performance mode %s', async (performanceMode, number) => {
    const under = await start('clean', { performanceMode });
    const [seen] = await under.objects('Get-MpPreference');
    expect(seen?.['PerformanceModeStatus']).toBe(number);
  });
});

describe('states of the Defender module', () => {
  const all = [
    ['Get-MpComputerStatus', {}],
    ['Get-MpPreference', {}],
    ['Add-MpPreference', { ExclusionPath: [folder] }],
    ['Remove-MpPreference', { ExclusionPath: [folder] }],
    ['Get-MpThreat', {}],
    ['Get-MpThreatDetection', {}],
    ['Update-MpSignature', {}],
    ['Start-MpScan', { ScanType: 'CustomScan', ScanPath: folder }],
  ] as const;

  it.each([
    ['the service is off', { service: false }, 'HRESULT 0x800106ba,', '0x800106ba'],
    [
      'the service is off by policy',
      { service: false, serviceError: '0x800704ec' },
      'HRESULT 0x800704ec,',
      '0x800704ec',
    ],
    ['Defender was removed', { cmdlets: 'namespaceMissing' }, 'HRESULT 0x8004100e,', '0x8004100e'],
    ['its provider fails', { cmdlets: 'providerFails' }, 'HRESULT 0x80041013,', '0x80041013'],
    ['the method is not there', { cmdlets: 'notAvailable' }, 'MI RESULT 16,', '0x80131500'],
    [
      'the module does not load',
      { cmdlets: 'moduleNotLoaded' },
      'CouldNotAutoLoadModule',
      '0x80131501',
    ],
    [
      'the module is missing',
      { cmdlets: 'moduleMissing' },
      'CommandNotFoundException',
      '0x80131501',
    ],
  ] as const)('where %s, each cmdlet says so', async (_, settings, id, hresult) => {
    const under = await start('clean', settings);
    for (const [cmdlet, parameters] of all) {
      const error = await under.error(cmdlet, parameters, true);
      expect(error.hresult).toBe(hresult);
      expect(error.id).toBe(id.endsWith(',') ? `${id}${cmdlet}` : id);
      expect(error.terminating).toBe(false);
    }
    expect((await under.lab.store.view()).state.exclusions).toEqual([]);
  });

  it('service off: words and category as documented', async () => {
    const under = await start('defenderOff');
    expect(await under.error('Get-MpComputerStatus')).toEqual({
      message: 'A general error occurred that is not covered by a more specific error code.',
      hresult: '0x800106ba',
      category: 'NotSpecified',
      id: 'HRESULT 0x800106ba,Get-MpComputerStatus',
      terminating: false,
    });
    const error = await under.error('Add-MpPreference', { ExclusionPath: [folder] }, true);
    expect(error.message).toMatch(
      /^Operation failed with the following error: 0x800106ba. Operation: Add-MpPreference. Target: /,
    );
  });

  it('empty answers: no object and no error, and a status alone can be empty', async () => {
    const empty = await start('clean', { cmdlets: 'empty' });
    expect(await empty.objects('Get-MpComputerStatus')).toEqual([]);
    expect(await empty.objects('Get-MpPreference', {}, true)).toEqual([]);
    const status = await start('clean', { cmdlets: 'emptyStatus' });
    expect(await status.objects('Get-MpComputerStatus')).toEqual([]);
    expect(await status.objects('Get-MpPreference')).toHaveLength(1);
  });

  it('thirdPartyAntivirus: is not running, and another product is active', async () => {
    const under = await start('thirdPartyAntivirus');
    const [status] = await under.objects('Get-MpComputerStatus');
    expect(status).toMatchObject({
      AMRunningMode: 'Not running',
      AMServiceEnabled: false,
      AntivirusEnabled: false,
      RealTimeProtectionEnabled: false,
    });
    expect((await under.error('Get-MpPreference', {}, true)).hresult).toBe('0x800106ba');
    const products = await under.objects('Get-CimInstance', {
      Namespace: 'root/SecurityCenter2',
      ClassName: 'AntiVirusProduct',
    });
    const active = products.filter(({ productState }) => (Number(productState) & 0x1000) !== 0);
    expect(active.map(({ displayName }) => displayName)).toEqual(['Contoso Endpoint Protection']);
  });
});

describe('Get-MpComputerStatus', () => {
  it.each([
    'Passive Mode',
    'Passive Audit Mode',
    'SxS Passive Mode',
    'EDR Block Mode',
    'Not running',
    'Quantum Mode',
    '',
  ])('tells the running mode %j as it is', async (runningMode) => {
    const under = await start('clean', { runningMode });
    const [status] = await under.objects('Get-MpComputerStatus');
    expect(status?.['AMRunningMode']).toBe(runningMode);
  });

  it.each([
    ['on', 'On', 1],
    ['off', 'Off', 0],
    ['evaluation', 'Eval', 2],
    ['unknown', null, null],
  ] as const)('tells Smart App Control %s, as the registry does', async (state, said, number) => {
    const under = await start('clean', { smartAppControl: state });
    const [status] = await under.objects('Get-MpComputerStatus');
    expect(status?.['SmartAppControlState']).toBe(said);
    const key = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\CI\\Policy';
    const read = await under.ask('Get-ItemProperty', { LiteralPath: [key] });
    if (number === null) expect(read).toMatchObject({ error: { category: 'ObjectNotFound' } });
    else {
      expect(read).toMatchObject({
        objects: [{ props: { VerifiedAndReputablePolicyState: number } }],
      });
    }
  });

  it('tells protection, versions and the age of signatures, as dates', async () => {
    const under = await start();
    const [status] = await under.objects('Get-MpComputerStatus');
    expect(status).toMatchObject({
      AMRunningMode: 'Normal',
      AMServiceEnabled: true,
      RealTimeProtectionEnabled: true,
      IsTamperProtected: true,
      TamperProtectionSource: 'UI',
      AMProductVersion: '4.18.26090.3',
      AMEngineVersion: '1.1.26090.2',
    });
    const at = status?.['AntivirusSignatureLastUpdated'] as { readonly $date: string };
    expect(Date.parse(at.$date)).not.toBeNaN();
  });
});

describe('Add-, Remove- and Set-MpPreference', () => {
  it.each(['Add-MpPreference', 'Remove-MpPreference', 'Set-MpPreference'])(
    '%s is refused without an administrator’s rights',
    async (cmdlet) => {
      const under = await start();
      expect(await under.error(cmdlet, { ExclusionPath: [folder] })).toEqual({
        message: "You don't have enough permissions to perform the requested operation.",
        hresult: '0xc0000142',
        category: 'NotSpecified',
        id: `HRESULT 0xc0000142,${cmdlet}`,
        terminating: false,
      });
      expect((await under.lab.store.view()).state.exclusions).toEqual([]);
    },
  );

  it.each(lists)('adds to %s, then removes in any case: 5007 both times', async (list) => {
    const under = await start();
    const value = list === 'ExclusionIpAddress' ? '10.0.0.1' : folder;
    await under.objects('Add-MpPreference', { [list]: [value] }, true);
    await under.objects('Add-MpPreference', { [list]: [value.toUpperCase()] }, true);
    const [added] = await under.objects('Get-MpPreference');
    expect(added?.[list]).toEqual([value]);
    await under.objects('Remove-MpPreference', { [list]: [value.toUpperCase()] }, true);
    const [removed] = await under.objects('Get-MpPreference');
    expect(removed?.[list]).toBeNull();
    expect(await eventIds(under)).toEqual([5007, 5007]);
  });

  it('keeps what others made when one is removed that is not there', async () => {
    const under = await start();
    await under.objects('Add-MpPreference', { ExclusionPath: [folder] }, true);
    await under.objects('Remove-MpPreference', { ExclusionPath: [`${folder}2`] }, true);
    const [seen] = await under.objects('Get-MpPreference');
    expect(seen?.['ExclusionPath']).toEqual([folder]);
  });

  it('Set replaces the whole list: why nobody may use it', async () => {
    const under = await start();
    await under.objects('Add-MpPreference', { ExclusionPath: [folder, 'C:\\theirs'] }, true);
    await under.objects('Set-MpPreference', { ExclusionPath: ['C:\\new'] }, true);
    const [seen] = await under.objects('Get-MpPreference');
    expect(seen?.['ExclusionPath']).toEqual(['C:\\new']);
  });

  it('tamperProtected: reports success, does nothing, and 5013 says so', async () => {
    const under = await start('clean', { tamperProtectedExclusions: true });
    for (const cmdlet of ['Add-MpPreference', 'Remove-MpPreference']) {
      expect(await under.objects(cmdlet, { ExclusionPath: [folder] }, true)).toEqual([]);
    }
    const [seen] = await under.objects('Get-MpPreference');
    expect(seen?.['ExclusionPath']).toBeNull();
    expect(await eventIds(under)).toEqual([5013, 5013]);
    const [features] = await under.objects('Get-ItemProperty', {
      LiteralPath: ['HKLM:\\SOFTWARE\\Microsoft\\Windows Defender\\Features'],
    });
    expect(features).toMatchObject({ TPExclusions: 1, TamperProtection: 5 });
  });

  it('Tamper Protection keeps protection on without a word; without it the switch works', async () => {
    const off = { DisableRealtimeMonitoring: true };
    const kept = await start();
    expect(await kept.objects('Set-MpPreference', off, true)).toEqual([]);
    const [status] = await kept.objects('Get-MpComputerStatus');
    expect(status?.['RealTimeProtectionEnabled']).toBe(true);
    expect(await eventIds(kept)).toEqual([5013]);
    const free = await start('clean', { tamperProtection: false });
    await free.objects('Set-MpPreference', off, true);
    const [after] = await free.objects('Get-MpComputerStatus');
    expect(after?.['RealTimeProtectionEnabled']).toBe(false);
  });

  it('managed: stores without effect', async () => {
    const under = await start('managed');
    await under.objects('Add-MpPreference', { ExclusionPath: [folder] }, true);
    expect((await under.mpCmdRun(true, '-CheckExclusion', '-Path', folder)).exitCode).toBe(1);
    expect(
      (await under.mpCmdRun(true, '-CheckExclusion', '-Path', 'C:\\ProgramData\\Contoso\\Agent'))
        .exitCode,
    ).toBe(0);
  });
});

describe('Get-ItemProperty', () => {
  it('managed: Group Policy’s switches and entries, with the provider’s own properties', async () => {
    const under = await start('managed', { listsHiddenFromUsers: true });
    const [seen] = await under.objects('Get-ItemProperty', { LiteralPath: [policies] });
    expect(seen).toMatchObject({
      DisableLocalAdminMerge: 1,
      HideExclusionsFromLocalUsers: 1,
      PSChildName: 'Windows Defender',
    });
    const [paths] = await under.objects('Get-ItemProperty', {
      LiteralPath: [`${policies}\\Exclusions\\Paths`],
    });
    expect(paths).toMatchObject({ 'C:\\ProgramData\\Contoso\\Agent': '0' });
  });

  it('Intune writes one text', async () => {
    const under = await start('managed', {
      policyFrom: 'intune',
      policyPaths: ['C:\\a', 'C:\\b'],
      managedBy: 'intune',
    });
    const [seen] = await under.objects('Get-ItemProperty', {
      LiteralPath: [`${policies}\\Policy Manager`],
    });
    expect(seen).toMatchObject({ ExcludedPaths: 'C:\\a|C:\\b' });
    const [product] = await under.objects('Get-ItemProperty', {
      LiteralPath: ['HKLM:\\SOFTWARE\\Microsoft\\Windows Defender'],
    });
    expect(product).toMatchObject({ ManagedDefenderProductType: 6 });
  });

  it('hidden by policy: the switch is told, and the list is closed to administrators', async () => {
    const under = await start('clean', { listsHidden: 'everyone' });
    const [seen] = await under.objects('Get-ItemProperty', { LiteralPath: [policies] });
    expect(seen).toMatchObject({ HideExclusionsFromLocalAdmins: 1 });
    const error = await under.error(
      'Get-ItemProperty',
      { LiteralPath: ['HKLM:\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths'] },
      true,
    );
    expect(error.category).toBe('PermissionDenied');
  });

  it('says what is not there: a key, a value, a drive', async () => {
    const under = await start();
    expect(await under.error('Get-ItemProperty', { LiteralPath: [policies] })).toMatchObject({
      category: 'ObjectNotFound',
      id: 'PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand',
    });
    const features = 'HKLM:\\SOFTWARE\\Microsoft\\Windows Defender\\Features';
    expect(
      await under.error('Get-ItemProperty', { LiteralPath: features, Name: 'TPExclusions' }),
    ).toMatchObject({ category: 'InvalidArgument' });
    expect((await under.error('Get-ItemProperty', { LiteralPath: 'HKCU:\\x' })).id).toMatch(
      /^DriveNotFound,/,
    );
  });
});

describe('Get-CimInstance and Get-Service', () => {
  it('an expired antivirus is registered and not active; a server has no SecurityCenter2', async () => {
    const query = { Namespace: 'root\\SecurityCenter2', ClassName: 'AntiVirusProduct' };
    const under = await start('clean', { expiredAntivirus: 'Contoso Trial' });
    const products = await under.objects('Get-CimInstance', query);
    expect(
      products.map(({ displayName, productState }) => [
        displayName,
        (Number(productState) & 0x1000) !== 0,
      ]),
    ).toEqual([
      ['Windows Defender', true],
      ['Contoso Trial', false],
    ]);
    const server = await start('clean', { securityCenter: false });
    expect(await server.error('Get-CimInstance', query)).toMatchObject({ hresult: '0x8004100e' });
  });

  it('Dev Drives are ReFS volumes, as far as a cmdlet tells', async () => {
    const under = await start('clean', { devDrives: ['D'] });
    const volumes = await under.objects('Get-CimInstance', {
      Namespace: 'root/Microsoft/Windows/Storage',
      ClassName: 'MSFT_Volume',
    });
    expect(volumes.map((one) => [one['DriveLetter'], one['FileSystemType']])).toEqual([
      ['C', 14],
      ['D', 15],
    ]);
  });

  it('gives Defender’s classes as its cmdlets do, and knows no other class', async () => {
    const under = await start();
    const space = { Namespace: 'root/Microsoft/Windows/Defender' };
    const [status] = await under.objects('Get-CimInstance', {
      ...space,
      ClassName: 'MSFT_MpComputerStatus',
    });
    expect(status).toMatchObject({ AMRunningMode: 'Normal' });
    expect(
      await under.error('Get-CimInstance', { ...space, ClassName: 'MSFT_Nothing' }),
    ).toMatchObject({ hresult: '0x80041010' });
    expect(
      await under.error('Get-CimInstance', { Namespace: 'root/x', ClassName: 'y' }),
    ).toMatchObject({ hresult: '0x8004100e' });
  });

  it.each([
    ['clean', {}, 'Running', 'Automatic'],
    ['defenderOff', {}, 'Stopped', 'Manual'],
    ['thirdPartyAntivirus', {}, 'Stopped', 'Manual'],
    ['defenderOff', { serviceError: '0x800704ec' }, 'Stopped', 'Disabled'],
  ] as const)('%s %j: WinDefend is %s, %s', async (scenario, settings, Status, StartType) => {
    const under = await start(scenario, settings);
    const [service] = await under.objects('Get-Service', { Name: ['WinDefend'] });
    expect(service).toMatchObject({ Status, StartType });
  });

  it('has no WinDefend where Defender was removed', async () => {
    const under = await start('clean', { cmdlets: 'namespaceMissing' });
    expect((await under.error('Get-Service', { Name: 'WinDefend' })).id).toMatch(
      /^NoServiceFoundForGivenName,/,
    );
  });
});

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
