// A host that ends, hangs, babbles or cannot start: the session says so, the next call has a new one, and none is left
// behind.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { build } from 'vite';
import { z } from '../../src/shared/zod';
import { pidScript, script } from './support/scripts';
import { isRunning, pidOf, sessionsForEachTest, surroundings, untilGone } from './support/session';

const folder = mkdtempSync(join(tmpdir(), 'gangway-session-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const open = sessionsForEachTest();

/** The environment in which only the first host goes wrong. */
function fault(kind: string): Record<string, string> {
  return { GANGWAY_BENCH_FAULT: kind, GANGWAY_BENCH_FAULT_ONCE: join(folder, `once-${kind}`) };
}

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
