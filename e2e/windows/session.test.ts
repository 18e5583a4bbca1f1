// The session over a real engine: what it answers, what an error and noise become, and what its surroundings cannot do.
import { afterEach, describe, expect, it } from 'vitest';
import { z } from '../../src/shared/zod';
import { script } from './support/scripts';
import { isRunning, pidOf, sessionsForEachTest } from './support/session';

const open = sessionsForEachTest();

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
