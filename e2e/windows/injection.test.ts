// Data stays data: every hostile text arrives on PowerShell's side unit by unit as it was sent and comes back the same,
// and nothing of it runs. Through the session's scripts as they are, byte for byte, each of them.
import fc from 'fast-check';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asciiJson, type PowerShellSession } from '../../src/core/windows/powershell';
import { z } from '../../src/shared/zod';
import { startFakeLab, type FakeLab } from './support/fakeLab';
import { hostileValues, ran, unitsOf, type Canary } from './support/hostile';
import { script } from './support/scripts';
import { sessionsForEachTest } from './support/session';

const folder = mkdtempSync(join(tmpdir(), 'gangway-injection-'));
const canary: Canary = { file: join(folder, 'canary') };
const values = hostileValues(canary);
let lab: FakeLab;

beforeAll(async () => {
  lab = await startFakeLab();
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = sessionsForEachTest();
const tellUnits = '$units = foreach ($unit in $text.ToCharArray()) { [int]$unit }';
const echo = script(
  '  $text = $Data',
  `  ${tellUnits}`,
  '  @{ units = ($units -join " "); length = $text.Length; echo = $text }',
);
const echoSchema = z.object({ units: z.string(), length: z.number(), echo: z.string() });
const stateSchema = z.object({ canary: z.string(), pid: z.number() });
const state = script('  @{ canary = $global:GangwayCanary; pid = $PID }');

/** A session with a canary in it. The work is over when nothing has touched the canary and the host is the same. */
async function unharmed(session: PowerShellSession, work: () => Promise<void>): Promise<void> {
  const set = script("  $global:GangwayCanary = 'alive'", '  $PID');
  const before = await session.run(set, null, z.number());
  await work();
  const after = await session.run(state, null, stateSchema);
  expect(before.kind).toBe('value');
  expect(after).toEqual({
    kind: 'value',
    value: { canary: 'alive', pid: before.kind === 'value' ? before.value : null },
    noise: '',
  });
  expect(ran(canary)).toBe(false);
}

async function arrives(session: PowerShellSession, value: string): Promise<void> {
  const answer = await session.run(echo, value, echoSchema);
  // Compared first as a whole: a difference in 32,768 units is not to be printed.
  const expected = { units: unitsOf(value), length: value.length, echo: value };
  if (answer.kind !== 'value' || answer.noise !== '' || !same(answer.value, expected)) {
    expect(JSON.stringify(answer).slice(0, 2000)).toBe(JSON.stringify(value).slice(0, 2000));
  }
}

function same(one: z.infer<typeof echoSchema>, other: z.infer<typeof echoSchema>): boolean {
  return one.units === other.units && one.length === other.length && one.echo === other.echo;
}

it('has a canary that dies when a text is run', async () => {
  const session = open();
  const file = join(folder, 'control');
  const run = script(
    `  [IO.File]::WriteAllText('${file}', 'x')`,
    "  $global:GangwayCanary = 'dead'",
  );
  await session.run(run, null, z.unknown());
  expect(ran({ file })).toBe(true);
  expect(await session.run(script('  $global:GangwayCanary'), null, z.string())).toMatchObject({
    value: 'dead',
  });
});

describe(`${values.length} hostile texts`, () => {
  it('are at least 300', () => {
    expect(values.length).toBeGreaterThanOrEqual(300);
  });

  it.each([
    ['FullLanguage', 'each in a call of its own'],
    ['ConstrainedLanguage', 'each in a call of its own'],
  ])(
    '%s: %s',
    async (mode) => {
      const session = open({ GANGWAY_BENCH_LANGUAGE: mode });
      await unharmed(session, async () => {
        for (const value of values) await arrives(session, value);
      });
    },
    240_000,
  );

  it('all in one call, nested', async () => {
    const session = open();
    await unharmed(session, async () => {
      const data = { all: values, nested: values.map((value) => [{ value, list: [value] }]) };
      const answer = await session.run(script('  $Data'), data, z.unknown(), { timeoutMs: 60_000 });
      expect(answer.kind === 'value' && textsIn(answer.value)).toEqual(textsIn(data));
    });
  }, 120_000);

  it('as the literal that an elevated text carries', async () => {
    const session = open();
    await unharmed(session, async () => {
      for (const value of values) {
        const text = `$text = (ConvertFrom-Json -InputObject '${asciiJson({ value })}').value`;
        // 5.1 makes a date of this one; no exclusion looks like it.
        if (/^\/Date\(-?\d+\)\/$/.test(value)) continue;
        const answer = await session.run(
          script(`  ${text}`, `  ${tellUnits}`, '  @{ units = ($units -join " ") }'),
          null,
          z.object({ units: z.string() }),
        );
        expect(
          answer.kind === 'value' && answer.value.units === unitsOf(value),
          value.slice(0, 80),
        ).toBe(true);
      }
    });
  }, 240_000);
});

describe('texts that nobody thought of', () => {
  const unit = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }),
    fc.constantFrom(
      ...Array.from('\'"`$(){};|&\\\n\r\0\u2018\u2019\u201c\ud800\udc00=', (letter) =>
        letter.charCodeAt(0),
      ),
    ),
  );
  const text = fc.array(unit, { maxLength: 60 }).map((units) => String.fromCharCode(...units));

  it('arrive as they are', async () => {
    const session = open();
    const tellAll = script(
      `  @{ all = @(foreach ($text in $Data.texts) { ${tellUnits}; $units -join " " }); echo = $Data.texts }`,
    );
    await unharmed(session, () =>
      fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 30 }), async (texts) => {
          const answer = await session.run(tellAll, { texts }, z.unknown());
          expect(answer).toEqual({
            kind: 'value',
            value: { all: texts.map(unitsOf), echo: texts },
            noise: '',
          });
        }),
        { numRuns: 60 },
      ),
    );
  }, 120_000);

  it('in data of any shape come back in that shape', async () => {
    const session = open();
    const number = fc.oneof(
      fc.integer(),
      fc.maxSafeInteger(),
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .filter((value) => !Number.isInteger(value)),
    );
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
    const { data } = fc.letrec<{ data: unknown }>((tie) => ({
      data: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.oneof(text, number, fc.boolean(), fc.constant(null)),
        fc.array(tie('data'), { maxLength: 4 }),
        fc.dictionary(name, tie('data'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    await unharmed(session, () =>
      fc.assert(
        fc.asyncProperty(data, async (value) => {
          const answer = await session.run(script('  @{ value = $Data }'), value, z.unknown());
          expect(answer).toEqual({
            kind: 'value',
            // A zero has no sign in JSON.
            value: { value: JSON.parse(JSON.stringify(value)) as unknown },
            noise: '',
          });
        }),
        { numRuns: 150 },
      ),
    );
  }, 120_000);
});

/** How a script that runs in the session is given one hostile text, in each of its fields that takes one. */
const drivers: Readonly<Record<string, (text: string) => unknown>> = {
  about: (text) => text,
  status: (text) => ({ path: text }),
  preferences: (text) => ({ path: text }),
  threats: (text) => ({ path: text }),
  updateSignatures: (text) => ({ path: text }),
  mpCmdRun: (path) => ({ operation: 'check', path }),
  events: (text) => ({
    channels: [
      { name: text, events: [[1116, 1119]], after: 0, since: null, below: null },
      { name: 'System', events: [[1116, 1119]], after: null, since: text, below: null },
    ],
    most: 1,
  }),
  elevate: (text) => ({ powershell: text, arguments: [text, text] }),
};
/** The scripts that hand a text to Windows as it is, and as which parameters. An empty one is refused by Windows. */
const handingOn: Readonly<Record<string, readonly string[]>> = {
  events: ['LogName'],
  elevate: ['FilePath', 'ArgumentList'],
};
const scripts = readdirSync('src/core/windows', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ps1'))
  .map((file) => join('src/core/windows', file))
  .map((file) => ({ name: basename(file, '.ps1'), text: readFileSync(file, 'utf8') }))
  .filter(({ text }) => text.includes('\nInvoke-Request $Json {\n'));

describe('every script of the session', () => {
  it('has its driver here', () => {
    expect(scripts.map(({ name }) => name).sort()).toEqual(Object.keys(drivers).sort());
  });

  describe.each(scripts)('$name', ({ name, text }) => {
    it('gets each text as it was sent', async () => {
      await probed(async (session) => {
        const all = values.map((value) => drivers[name]?.(value));
        const answer = await session.run(text, { all }, z.unknown(), { timeoutMs: 60_000 });
        expect(answer).toMatchObject({ kind: 'value', noise: '' });
        expect(answer.kind === 'value' && textsIn(answer.value)).toEqual(textsIn({ all }));
      });
    }, 120_000);

    it('runs none of them', async () => {
      lab.asked.length = 0;
      const session = open({ ...lab.environment, ProgramData: folder, ProgramFiles: folder });
      await unharmed(session, async () => {
        for (const value of values) {
          const answer = await session.run(text, drivers[name]?.(value), z.unknown());
          expect(answer.kind, JSON.stringify(answer).slice(0, 500)).not.toBe('lost');
        }
      });
      // What Windows is asked is asked with the text itself.
      const handed = lab.asked.flatMap(({ body }) => handedOn(body));
      for (const given of handed) expect(values.includes(given), given.slice(0, 80)).toBe(true);
      if (name in handingOn) {
        expect(new Set(handed).size).toBeGreaterThan(values.length * 0.95);
      }
    }, 240_000);
  });
});

/** A session in which a script's data is told instead of being used: the script's own text runs up to its body. */
async function probed(work: (session: PowerShellSession) => Promise<void>): Promise<void> {
  const session = open();
  const probe = [
    'param($Json)',
    'Invoke-Request $Json {',
    '  function global:Invoke-Request {',
    '    param($Json, $Body)',
    '    $request = ConvertFrom-Json -InputObject $Json',
    '    Write-Answer $request.id (ConvertFrom-RequestData $request.data)',
    '  }',
    '}',
  ].join('\n');
  expect(await session.run(probe, null, z.null())).toMatchObject({ kind: 'value' });
  await work(session);
  expect(ran(canary)).toBe(false);
}

it('mpCmdRun gives a program one argument a text, whatever the text', async () => {
  const programs = join(folder, 'programs');
  const told = join(folder, 'told');
  mkdirSync(join(programs, 'Windows Defender'), { recursive: true });
  const program = join(programs, 'Windows Defender', 'MpCmdRun.exe');
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\0' "$@" >> '${told}'\n`, { mode: 0o755 });
  // Not what no command line can carry here (NUL, half a pair, 128 KiB), nor the patterns that the engine itself resolves
  // on Unix and the adapter sends to no program.
  const carried = values.filter(
    (value) => value !== '' && value.length < 32_768 && !/[\0\ud800-\udfff*?[]|^~/u.test(value),
  );
  expect(carried.length).toBeGreaterThan(250);
  const session = open({ ProgramFiles: programs, ProgramData: folder });
  const text = readFileSync('src/core/windows/defender/mpCmdRun.ps1', 'utf8');
  await unharmed(session, async () => {
    for (const path of carried) {
      const answer = await session.run(text, { operation: 'check', path }, z.unknown());
      expect(answer, JSON.stringify(answer)).toMatchObject({
        kind: 'value',
        value: { found: true, exitCode: 0 },
      });
    }
  });
  const got = readFileSync(told, 'utf8').split('\0').slice(0, -1);
  expect(got).toEqual(carried.flatMap((value) => ['-CheckExclusion', '-Path', value]));
}, 240_000);

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, field]) => textsIn(field));
}

/** The values that a script hands on as they are. */
function handedOn(body: unknown): readonly string[] {
  const { parameters } = z.object({ parameters: z.record(z.string(), z.unknown()) }).parse(body);
  return Object.values(handingOn)
    .flat()
    .flatMap((parameter) => textsIn(parameters[parameter]))
    .filter((text) => text !== 'System');
}
