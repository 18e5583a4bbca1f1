// The simulated cmdlets carry their parameters to the lab and give back objects and errors in the form that Windows gives
// them; the common ones have the manners of Windows PowerShell 5.1. The lab behind them is a fake one.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { startFakeLab, type FakeLab } from './support/fakeLab';
import { encoded, HostSession, runHost } from './support/hostProcess';

const host = inject('windowsHost');
let lab: FakeLab;
let folder: string;
let session: HostSession;

beforeAll(async () => {
  lab = await startFakeLab();
  folder = mkdtempSync(join(tmpdir(), 'gangway-host-'));
  session = new HostSession(host, lab.environment);
});

afterEach(() => {
  lab.answers.clear();
  lab.asked.length = 0;
});

afterAll(async () => {
  await session.close();
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

async function output(command: string): Promise<string> {
  const { stdout, stderr } = await session.invoke(command);
  expect(stderr).toBe('');
  return stdout.replaceAll('\r', '');
}

/** What a script sees of the error that a command stops with. */
const seen = (command: string): string =>
  `try { ${command} -ErrorAction Stop; 'no error' } catch { ` +
  `$_.FullyQualifiedErrorId; [string]$_.CategoryInfo.Category; $_.Exception.GetType().FullName; ` +
  `'0x{0:x8}' -f $_.Exception.HResult; $_.Exception.Message; $null -eq $_.Exception.InnerException }`;

describe('what the lab is told', () => {
  it('is the bound parameters, unchanged whatever letters they have, and the token', async () => {
    lab.answers.set('/cmdlet/Add-MpPreference', { objects: [] });
    const hostile = "'C:\\' + [char]0x4e2d + [char]0xd800 + '''\"&%$(x)`' + [char]0 + [char]10";
    await output(`Add-MpPreference -ExclusionPath (${hostile}), 'D:\\b' -Force -ErrorAction Stop`);
    expect(lab.asked).toEqual([
      {
        path: '/cmdlet/Add-MpPreference',
        authorization: 'Bearer of the fake lab',
        body: {
          elevated: false,
          parameters: {
            ExclusionPath: ['C:\\中\ud800\'"&%$(x)`\0\n', 'D:\\b'],
            Force: true,
          },
        },
      },
    ]);
  });

  it('says that an elevated host is elevated', async () => {
    lab.answers.set('/cmdlet/Get-MpPreference', { objects: [] });
    const env = { ...lab.environment, GANGWAY_BENCH_ELEVATED: '1' };
    await runHost(host, ['-Command', 'Get-MpPreference'], { env });
    expect(lab.asked[0]?.body).toEqual({ elevated: true, parameters: {} });
  });

  it('takes a task apart as the scheduler spells it', async () => {
    lab.answers.set('/cmdlet/Register-ScheduledTask', { objects: [] });
    const at = "([datetime]'2020-01-01T10:00:00Z').ToUniversalTime()";
    await output(
      `$a = New-ScheduledTaskAction -Execute 'p.exe' -Argument '-x'; ` +
        `$t = New-ScheduledTaskTrigger -Once -At ${at} -RepetitionInterval ([timespan]'00:01:00'); ` +
        `$p = New-ScheduledTaskPrincipal -UserId 'SYSTEM' -LogonType ServiceAccount -RunLevel Highest; ` +
        `Register-ScheduledTask -TaskName 'T' -TaskPath '\\G\\' -Action $a -Trigger $t -Principal $p`,
    );
    const kind =
      'Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler';
    expect(lab.asked[0]?.body).toMatchObject({
      parameters: {
        TaskName: 'T',
        TaskPath: '\\G\\',
        Action: [
          { $type: `${kind}/MSFT_TaskExecAction`, props: { Execute: 'p.exe', Arguments: '-x' } },
        ],
        Trigger: [
          {
            $type: `${kind}/MSFT_TaskTimeTrigger`,
            props: {
              StartBoundary: '2020-01-01T10:00:00Z',
              Repetition: { props: { Interval: 'PT1M' } },
            },
          },
        ],
        Principal: { props: { UserId: 'SYSTEM', RunLevel: 'Highest' } },
      },
    });
  });

  it('asks before it unregisters a task, which nobody can answer, unless told not to', async () => {
    lab.answers.set('/cmdlet/Unregister-ScheduledTask', { objects: [] });
    const asked = await session.invoke("Unregister-ScheduledTask -TaskName 'T'");
    expect(asked.stderr).toContain('NonInteractive mode');
    expect(lab.asked).toEqual([]);
    await output("Unregister-ScheduledTask -TaskName 'T' -Confirm:$false");
    expect(lab.asked).toHaveLength(1);
  });
});

describe('what the lab answers', () => {
  it('becomes objects with types, dates and lists', async () => {
    const props = {
      A: ['x'],
      B: { $date: '2020-01-02T03:04:05Z' },
      C: null,
      D: 3,
      E: { $type: 'Inner', props: { F: true } },
    };
    const $type = 'Microsoft.Management.Infrastructure.CimInstance#root/x/MSFT_MpPreference';
    lab.answers.set('/cmdlet/Get-MpPreference', { objects: [{ $type, props }] });
    const answer = await output(
      '$p = Get-MpPreference; $p.PSObject.TypeNames[0]; $p.A.GetType().Name; ' +
        "$p.B.ToUniversalTime().ToString('o'); $null -eq $p.C; $p.D.GetType().Name; $p.E.F",
    );
    expect(answer.split('\n')).toEqual([
      $type,
      'String[]',
      '2020-01-02T03:04:05.0000000Z',
      'True',
      'Int32',
      'True',
    ]);
  });

  it('becomes an event with its XML', async () => {
    const props = {
      Id: 1116,
      RecordId: 5,
      TimeCreated: { $date: '2020-01-02T03:04:05Z' },
      xml: '<Event/>',
    };
    const $type = 'System.Diagnostics.Eventing.Reader.EventLogRecord';
    lab.answers.set('/cmdlet/Get-WinEvent', { objects: [{ $type, props }] });
    const answer = await output(
      "$e = Get-WinEvent -FilterHashtable @{ LogName = 'L'; Id = 1, 2 } -MaxEvents 3; $e.Id; $e.RecordId; $e.ToXml()",
    );
    expect(answer).toBe('1116\n5\n<Event/>');
    expect(lab.asked[0]?.body).toMatchObject({
      parameters: { FilterHashtable: [{ LogName: 'L', Id: [1, 2] }], MaxEvents: 3 },
    });
  });

  it('becomes a CIM error: the HRESULT is in the id alone', async () => {
    lab.answers.set('/cmdlet/Get-MpComputerStatus', {
      error: {
        message: 'off',
        hresult: '0x800106ba',
        category: 'NotSpecified',
        id: 'HRESULT 0x800106ba',
      },
    });
    expect((await output(seen('Get-MpComputerStatus'))).split('\n')).toEqual([
      'HRESULT 0x800106ba,Get-MpComputerStatus',
      'NotSpecified',
      'Microsoft.Management.Infrastructure.CimException',
      '0x80131500',
      'off',
      'True',
    ]);
    // It ends nothing by itself.
    const going = await session.invoke("Get-MpComputerStatus; 'after'");
    expect(going.stdout).toBe('after');
    expect(going.stderr).toContain('Get-MpComputerStatus : off');
  });

  it('becomes an unknown command where the module is missing', async () => {
    lab.answers.set('/cmdlet/Get-MpThreat', {
      error: { message: 'gone', category: 'ObjectNotFound', id: 'CommandNotFoundException' },
    });
    expect((await output(seen('Get-MpThreat'))).split('\n').slice(0, 3)).toEqual([
      'CommandNotFoundException',
      'ObjectNotFound',
      'System.Management.Automation.CommandNotFoundException',
    ]);
  });

  it('names the compiled cmdlets in the errors of theirs', async () => {
    const error = {
      message: 'no',
      hresult: '0x80131501',
      category: 'ObjectNotFound',
      id: 'PathNotFound',
    };
    lab.answers.set('/cmdlet/Get-ItemProperty', { error });
    expect((await output(seen("Get-ItemProperty -LiteralPath 'HKLM:\\X'"))).split('\n')[0]).toBe(
      'PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand',
    );
  });

  it('is an error of the bench where it is none', async () => {
    const { stderr } = await session.invoke('Get-MpPreference');
    expect(stderr).toContain('The lab answered 404 to /cmdlet/Get-MpPreference');
  });
});

describe('Start-Process -Verb RunAs', () => {
  const run = (text: string): string =>
    `Start-Process -FilePath 'C:\\Windows\\powershell.exe' -ArgumentList '-NoProfile', '-EncodedCommand', '${encoded(text)}' ` +
    `-Verb RunAs -WindowStyle Hidden -PassThru`;

  it('declined, carries the sentence of the system and no code', async () => {
    lab.answers.set('/cmdlet/Start-Process', { error: { message: '', win32: 1223 } });
    const sentence = await output('(New-Object System.ComponentModel.Win32Exception 1223).Message');
    expect((await output(seen(run('1')))).split('\n')).toEqual([
      'InvalidOperationException,Microsoft.PowerShell.Commands.StartProcessCommand',
      'InvalidOperation',
      'System.InvalidOperationException',
      '0x80131509',
      `This command cannot be run due to the error: ${sentence}.`,
      'True',
    ]);
  });

  it('consented to, starts an elevated PowerShell without the environment of its caller', async () => {
    lab.answers.set('/cmdlet/Start-Process', { objects: [] });
    lab.answers.set('/cmdlet/Set-MpPreference', { objects: [] });
    const text = 'Set-MpPreference -MAPSReporting "[$env:OWN]"; [Console]::Out.WriteLine(1)';
    const id = await output(
      `$env:OWN = 'mine'; $p = ${run(text)}; $p.WaitForExit(); $p.Id; $p.ExitCode`,
    );
    expect(id).toMatch(/^\d+\n0$/);
    expect(lab.asked.map(({ path }) => path)).toEqual([
      '/cmdlet/Start-Process',
      '/cmdlet/Set-MpPreference',
    ]);
    expect(lab.asked[1]?.body).toEqual({ elevated: true, parameters: { MAPSReporting: '[]' } });
  });
});

describe('programs', () => {
  it('MpCmdRun prints and ends as the lab says', async () => {
    lab.answers.set('/mpcmdrun', { exitCode: 1, output: 'C:\\a is not excluded.\r\n' });
    const program = join(folder, 'MpCmdRun.exe');
    writeFileSync(program, `#!/bin/sh\nexec "${host}" --mpcmdrun "$@"\n`);
    chmodSync(program, 0o755);
    const answer = await output(
      `$o = & '${program}' -CheckExclusion -Path 'C:\\a b'; "$o"; $LASTEXITCODE`,
    );
    expect(answer).toBe('C:\\a is not excluded.\n1');
    expect(lab.asked[0]?.body).toEqual({
      elevated: false,
      arguments: ['-CheckExclusion', '-Path', 'C:\\a b'],
    });
  });
});

describe("JSON with 5.1's manners", () => {
  it.each([
    ['an array as an argument', 'ConvertTo-Json -InputObject @(1) -Compress', '[1]'],
    ['an array over the pipeline, taken apart', '@(1) | ConvertTo-Json -Compress', '1'],
    ['a wrapped array', ',@(1, 2) | ConvertTo-Json -Compress', '{"value":[1,2],"Count":2}'],
    [
      'dates',
      "ConvertTo-Json -Compress -InputObject ([datetime]'2020-01-01Z')",
      '"\\/Date(1577836800000)\\/"',
    ],
    ['letters', `"'<&>\`"\\" | ConvertTo-Json -Compress`, '"\\u0027\\u003c\\u0026\\u003e\\"\\\\"'],
    [
      'depth',
      'ConvertTo-Json -Compress -InputObject @{ a = @{ b = @{ c = @{ d = 1 } } } }',
      '{"a":{"b":{"c":"System.Collections.Hashtable"}}}',
    ],
    ['the layout', 'ConvertTo-Json -InputObject @{ a = 1 }', '{\n    "a":  1\n}'],
    [
      'an ISO date stays a text',
      `('{"a":"2020-01-01T00:00:00Z"}' | ConvertFrom-Json).a`,
      '2020-01-01T00:00:00Z',
    ],
    ['/Date()/ becomes a date', `('"\\/Date(0)\\/"' | ConvertFrom-Json).Year`, '1970'],
    ['a lone surrogate stays one', `[int][char]('"\\ud800"' | ConvertFrom-Json)`, '55296'],
    [
      'numbers have their types',
      `('[1,5000000000,1.5]' | ConvertFrom-Json | ForEach-Object { $_ }).GetType().Name`,
      'Object[]',
    ],
  ])('%s', async (_, command, expected) => {
    expect(await output(command)).toBe(expected);
  });

  it.each(['{"a":1,"A":2}', '{"":1}', '{"a"', '[1,]', 'x', '1 2', '"\\x"'])(
    'refuses %s',
    async (text) => {
      expect(await output(seen(`ConvertFrom-Json -InputObject '${text}'`))).not.toContain(
        'no error',
      );
    },
  );
});
