import { describe, expect, it } from 'vitest';
import { labEnginesForEachTest } from '../../../../test/support/labEngine';
import { temporaryFolder } from '../../../../test/support/temporary';

const start = labEnginesForEachTest(temporaryFolder());
const folder = 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp';

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
