// Windows PowerShell itself: whether it starts, answers and ends as the session counts on, and keeps data what it was.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { openResultPipe, listen } from '../../src/core/windows/elevation/resultPipe';
import { systemRoot } from '../../src/core/windows';
import { z } from '../../src/shared/zod';
import type { ReadId } from './checklist';
import echo from './echo.ps1?raw';
import {
  couldNotTell,
  differs,
  judged,
  judgeRun,
  passed,
  troubleOf,
  type Machine,
  type Seen,
} from './machine';
import modules from './modules.ps1?raw';
import strict from './strict.ps1?raw';
import values from './values.ps1?raw';

const echoSchema = z.object({ values: z.array(z.string()) });

/** Texts that want to be more than text. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  "'",
  '\u2018\u2019\u201a\u201b',
  '"\u201c\u201d\u201e',
  "'; exit 3 #",
  '\u2019; exit 3 #',
  '$(exit 3)',
  '`n`0',
  'a\nb\r\nc\n\nd',
  '\0',
  '\ud800',
  'x\udc00y',
  '\u202e\u200b\ufeff',
  "C:\\Users\\O'Brien & Co\\100%",
  '\u674e\u96f7\\\u4e0b\u8f7d',
  '2026-01-01T00:00:00Z',
  '/Date(0)/',
  '\\u0027',
  '--% $(exit 3)',
  '{"a":1}',
];

export const hostChecks = {
  'host.systemRoot': ({ platform }) => {
    if (platform !== 'win32') return Promise.resolve(couldNotTell('not Windows'));
    const told = realpathSync.native('\\\\?\\GLOBALROOT\\SystemRoot');
    const plain = told.replace(/^\\\\\?\\/, '').replace(/\\$/, '');
    const same = plain.toLowerCase() === (process.env['SystemRoot'] ?? '').toLowerCase();
    return Promise.resolve(judged(same, `${told}; used: ${systemRoot()}`));
  },
  'host.version': async ({ session }) => {
    const about = await session.about();
    if (about.kind !== 'value') return differs(troubleOf(about));
    const { version, languageMode } = about.value;
    // A policy may constrain the language; what that does is told by the checks that need it.
    return judged(version.startsWith('5.1'), `${version}, ${languageMode}`);
  },
  'host.start': async (machine) => {
    const ms = await medianStart(machine);
    return ms === null ? differs('no answer') : judged(ms < 1000, `${ms.toFixed(0)} ms`);
  },
  'host.roundTrip': async (machine) => {
    const start = await medianStart(machine);
    if (start === null) return differs('no answer');
    const times: number[] = [];
    for (let at = 0; at < 20; at += 1) {
      const begun = performance.now();
      await machine.session.run(echo, { values: ['x'] }, echoSchema);
      times.push(performance.now() - begun);
    }
    const warm = middle(times);
    return judged(
      warm <= start / 10,
      `${warm.toFixed(1)} ms against ${start.toFixed(0)} ms: ${(warm / start).toFixed(3)}`,
    );
  },
  'host.values': ({ session }) =>
    judgeRun(session, echo, { values: hostileTexts }, echoSchema, ({ values: back }) => {
      const wrong = hostileTexts.filter((text, at) => back[at] !== text);
      return judged(
        wrong.length === 0 && back.length === hostileTexts.length,
        wrong.length === 0
          ? `${String(back.length)} texts`
          : `changed: ${wrong.map((text) => JSON.stringify(text)).join(' ')}`,
      );
    }),
  'host.longLine': ({ session }) => {
    const long = '\u4e2d$('.repeat(66_667);
    return judgeRun(session, echo, { values: [long] }, echoSchema, ({ values: [back] }) =>
      judged(back === long, `${String(back?.length ?? 0)} characters came back`),
    );
  },
  'host.answers': ({ session }) =>
    judgeRun(session, values, {}, z.unknown(), (value) => {
      const wrong = Object.entries(expectedValues).filter(
        ([name, expected]) =>
          JSON.stringify((value as Readonly<Record<string, unknown>>)[name]) !==
          JSON.stringify(expected),
      );
      return wrong.length === 0
        ? passed('each as it was')
        : differs(`${wrong.map(([name]) => name).join(', ')} in ${JSON.stringify(value)}`);
    }),
  'host.strictMode': async ({ session }) => {
    const answer = await session.run(strict, {}, z.unknown());
    if (answer.kind === 'value') return differs(JSON.stringify(answer.value));
    const asExpected = answer.kind === 'error' && answer.error.id === 'PropertyNotFoundStrict';
    return judged(asExpected, troubleOf(answer));
  },
  'host.endsWithInput': endsWithInput,
  'host.modules': ({ session, platform }) => {
    const names = ['Get-MpPreference', 'Register-ScheduledTask', 'Get-CimInstance', 'Get-WinEvent'];
    const schema = z.object({
      found: z.array(z.object({ name: z.string(), source: z.string() })),
    });
    return judgeRun(session, modules, { names }, schema, ({ found }) => {
      const text = found.map(({ name, source }) => `${name}: ${source || 'no module'}`).join(', ');
      const all = found.length === names.length && found.every(({ source }) => source !== '');
      // The bench's cmdlets are of no module.
      return platform === 'win32' ? judged(all, text) : couldNotTell(text);
    });
  },
  'elevation.pipeFirst': async ({ platform }) => {
    const pipe = await openResultPipe((client) => client.destroy());
    try {
      const path = platform === 'win32' ? `\\\\.\\pipe\\${pipe.name}` : pipe.name;
      const second = await listen(path, pipe.name, null, (client) => client.destroy());
      await second.close();
      return differs('a second server was let in');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return judged(code === 'EADDRINUSE' || code === 'EACCES', code ?? String(error));
    } finally {
      await pipe.close();
    }
  },
} satisfies Partial<Record<ReadId, (machine: Machine) => Promise<Seen>>>;

const expectedValues: Readonly<Record<string, unknown>> = {
  none: [],
  one: ['x'],
  two: ['x', 'y'],
  date: '2026-01-02T03:04:05.678Z',
  whole: 9007199254740991,
  broken: 0.5,
  nothing: null,
  yes: true,
  nested: { list: [{ a: [1] }] },
  version: '4.18.9.0',
};

const starts = new WeakMap<Machine, Promise<number | null>>();

/** Milliseconds from nothing to a first answer. */
function medianStart(machine: Machine): Promise<number | null> {
  const known = starts.get(machine);
  if (known !== undefined) return known;
  const measured = measureStart(machine);
  starts.set(machine, measured);
  return measured;
}

async function measureStart(machine: Machine): Promise<number | null> {
  const times: number[] = [];
  for (let at = 0; at < 3; at += 1) {
    const session = machine.fresh();
    const begun = performance.now();
    const answer = await session.run(echo, { values: ['x'] }, echoSchema);
    times.push(performance.now() - begun);
    await session.close();
    if (answer.kind !== 'value') return null;
  }
  return middle(times);
}

function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

async function endsWithInput({ powershell, environment }: Machine): Promise<Seen> {
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-NoExit', '-Command', '-'];
  const child = spawn(powershell, args, {
    env: { ...environment },
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(Number.NaN));
    child.on('exit', () => resolve(performance.now()));
  });
  child.stdin.on('error', () => undefined);
  // Its first words say that it reads; only then does the clock run.
  child.stdin.write("'ready'\n\n");
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
  const begun = performance.now();
  child.stdin.end();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), 10_000);
  });
  const at = await Promise.race([ended, late]);
  clearTimeout(timer);
  if (at === null) {
    child.kill('SIGKILL');
    return differs('still there after 10 s');
  }
  if (Number.isNaN(at)) return differs('it could not be started');
  return judged(at - begun <= 2000, `${Math.max(0, at - begun).toFixed(0)} ms`);
}
