// The session over a real engine: what it answers, what becomes of a host that ends, hangs or babbles, and that none is
// left behind.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { build } from 'vite';
import type { PowerShellSession } from '../../src/core/windows/powershell';
import { z } from '../../src/shared/zod';
import { pidScript, script } from './support/scripts';
import { isRunning, sessionsForEachTest, surroundings, untilGone } from './support/session';

const folder = mkdtempSync(join(tmpdir(), 'gangway-session-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const open = sessionsForEachTest();

async function pidOf(session: PowerShellSession): Promise<number> {
  const answer = await session.run(pidScript, null, z.number());
  if (answer.kind !== 'value') throw new Error(JSON.stringify(answer));
  return answer.value;
}

/** The environment in which only the first host goes wrong. */
function fault(kind: string): Record<string, string> {
  return { GANGWAY_BENCH_FAULT: kind, GANGWAY_BENCH_FAULT_ONCE: join(folder, `once-${kind}`) };
}

describe('one host', () => {
  it('is started when it is needed, and used again', async () => {
    const session = open();
    const first = await pidOf(session);
    expect(await pidOf(session)).toBe(first);
    expect(isRunning(first)).toBe(true);
  });

  it('takes one call at a time, in their order', async () => {
    const session = open();
    const order: number[] = [];
    const body = ['  $before = [datetime]::UtcNow', '  Start-Sleep -Milliseconds 30'];
    const slow = script(...body, '  @{ from = $before; to = [datetime]::UtcNow; n = $Data }');
    const schema = z.object({ from: z.iso.datetime(), to: z.iso.datetime(), n: z.number() });
    const answers = await Promise.all(
      [0, 1, 2, 3].map(async (n) => {
        const answer = await session.run(slow, n, schema);
        order.push(n);
        return answer.kind === 'value' ? answer.value : null;
      }),
    );
    expect(order).toEqual([0, 1, 2, 3]);
    for (const [at, answer] of answers.entries()) {
      expect(answer?.n).toBe(at);
      if (at > 0) expect(answer!.from >= answers[at - 1]!.to).toBe(true);
    }
  });

  it('keeps nothing from one call for the next', async () => {
    const session = open();
    await session.run(script('  $secret = 1', '  $secret'), null, z.number());
    const answer = await session.run(script('  $secret'), null, z.unknown());
    expect(answer).toMatchObject({ kind: 'error', error: { id: 'VariableIsUndefined' } });
  });

  it('gives a large answer whole', async () => {
    const text = await open().run(script("  'x\\' * 2000000"), null, z.string());
    expect(text.kind === 'value' && text.value === 'x\\'.repeat(2_000_000)).toBe(true);
  });

  it('says what it is', async () => {
    expect(await open().about()).toMatchObject({
      kind: 'value',
      value: { languageMode: 'FullLanguage', version: expect.stringMatching(/^\d+\.\d/) as string },
    });
  });
});

describe('values', () => {
  it('come as JSON has them, dates in UTC, one thing in a list as a list', async () => {
    const body = script(
      '  @{ none = $null; yes = $true; one = @(1); empty = @(); nested = @(, @(1, 2)); text = "a"',
      '    whole = [long]9007199254740991; beyond = [long]9007199254740993; most = [uint64]::MaxValue; part = 0.1; byte = [byte]7',
      '    version = [version]"4.18.2"; day = [dayofweek]::Monday; switch = [switch]$true',
      '    date = [datetime]::new(2026, 1, 2, 3, 4, 5, [datetimekind]::Utc); object = @{ a = @{ b = 1 } } }',
    );
    expect(await open().run(body, null, z.unknown())).toMatchObject({
      value: {
        ...{ none: null, yes: true, one: [1], empty: [], nested: [[1, 2]], text: 'a' },
        ...{
          whole: 9007199254740991,
          beyond: '9007199254740993',
          most: '18446744073709551615',
          part: 0.1,
          byte: 7,
        },
        ...{ version: '4.18.2', day: 'Monday', switch: true },
        ...{ date: '2026-01-02T03:04:05.000Z', object: { a: { b: 1 } } },
      },
    });
  });

  it.each([
    ['a number that JSON has no word for', '  [double]::NaN'],
    ['an object of another kind', '  @{ it = [IO.MemoryStream]::new() }'],
    ['what has no end', '  $loop = @{}', '  $loop.loop = $loop', '  $loop'],
    ['two things', '  1', '  2'],
  ])('refuses %s', async (_, ...body) => {
    expect(await open().run(script(...body), null, z.unknown())).toMatchObject({ kind: 'error' });
  });
});

describe('errors are data', () => {
  it('with the code of the innermost Win32Exception', async () => {
    const body = script(
      '  $no = [ComponentModel.Win32Exception]::new(1223)',
      '  throw [InvalidOperationException]::new("outer", $no)',
    );
    expect(await open().run(body, null, z.unknown())).toMatchObject({
      kind: 'error',
      error: {
        message: 'outer',
        type: 'System.InvalidOperationException',
        hresult: '0x80131509',
        category: 'OperationStopped',
        native: 1223,
      },
    });
  });

  it('with the HRESULT that stands in the id of a CIM error', async () => {
    const body = script(
      "  Write-Error -Message 'no' -ErrorId 'HRESULT 0x800106BA,Get-MpPreference'",
    );
    expect(await open().run(body, null, z.unknown())).toMatchObject({
      error: { hresult: '0x800106ba', id: expect.stringMatching(/^HRESULT 0x800106BA/) as string },
    });
  });

  it('and the host goes on', async () => {
    const session = open();
    const pid = await pidOf(session);
    expect(await session.run(script('  Get-Nothing'), null, z.unknown())).toMatchObject({
      kind: 'error',
      error: { category: 'ObjectNotFound', id: 'CommandNotFoundException', native: null },
    });
    expect(await pidOf(session)).toBe(pid);
  });
});

describe('noise', () => {
  it('comes with the answer and never in its place', async () => {
    const heard: string[] = [];
    const session = open({}, { onNoise: (text) => heard.push(text) });
    const body = script(
      "  Write-Warning 'careful'",
      "  [Console]::Error.WriteLine('stderr')",
      '  1',
    );
    const answer = await session.run(body, null, z.number());
    expect(answer).toMatchObject({ kind: 'value', value: 1 });
    const noise = answer.kind === 'value' ? answer.noise : '';
    expect(noise).toContain('WARNING: careful');
    // The two streams are two pipes: it comes now, or with the next answer.
    const next = await session.run(script('  2'), null, z.number());
    expect(noise + (next.kind === 'value' ? next.noise : '')).toContain('stderr');
    expect(heard.join('')).toContain('stderr');
    expect(await session.run(script('  3'), null, z.number())).toMatchObject({ noise: '' });
  });

  it('is legible on a Chinese Windows', async () => {
    const session = open({ GANGWAY_BENCH_CODEPAGE: '936' });
    const body = script('  [Console]::Error.WriteLine([string][char]0x4e2d)', '  1');
    const answer = await session.run(body, null, z.number());
    const next = await session.run(script('  2'), null, z.number());
    const noise = [answer, next].map((it) => (it.kind === 'value' ? it.noise : '')).join('');
    expect(noise).toBe('\u4e2d');
  });

  it('that looks like an answer is none', async () => {
    const session = open({ GANGWAY_BENCH_FAULT: 'chatter:3' });
    const answer = await session.run(script('  1'), null, z.number());
    expect(answer).toMatchObject({ kind: 'value', value: 1 });
    expect(answer.kind === 'value' && answer.noise).toContain('GANGWAY chatter');
    expect(answer.kind === 'value' && answer.noise).toContain('more chatter');
  });
});

describe('no answer', () => {
  it.each([
    ['a text that is no script', 'param($Json)\nInvoke-Request $Json { } }'],
    ['a script that says nothing', 'param($Json)\n$null = $Json'],
    ['a script that answers something else', 'param($Json)\n\'GANGWAY x {"ok":true,"value":1}\''],
    ['a script that answers twice', `${pidScript}\nInvoke-Request $Json { 1 }`],
  ])('from %s', async (_, text) => {
    const session = open();
    expect(await session.run(text, null, z.unknown())).toMatchObject({
      kind: 'lost',
      why: 'badAnswer',
    });
    expect(await pidOf(session)).toBeGreaterThan(0);
  });

  it('of the shape that was asked for, and the host goes on', async () => {
    const session = open();
    const pid = await pidOf(session);
    expect(await session.run(script('  "1"'), null, z.number())).toMatchObject({
      kind: 'lost',
      why: 'badAnswer',
      cause: expect.stringContaining('another shape') as string,
    });
    expect(await pidOf(session)).toBe(pid);
  });
});

describe('a lost host is replaced, and its call is not repeated', () => {
  it('when it dies in a call', async () => {
    const session = open(fault('die:3'));
    expect(await session.run(script('  1'), null, z.number())).toMatchObject({
      kind: 'lost',
      why: 'died',
      cause: 'exit code 3',
    });
    expect(await session.run(script('  1'), null, z.number())).toMatchObject({ value: 1 });
  });

  it('when it is killed between two calls', async () => {
    const session = open();
    const pid = await pidOf(session);
    process.kill(pid, 'SIGKILL');
    await untilGone(pid);
    await new Promise((done) => setTimeout(done, 100));
    expect(await pidOf(session)).not.toBe(pid);
  });

  it('when it is killed in a call', async () => {
    const session = open();
    const pid = await pidOf(session);
    const asked = session.run(script('  Start-Sleep -Seconds 60'), null, z.unknown());
    setTimeout(() => process.kill(pid, 'SIGKILL'), 100);
    expect(await asked).toMatchObject({ kind: 'lost', why: 'died', cause: 'signal SIGKILL' });
    expect(await pidOf(session)).not.toBe(pid);
  });

  it('when it does not answer in time', async () => {
    const session = open();
    const pid = await pidOf(session);
    const slow = script('  Start-Sleep -Seconds 60', '  1');
    expect(await session.run(slow, null, z.number(), { timeoutMs: 200 })).toMatchObject({
      kind: 'lost',
      why: 'hung',
    });
    expect(isRunning(pid)).toBe(false);
    // The answer of the first call can no longer come to the second.
    expect(await session.run(script('  2'), null, z.number())).toMatchObject({ value: 2 });
  });

  it('when it hangs for good', async () => {
    const session = open(fault('hang:3'));
    expect(await session.run(script('  1'), null, z.number(), { timeoutMs: 300 })).toMatchObject({
      kind: 'lost',
      why: 'hung',
    });
    expect(await session.run(script('  1'), null, z.number())).toMatchObject({ value: 1 });
  });

  it('when it babbles without end, before its time is over', async () => {
    const session = open(fault('babble:3'));
    const answer = await session.run(script('  1'), null, z.number(), { timeoutMs: 40_000 });
    expect(answer).toMatchObject({ kind: 'lost', why: 'babbled' });
    expect(answer.kind === 'lost' && answer.cause).toContain('babble babble');
    expect(await session.run(script('  1'), null, z.number())).toMatchObject({ value: 1 });
  });

  it('when it babbles a little and then hangs', async () => {
    const body = script("  Write-Warning 'and then'", '  Start-Sleep -Seconds 60');
    const answer = await open().run(body, null, z.number(), { timeoutMs: 1000 });
    expect(answer).toMatchObject({ kind: 'lost', why: 'babbled' });
    expect(answer.kind === 'lost' && answer.cause).toContain('and then');
  });
});

describe('a host that cannot be started', () => {
  const notProgram = join(folder, 'powershell.exe');
  writeFileSync(notProgram, 'no program');
  chmodSync(notProgram, 0o644);

  it.each([
    ['is not there', join(folder, 'nothing.exe')],
    ['lies in no folder', join(folder, 'nowhere', 'powershell.exe')],
    ['is no program', notProgram],
    ['has no absolute path', 'powershell.exe'],
    ['ends at once', '/bin/false'],
    ['is another program', '/bin/cat'],
  ])('%s', async (_, executable) => {
    const session = open({}, { executable, startTimeoutMs: 2000 });
    expect(await session.run(pidScript, null, z.number())).toMatchObject({
      kind: 'lost',
      why: 'cannotStart',
    });
    expect(await session.about()).toMatchObject({ why: 'cannotStart' });
  });

  it('takes too long', async () => {
    const session = open({ GANGWAY_BENCH_FAULT: 'slowstart:60000' }, { startTimeoutMs: 300 });
    expect(await session.about()).toMatchObject({
      why: 'cannotStart',
      cause: 'hung: no answer in 300 ms',
    });
  });
});

describe('given up', () => {
  it('in a call: the host is ended, the next call has another', async () => {
    const session = open();
    const pid = await pidOf(session);
    const stop = new AbortController();
    const slow = script('  Start-Sleep -Seconds 60');
    const asked = session.run(slow, null, z.unknown(), { signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(isRunning(pid)).toBe(false);
    expect(await pidOf(session)).not.toBe(pid);
  });

  it('before its turn: at once, and it never runs', async () => {
    const session = open();
    await pidOf(session);
    const first = session.run(script('  Start-Sleep -Milliseconds 500', '  1'), null, z.number());
    const stop = new AbortController();
    const set = script('  $global:Ran = $true');
    const second = session.run(set, null, z.unknown(), { signal: stop.signal });
    let over = false;
    void first.then(() => (over = true));
    stop.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    expect(over).toBe(false);
    await first;
    expect(await session.run(script('  $global:Ran'), null, z.unknown())).toMatchObject({
      kind: 'error',
    });
  });
});

describe('closed', () => {
  it('the host ends, and none is started', async () => {
    const session = open();
    const pid = await pidOf(session);
    await session.close();
    expect(isRunning(pid)).toBe(false);
    expect(await session.run(pidScript, null, z.number())).toMatchObject({ why: 'closed' });
    expect(await session.about()).toMatchObject({ why: 'closed' });
    await session.close();
  });

  it('what runs and what waits is told so', async () => {
    const session = open();
    const pid = await pidOf(session);
    const running = session.run(script('  Start-Sleep -Seconds 60'), null, z.unknown());
    const waiting = session.run(pidScript, null, z.number());
    await new Promise((done) => setTimeout(done, 50));
    await session.close();
    expect(await running).toMatchObject({ kind: 'lost', why: 'closed' });
    expect(await waiting).toMatchObject({ kind: 'lost', why: 'closed' });
    expect(isRunning(pid)).toBe(false);
  });
});

describe('no orphan', () => {
  const program = join(folder, 'run.cjs');
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        target: 'node20',
        ssr: resolve('e2e/windows/support/sessionChild.ts'),
        outDir: folder,
        emptyOutDir: false,
        rollupOptions: { output: { format: 'cjs', entryFileNames: 'run.cjs' } },
      },
      ssr: { noExternal: true },
    });
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  async function start(how: 'idle' | 'busy'): Promise<{ child: ChildProcess; pid: number }> {
    const child = spawn(process.execPath, [program, inject('windowsHost'), how], {
      env: surroundings(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, pid: Number(line.toString()) };
  }

  it.each(['idle', 'busy'] as const)(
    'of a program that is killed, %s',
    async (how) => {
      const { child, pid } = await start(how);
      expect(pid).toBeGreaterThan(1);
      child.kill('SIGKILL');
      await untilGone(pid, how === 'idle' ? 5_000 : 70_000);
    },
    80_000,
  );

  it('of a program that ends without closing, which an idle host does not hinder', async () => {
    const { child, pid } = await start('idle');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    await untilGone(pid);
  });
});

describe('our own environment', () => {
  const names = { NODE_POWERSHELL: '/bin/false', PSModulePath: '/tmp/evil', DEBUG: '*' };
  afterEach(() => {
    for (const name of Object.keys(names)) Reflect.deleteProperty(process.env, name);
  });

  it('does not choose the program, its modules, or what is logged', async () => {
    Object.assign(process.env, names);
    const written: string[] = [];
    const session = open();
    const log = console.log;
    console.log = (...words: unknown[]) => written.push(words.join(' '));
    let answer;
    try {
      const told = script('  @{ paths = [string]$env:PSModulePath; other = $env:NODE_POWERSHELL }');
      answer = await session.run(told, null, z.object({ paths: z.string(), other: z.null() }));
    } finally {
      console.log = log;
    }
    expect(answer).toMatchObject({ kind: 'value' });
    expect(answer.kind === 'value' && answer.value.paths).not.toContain('evil');
    expect(written).toEqual([]);
  });
});

describe('Constrained Language Mode', () => {
  const constrained = { GANGWAY_BENCH_LANGUAGE: 'ConstrainedLanguage' };

  it('is said', async () => {
    expect(await open(constrained).about()).toMatchObject({
      value: { languageMode: 'ConstrainedLanguage' },
    });
  });

  it('takes and gives all kinds of data', async () => {
    const data = { a: [1, 0.5, null, true, ['\ud800\u4e2d'], { b: '' }], c: [] };
    expect(await open(constrained).run(script('  $Data'), data, z.unknown())).toEqual({
      kind: 'value',
      value: data,
      noise: '',
    });
  });

  it.each([
    ['a method of .NET', '  [Math]::Sqrt(2)', 'MethodInvocationNotSupportedInConstrainedLanguage'],
    [
      'an object of .NET',
      '  New-Object -TypeName System.IO.MemoryStream',
      'CannotCreateTypeConstrainedLanguage',
    ],
    [
      'another setting of the console',
      '  [Console]::OutputEncoding = $null',
      'PropertySetterNotSupportedInConstrainedLanguage',
    ],
  ])('says so of %s', async (_, body, id) => {
    const answer = await open(constrained).run(script(body), null, z.unknown());
    expect(answer).toMatchObject({ kind: 'error', error: { native: null } });
    expect(answer.kind === 'error' && answer.error.id).toContain(id);
  });
});
