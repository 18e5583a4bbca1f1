// The PowerShell session against a new powershell.exe for each question, on the bench's host: the real engine, which
// starts as fast as this computer lets it, and not as fast as Windows would.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { windowsHost } from '../scripts/windowsHost';
import { bundle } from './bundle';
import { execute, pairs, type BenchContext, type BenchRow, type Run } from './row';

const run = promisify(execFile);
/** Enough for the engine to have compiled what it runs often. */
const calls = 60;
/** Milliseconds from nothing to the first answer. */
const startGoal = 1000;

export async function powershellRows(context: BenchContext): Promise<readonly BenchRow[]> {
  const host = await windowsHost();
  if (host.kind === 'missing') {
    context.log(`powershell: left out, ${host.reason}`);
    return [];
  }
  const program = await bundle('powershell');
  const fresh = (): Promise<Run> => execute(host.path, newProcess);
  const warm = await pairs(
    context,
    'powershell-call',
    () => ask(program, host.path, 'call'),
    fresh,
  );
  const start = await pairs(
    context,
    'powershell-start',
    () => ask(program, host.path, 'start'),
    fresh,
  );
  const { median } = start.ours;
  context.log(
    `powershell: first answer after ${median.toFixed(0)} ms, goal ${startGoal} ${median <= startGoal ? 'met' : 'MISSED'}`,
  );
  const peer = 'a new powershell.exe for each question';
  return [
    {
      id: 'powershellCall',
      peer,
      ratio: warm.ratio,
      goal: 0.1,
      took: { ours: warm.ours, peer: warm.peer },
    },
    {
      id: 'powershellStart',
      peer,
      ratio: start.ratio,
      goal: 1.5,
      took: { ours: start.ours, peer: start.peer },
    },
  ];
}

const newProcess: readonly string[] = [
  ...['-NoLogo', '-NoProfile', '-NonInteractive', '-Command'],
  'ConvertTo-Json -Compress -InputObject @{ languageMode = [string]$ExecutionContext.SessionState.LanguageMode }',
];

async function ask(program: string, host: string, what: 'start' | 'call'): Promise<Run> {
  const { stdout } = await run(process.execPath, [
    program,
    host,
    what === 'call' ? String(calls) : '0',
  ]);
  const ms = Number(new RegExp(`^${what} ([0-9.]+)$`, 'm').exec(stdout)?.[1] ?? Number.NaN);
  return { ms, peakMB: 0 };
}
