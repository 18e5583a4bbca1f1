// The app against Electron itself: from the start to a wizard that can be used, against a window with one line; and idle in
// the tray after the window was closed, against Electron without a window.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { requiredFlags, resolveRuntime } from '../scripts/electron';
import { spread, type BenchContext, type BenchRow } from './row';

const coldStartGoal = 1.3;
const idleGoal = 1.2;
/** Milliseconds after which memory is read: what a start leaves behind has been collected by then. */
const settleMs = 6_000;
const readyLimitMs = 30_000;

const bare = resolve('bench/bareWindow');

export async function appRows(context: BenchContext): Promise<BenchRow[]> {
  const runtime = await resolveRuntime();
  context.log(runtime.description);
  const screen = await startScreen();
  try {
    const start = (folder: string, app: string, args: string[], smoke = false): App =>
      new App(runtime.executable, [app, `--user-data-dir=${join(folder, 'data')}`, ...args], {
        ...process.env,
        DISPLAY: screen.display,
        // A bus of the desktop's would make the two sides depend on what else runs there.
        DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'no-bus')}`,
        ...(smoke ? { GANGWAY_SMOKE: '1' } : {}),
      });
    return [await coldStart(context, start), await idle(context, start)];
  } finally {
    screen.stop();
  }
}

type Start = (folder: string, app: string, args: string[], smoke?: boolean) => App;

async function coldStart(context: BenchContext, start: Start): Promise<BenchRow> {
  const sides: Record<Side, number[]> = { ours: [], peer: [] };
  await alternate(context, 'coldStart', async (side, folder, counts) => {
    const app =
      side === 'ours'
        ? start(folder, resolve('.'), ['--lab=clean', `--state=${join(folder, 'state')}`], true)
        : start(folder, bare, []);
    const ms = await app.ready();
    if (counts) sides[side].push(ms);
    await app.end();
  });
  return {
    id: 'app.coldStart',
    peer: 'a bare window on the same runtime',
    ratio: spread(sides.ours.map((ms, index) => ms / (sides.peer[index] ?? Number.NaN))),
    goal: coldStartGoal,
    took: { ours: spread(sides.ours), peer: spread(sides.peer) },
  };
}

async function idle(context: BenchContext, start: Start): Promise<BenchRow> {
  const memory: Record<Side, number[]> = { ours: [], peer: [] };
  await alternate(context, 'tray', async (side, folder, counts) => {
    const app =
      side === 'ours'
        ? start(folder, resolve('.'), ['--lab=clean', `--state=${join(folder, 'state')}`])
        : start(folder, bare, ['--none']);
    if (side === 'ours') {
      await app.process('renderer');
      await pause(settleMs / 2);
      // Asked for again: the page may have moved to a process of its own on the way.
      const renderer = await app.process('renderer');
      // Ends the page from outside, so that no inspector has to be in the process that is measured: the window goes too.
      process.kill(renderer, 'SIGKILL');
    } else {
      await app.ready();
      await pause(settleMs / 2);
    }
    await pause(settleMs);
    if (counts) memory[side].push(app.memoryMB());
    await app.end();
  });
  return {
    id: 'app.trayMemory',
    peer: 'Electron without a window on the same runtime',
    ratio: spread(memory.ours.map((mb, index) => mb / (memory.peer[index] ?? Number.NaN))),
    goal: idleGoal,
    memory: { peak: Math.max(...memory.ours), goal: null },
  };
}

type Side = 'ours' | 'peer';

/** Both sides in turns, once before what counts. */
async function alternate(
  context: BenchContext,
  name: string,
  run: (side: Side, folder: string, counts: boolean) => Promise<void>,
): Promise<void> {
  for (let pair = 0; pair <= context.runs; pair += 1) {
    const order: readonly Side[] = pair % 2 === 0 ? ['ours', 'peer'] : ['peer', 'ours'];
    for (const side of order) {
      // One folder a side: a first start of the lab also builds its simulated machine, which no real start does.
      const folder = join(context.scratch, `${name}-${side}`);
      await mkdir(folder, { recursive: true });
      await run(side, folder, pair > 0);
    }
    context.log(`${name}: ${pair === 0 ? 'warmed up' : `pair ${String(pair)}`}`);
  }
}

/** One started program and all processes below it. */
class App {
  private readonly child: ChildProcess;
  private readonly began = performance.now();
  private readonly exited: Promise<void>;
  private output = '';

  constructor(executable: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
    this.child = spawn(executable, [...requiredFlags(), ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.exited = new Promise((resolve) =>
      this.child.once('exit', () => {
        resolve();
      }),
    );
  }

  /** Milliseconds from the start until it says that it is ready. */
  ready(): Promise<number> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        this.child.kill('SIGKILL');
        reject(new Error(`not ready in ${String(readyLimitMs / 1000)} s: ${this.output}`));
      }, readyLimitMs);
      this.child.stdout?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
        if (!/^(gangway: )?ready/m.test(this.output)) return;
        clearTimeout(limit);
        resolve(performance.now() - this.began);
      });
      void this.exited.then(() => {
        clearTimeout(limit);
        reject(new Error(`ended before it was ready: ${this.output}`));
      });
    });
  }

  /** The process of a Chromium type, once it is there. */
  async process(type: string): Promise<number> {
    for (let waited = 0; waited < readyLimitMs; waited += 100) {
      const found = this.pids().find((pid) => commandLine(pid).includes(`--type=${type}`));
      if (found !== undefined) return found;
      await pause(100);
    }
    throw new Error(`no process of type ${type}`);
  }

  /** Proportional share of all processes, in MB (10^6 bytes): what is shared counts once. */
  memoryMB(): number {
    const kilobytes = this.pids().map((pid) => {
      const line = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8'));
      return Number(line?.[1] ?? 0);
    });
    return (kilobytes.reduce((sum, value) => sum + value, 0) * 1024) / 1e6;
  }

  async end(): Promise<void> {
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
    await this.exited;
    clearTimeout(late);
  }

  private pids(): number[] {
    const children = new Map<number, number[]>();
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const parent = parentOf(Number(name));
      if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    }
    const found: number[] = [];
    const open = [this.child.pid ?? 0];
    for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
      found.push(pid);
      open.push(...(children.get(pid) ?? []));
    }
    return found;
  }
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // It ended between the listing and the look.
    return null;
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** The desktop's own screen, or one of this run's. */
function startScreen(): Promise<{ readonly display: string; stop(): void }> {
  const existing = process.env['DISPLAY'];
  if (existing !== undefined && existing !== '') {
    return Promise.resolve({ display: existing, stop: () => undefined });
  }
  return new Promise((resolve, reject) => {
    const screen = spawn(
      'Xvfb',
      ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    screen.on('error', reject);
    screen.stdout.once('data', (chunk: Buffer) => {
      resolve({ display: `:${chunk.toString().trim()}`, stop: () => void screen.kill() });
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
