import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labEnginesForEachTest, type LabEngineForTest } from '../../../../test/support/labEngine';
import { temporaryFolder } from '../../../../test/support/temporary';

const start = labEnginesForEachTest(temporaryFolder());
const folder = 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp';
const program = `${folder}\\b001\\x.test.exe`;

async function write(under: LabEngineForTest, path: string): Promise<string> {
  const host = under.lab.drive.host(path);
  await mkdir(dirname(host), { recursive: true });
  await writeFile(host, 'MZ');
  return host;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

describe('-CheckExclusion', () => {
  it('says whether, by whole names, and 0 or 1', async () => {
    const under = await start();
    await under.objects('Add-MpPreference', { ExclusionPath: [folder] }, true);
    expect(await under.mpCmdRun(true, '-CheckExclusion', '-Path', folder)).toEqual({
      exitCode: 0,
      output: `${folder} [\\Device\\HarddiskVolume3\\${folder.slice(3)}] is excluded.\n`,
    });
    const neighbour = await under.mpCmdRun(true, '-CheckExclusion', '-path', `${folder}2`);
    expect(neighbour.exitCode).toBe(1);
    expect(neighbour.output).toContain('is not excluded.');
  });

  it.each([
    ['hiddenLists', false, '0x80070005'],
    ['defenderOff', true, '0x800106BA'],
    ['thirdPartyAntivirus', true, '0x800106BA'],
  ] as const)('%s, elevated %s: fails with %s', async (scenario, elevated, code) => {
    const under = await start(scenario);
    const reply = await under.mpCmdRun(elevated, '-CheckExclusion', '-Path', folder);
    expect(reply.exitCode).toBe(2);
    expect(reply.output).toContain(`CmdTool: Failed with hr = ${code}.`);
  });

  it('answers an administrator where lists are hidden, even by policy', async () => {
    for (const settings of [{ listsHidden: 'unelevated' }, { listsHidden: 'everyone' }] as const) {
      const under = await start('clean', settings);
      await under.objects('Add-MpPreference', { ExclusionPath: [folder] }, true);
      expect((await under.mpCmdRun(true, '-CheckExclusion', '-Path', folder)).exitCode).toBe(0);
    }
  });

  it.each([['-CheckExclusion'], ['-Nonsense'], ['-Scan', '-ScanType', '2'], []])(
    'fails for %s %s %s',
    async (...given) => {
      const under = await start();
      expect((await under.mpCmdRun(true, ...given)).exitCode).toBe(2);
    },
  );
});

describe('-Scan', () => {
  const scan = ['-Scan', '-ScanType', '3', '-File'];

  it('without remediation: finds, leaves the file, and logs nothing, exclusion or not', async () => {
    const under = await start('clean', { takes: ['builtPrograms'] });
    const host = await write(under, program);
    await under.objects('Add-MpPreference', { ExclusionPath: [folder] }, true);
    const reply = await under.mpCmdRun(false, ...scan, folder, '-DisableRemediation');
    expect(reply.exitCode).toBe(2);
    expect(reply.output).toContain('found 1 threats.');
    expect(reply.output).toMatch(/^Threat +: Trojan:Win32\/Wacatac\.C!ml$/m);
    expect(await isThere(host)).toBe(true);
    expect(await under.objects('Get-MpThreatDetection')).toEqual([]);
  });

  it('finds nothing; skips what is excluded; fails where nothing is', async () => {
    const under = await start('clean', { takes: ['builtPrograms'] });
    await write(under, `${folder}\\a.txt`);
    const clean = await under.mpCmdRun(false, ...scan, folder);
    expect(clean).toMatchObject({ exitCode: 0 });
    expect(clean.output).toContain('found no threats.');
    await under.objects('Add-MpPreference', { ExclusionPath: [folder] }, true);
    expect((await under.mpCmdRun(false, ...scan, folder)).output).toContain('was skipped.');
    const missing = await under.mpCmdRun(false, ...scan, 'C:\\nothing');
    expect(missing.output).toContain('hr = 0x80508023');
  });

  it('with remediation: the file is gone and in the history', async () => {
    const under = await start('clean', { takes: ['builtPrograms'] });
    const host = await write(under, program);
    expect((await under.mpCmdRun(false, ...scan, program)).exitCode).toBe(2);
    expect(await isThere(host)).toBe(false);
    expect(await under.objects('Get-MpThreatDetection')).toMatchObject([
      { Resources: [`file:_${program}`], ThreatStatusID: 3 },
    ]);
  });
});

describe('-Restore', () => {
  const taken = async (): Promise<{ readonly under: LabEngineForTest; readonly host: string }> => {
    const under = await start('clean', { takes: ['builtPrograms'] });
    const host = await write(under, program);
    await under.lab.onFileWritten(host, program);
    expect(await isThere(host)).toBe(false);
    return { under, host };
  };

  it('gives back what an exclusion covers, and event 1009 says so', async () => {
    const { under, host } = await taken();
    expect((await under.mpCmdRun(true, '-Restore', '-ListAll')).output).toContain(
      `file:${program} quarantined at `,
    );
    await under.objects('Add-MpPreference', { ExclusionPath: [folder] }, true);
    const reply = await under.mpCmdRun(true, '-Restore', '-FilePath', program);
    expect(reply.exitCode).toBe(0);
    expect(reply.output).toContain('was restored');
    expect(await readFile(host, 'utf8')).toBe('MZ');
    const events = await under.objects('Get-WinEvent', {
      LogName: 'Microsoft-Windows-Windows Defender/Operational',
      MaxEvents: 1,
    });
    expect(events[0]?.['Id']).toBe(1009);
  });

  it('takes it a second time without an exclusion', async () => {
    const { under, host } = await taken();
    expect(
      (await under.mpCmdRun(true, '-Restore', '-Name', 'Trojan:Win32/Wacatac.C!ml')).exitCode,
    ).toBe(0);
    expect(await isThere(host)).toBe(false);
    expect(await under.objects('Get-MpThreatDetection')).toHaveLength(2);
  });

  it('all, into another folder', async () => {
    const { under } = await taken();
    await under.objects('Add-MpPreference', { ExclusionPath: ['C:\\back'] }, true);
    expect((await under.mpCmdRun(true, '-Restore', '-All', '-Path', 'C:\\back')).exitCode).toBe(0);
    expect(await isThere(under.lab.drive.host('C:\\back\\x.test.exe'))).toBe(true);
  });

  it('is refused un-elevated, and for what is not there', async () => {
    const { under, host } = await taken();
    const refused = await under.mpCmdRun(false, '-Restore', '-FilePath', program);
    expect(refused.output).toContain('hr = 0x80070005');
    const missing = await under.mpCmdRun(true, '-Restore', '-FilePath', 'C:\\x.exe');
    expect(missing.output).toContain('hr = 0x80070490');
    expect(await isThere(host)).toBe(false);
  });
});

describe('-SignatureUpdate', () => {
  it('works, and fails', async () => {
    const works = await start();
    expect(await works.mpCmdRun(false, '-SignatureUpdate')).toEqual({
      exitCode: 0,
      output: 'Signature update started . . .\nSignature update finished.\n',
    });
    const fails = await start('clean', { signatureUpdate: 'fails' });
    const reply = await fails.mpCmdRun(false, '-SignatureUpdate');
    expect(reply.exitCode).toBe(2);
    expect(reply.output).toContain('hr=0x80508014');
  });
});

describe('the lab’s drive', () => {
  it.skipIf(process.platform === 'win32')(
    'has MpCmdRun.exe in the newest platform, by number and not by letter',
    async () => {
      const under = await start();
      const { environment } = under.engine;
      const platforms = join(
        environment['ProgramData'] ?? '',
        'Microsoft/Windows Defender/Platform',
      );
      const names = await readdir(platforms);
      expect(names.sort()).toEqual(['4.18.26090.3-0', '4.18.2611.7-0']);
      const [product] = await under.objects('Get-ItemProperty', {
        LiteralPath: 'HKLM:\\SOFTWARE\\Microsoft\\Windows Defender',
      });
      expect(product?.['InstallLocation']).toBe(`${join(platforms, '4.18.26090.3-0')}/`);
      const ran = spawnSync(join(platforms, '4.18.26090.3-0/MpCmdRun.exe'), [
        '-CheckExclusion',
        'a b',
      ]);
      expect(ran.status).toBe(0);
      expect(under.started().at(-1)).toBe('elevated= --mpcmdrun -CheckExclusion a b');
    },
  );

  it.each([
    ['programFiles', true],
    ['missing', false],
  ] as const)('%s: none in Platform', async (mpCmdRun, isProgram) => {
    const under = await start('clean', { mpCmdRun });
    const { environment } = under.engine;
    expect(
      await isThere(join(environment['ProgramFiles'] ?? '', 'Windows Defender/MpCmdRun.exe')),
    ).toBe(isProgram);
    expect(
      await isThere(join(environment['ProgramData'] ?? '', 'Microsoft/Windows Defender/Platform')),
    ).toBe(false);
  });

  it('has powershell.exe in its place, which is the host', async () => {
    const under = await start();
    const path = join(
      under.engine.environment['SystemRoot'] ?? '',
      'System32/WindowsPowerShell/v1.0/powershell.exe',
    );
    expect(spawnSync(path, ['--about']).status).toBe(0);
    expect(under.started()).toEqual(['elevated= --about']);
  });
});
