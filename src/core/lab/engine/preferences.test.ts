import { describe, expect, it } from 'vitest';
import { labEnginesForEachTest, eventIds, lists } from '../../../../test/support/labEngine';
import { temporaryFolder } from '../../../../test/support/temporary';

const start = labEnginesForEachTest(temporaryFolder());
const folder = 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp';
const policies = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows Defender';

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
