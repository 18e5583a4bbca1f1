// The bench's powershell.exe behaves towards its caller as Windows PowerShell 5.1 does: command line, standard input, exit
// codes, error text, JSON. The lab behind it is a fake one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { startFakeLab, type FakeLab } from './support/fakeLab';
import { encoded, HostSession, runHost, type Environment } from './support/hostProcess';

const host = inject('windowsHost');
let lab: FakeLab;
let folder: string;
const sessions: HostSession[] = [];

beforeAll(async () => {
  lab = await startFakeLab();
  folder = mkdtempSync(join(tmpdir(), 'gangway-host-'));
});

afterEach(() => {
  for (const session of sessions.splice(0)) session.kill();
  lab.answers.clear();
  lab.asked.length = 0;
});

afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(env: Environment = {}): HostSession {
  const session = new HostSession(host, { ...lab.environment, ...env });
  sessions.push(session);
  return session;
}

function command(text: string, env: Environment = {}): ReturnType<typeof runHost> {
  return runHost(host, ['-NoProfile', '-Command', text], { env: { ...lab.environment, ...env } });
}

describe('what it says of itself', () => {
  it('is a real engine with simulated cmdlets', async () => {
    const { stderr, code } = await runHost(host, ['--about']);
    expect(stderr.split('\n')[0]).toBe(
      'Gangway bench host: engine real (PowerShell 7.6.9), Windows cmdlets simulated',
    );
    expect(code).toBe(0);
  });
});

describe('exit codes', () => {
  it.each([
    ['a command that succeeds', '1', 0],
    ['exit 7', 'exit 7', 7],
    ['throw', 'throw "x"', 1],
    ['a last command that fails', 'Get-Nothing', 1],
    ['a failure that is not the last', 'Get-Nothing; 1', 0],
    ['a text that does not parse', 'if (', 1],
  ])('%s', async (_, text, code) => {
    const ran = await Promise.all([
      command(text),
      runHost(host, ['-NonInteractive', '-EncodedCommand', encoded(text)]),
    ]);
    expect(ran.map((one) => one.code)).toEqual([code, code]);
  });

  it('of -File are those of exit, and 1 after an error', async () => {
    const file = join(folder, 'some.ps1');
    const run = (text: string, ...policy: string[]): ReturnType<typeof runHost> => {
      writeFileSync(file, text);
      return runHost(host, [...policy, '-File', file, 'a b', '-Other:c']);
    };
    const bypass = ['-ExecutionPolicy', 'Bypass'];
    expect(await run('param($Name, $Other) "$Name|$Other"; exit 3', ...bypass)).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/^a b\|c\r?\n$/) as string,
    });
    expect(await run('param($Name, $Other) 1', ...bypass)).toMatchObject({ code: 0 });
    expect(await run('param($Name, $Other) throw "no"', ...bypass)).toMatchObject({ code: 1 });
    const restricted = await run('param($Name, $Other) 1');
    expect(restricted.code).toBe(1);
    expect(restricted.stderr).toContain('running scripts is disabled on this system');
  });

  it.each([
    ['-EncodedCommand that is no Base64', ['-EncodedCommand', '%%%'], 'Base64'],
    ['-File that is not there', ['-File', '/no/such.ps1'], 'does not exist'],
    ['a window style nobody knows', ['-WindowStyle', 'Sideways', '-Command', '1'], 'WindowStyle'],
    ['-Command without a text', ['-Command'], 'missing parameter'],
    ['- and more', ['-Command', '-', '1'], 'no other arguments'],
  ])('%s is a wrong command line', async (_, args, text) => {
    const { code, stderr, stdout } = await runHost(host, args);
    expect(code).toBe(64);
    expect(stderr.toLowerCase()).toContain(text.toLowerCase());
    expect(stdout).toBe('');
  });

  it('an option nobody knows begins the text of the command', async () => {
    const { code, stderr } = await runHost(host, ['-NoLogo', '-frobnicate']);
    expect(code).toBe(1);
    expect(stderr).toContain("'-frobnicate'");
  });

  it('takes shortened options in any case', async () => {
    const args = [
      '-nol',
      '/NOP',
      '-noni',
      '-ex',
      'bypass',
      '-w',
      'hidden',
      '-c',
      '"a"',
      '+',
      '"b"',
    ];
    expect(await runHost(host, args)).toMatchObject({ code: 0, stdout: 'ab\n' });
  });
});

describe('errors', () => {
  it('are text on stderr in the form of 5.1, and nothing of them is on stdout', async () => {
    const { stdout, stderr } = await command('"before"; Get-Nothing; "after"');
    expect(stdout).toBe('before\nafter\n');
    expect(stderr).toMatch(/^Get-Nothing : The term 'Get-Nothing' is not recognized/);
    expect(stderr).toContain('At line:1 char:11');
    expect(stderr).toContain(
      '+ CategoryInfo          : ObjectNotFound: (Get-Nothing:String) [], CommandNotFoundException',
    );
    expect(stderr).toContain('+ FullyQualifiedErrorId : CommandNotFoundException');
  });

  it('of an encoded command are CLIXML, unless text is asked for', async () => {
    const args = ['-EncodedCommand', encoded('throw "x<y"')];
    const xml = await runHost(host, args);
    expect(xml.stderr).toMatch(/^#< CLIXML\n<Objs .*<S S="Error">x&lt;y_x000D__x000A_<\/S>/);
    const text = await runHost(host, ['-OutputFormat', 'Text', ...args]);
    expect(text.stderr).toMatch(/^x<y\n/);
  });

  it('warnings go to stdout; a question is refused', async () => {
    const { stdout, stderr } = await command('Write-Warning "w"; $Host.UI.ReadLine()');
    expect(stdout).toBe('WARNING: w\n');
    expect(stderr).toContain('NonInteractive mode');
  });
});

describe('a session over standard input', () => {
  it('answers one command after the other and keeps its state', async () => {
    const session = open();
    expect(await session.invoke('$x = 20; "first"')).toEqual({ stdout: 'first', stderr: '' });
    expect(await session.invoke('$x + 1')).toEqual({ stdout: '21', stderr: '' });
    expect(await session.close()).toBe(0);
  });

  it('collects an incomplete block until a blank line, and further while it is incomplete', async () => {
    const session = open();
    const block = '& {\nparam($a)\n\nforeach ($b in 1, 2) {\n  "$a$b"\n}\n} \'x\'\n';
    expect((await session.invoke(block)).stdout).toBe('x1\nx2');
  });

  it('goes on after a parse error, an error and a throw', async () => {
    const session = open();
    for (const bad of ['1 +* 2', 'Get-Nothing', 'throw "x"']) {
      expect((await session.invoke(bad)).stderr).not.toBe('');
    }
    expect(await session.invoke('"alive"')).toEqual({ stdout: 'alive', stderr: '' });
  });

  it('ends with the code of exit, and drops what is incomplete at the end', async () => {
    const args = ['-NoExit', '-Command', '-'];
    expect(await runHost(host, args, { stdin: '"a"\nexit 4\n"b"\n' })).toMatchObject({
      code: 4,
      stdout: 'a\n',
    });
    expect(await runHost(host, args, { stdin: '"a"\n& {\n"b"' })).toMatchObject({
      code: 0,
      stdout: 'a\n',
    });
  });

  it("has the console's code page and not UTF-8, until a script says otherwise", async () => {
    const session = open();
    const text = '[string][char]0x4e2d';
    expect((await session.invoke(text)).stdout).toBe('?');
    const utf8 = '[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false';
    expect(await session.invoke(`${utf8}; ${text}`)).toEqual({ stdout: '中', stderr: '' });
  });
});

describe('Constrained Language Mode', () => {
  const constrained = { GANGWAY_BENCH_LANGUAGE: 'ConstrainedLanguage' };

  it('refuses .NET and runs the simulated cmdlets', async () => {
    lab.answers.set('/cmdlet/Get-MpPreference', { objects: [{ $type: 'T', props: { A: 1 } }] });
    const dotNet = await command('[Console]::Out.WriteLine(1)', constrained);
    expect(dotNet.code).toBe(1);
    expect(dotNet.stderr).toContain('language mode');
    const cmdlets = '(Get-MpPreference).A; ConvertTo-Json -InputObject @(1) -Compress';
    expect(await command(cmdlets, constrained)).toMatchObject({ code: 0, stdout: '1\n[1]\n' });
    const made = await command('New-Object System.Net.WebClient', constrained);
    expect(made.stderr).toContain('CannotCreateTypeConstrainedLanguage');
  });
});

describe('faults', () => {
  const block = '& {\n"done"\n}\n';

  it('hang, die and babble at the block they are told', async () => {
    const hang = open({ GANGWAY_BENCH_FAULT: 'hang:2' });
    expect((await hang.invoke(block)).stdout).toBe('done');
    await expect(hang.invoke(block, 1500)).rejects.toThrow('silent');
    const die = open({ GANGWAY_BENCH_FAULT: 'die' });
    await expect(die.invoke(block, 1500)).rejects.toThrow('silent');
    expect(await die.ended).toBe(3);
    const babble = open({ GANGWAY_BENCH_FAULT: 'babble' });
    await expect(babble.invoke(block, 700)).rejects.toThrow('silent');
    babble.kill();
    const chatter = open({ GANGWAY_BENCH_FAULT: 'chatter' });
    expect((await chatter.invoke(block)).stdout).toMatch(
      /^GANGWAY chatter .*\ndone\nmore chatter$/,
    );
  });

  it('strike once where a file is named', async () => {
    const env = { GANGWAY_BENCH_FAULT: 'die', GANGWAY_BENCH_FAULT_ONCE: join(folder, 'once') };
    const first = open(env);
    await expect(first.invoke(block, 1500)).rejects.toThrow('silent');
    expect((await open(env).invoke(block)).stdout).toBe('done');
  });
});
