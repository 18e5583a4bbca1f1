// Elevation on Windows: one prompt for a batch, asked for by the unelevated PowerShell session, and a record that comes
// back over a pipe. Only the record says that something was done; without one, whether anything can have run.
import {
  describeStep,
  malformedBatch,
  type ElevatedBatch,
  type Elevation,
  type ElevationOutcome,
} from '../../ports';
import { z } from '../../../shared/zod';
import type { PowerShellSession } from '../powershell';
import { elevatedArguments } from './commandLine';
import elevate from './elevate.ps1?raw';
import { errandFor } from './errand';
import { Exchange, usualPatience, type Heard, type Patience } from './exchange';
import { openResultPipe, type OpenResultPipe, type ResultPipe } from './resultPipe';

export interface ElevationOptions {
  /** Busy while the prompt is open: others who must not wait need one of their own. */
  readonly session: Pick<PowerShellSession, 'run'>;
  /** Absolute path of the system's powershell.exe. */
  readonly powershell: string;
  readonly openPipe?: OpenResultPipe;
  readonly patience?: Patience;
}

/** Milliseconds that the prompt may stay open. Windows takes it away by itself after two minutes. */
const promptTimeout = 300_000;
/** ERROR_CANCELLED: the answer was no, or nobody gave one. `elevate.ps1` finds it where the error carries no code. */
const cancelled = 1223;

const askedSchema = z.union([
  z.strictObject({ declined: z.literal(true) }),
  z.strictObject({ pid: z.number().int().positive().nullable(), language: z.string().max(64) }),
]);

type Asked =
  | { readonly kind: 'started'; readonly pid: number | null; readonly language: string }
  | { readonly kind: 'declined' }
  /** `certain`: Windows itself said that nothing was started. */
  | { readonly kind: 'unavailable'; readonly cause: string; readonly certain: boolean };

export function windowsElevation(options: ElevationOptions): Elevation {
  return {
    asks: true,
    describe: (batch) => batch.steps.map(describeStep),
    run: (batch) => run(options, batch),
  };
}

async function run(options: ElevationOptions, batch: ElevatedBatch): Promise<ElevationOutcome> {
  const malformed = malformedBatch(batch);
  if (malformed !== null) return { kind: 'unavailable', cause: malformed };
  const prepared = await prepare(options, batch);
  if (prepared.kind === 'unavailable') return prepared;
  const { exchange, pipe, words } = prepared;
  try {
    const asked = await ask(options, words);
    switch (asked.kind) {
      case 'declined':
        return asked;
      case 'unavailable':
        if (asked.certain || !exchange.given) return { kind: 'unavailable', cause: asked.cause };
        return outcomeOf(await exchange.heard);
      case 'started':
        exchange.expect();
        return outcomeOf(await whileAlive(exchange, asked));
    }
  } finally {
    exchange.close();
    await pipe.close();
  }
}

interface Prepared {
  readonly kind: 'prepared';
  readonly exchange: Exchange;
  readonly pipe: ResultPipe;
  readonly words: readonly string[];
}

/** All that can fail before anyone is asked: the plan written down, the pipe's name taken, the command line made. */
async function prepare(
  { openPipe = openResultPipe, patience = usualPatience }: ElevationOptions,
  batch: ElevatedBatch,
): Promise<Prepared | Extract<ElevationOutcome, { kind: 'unavailable' }>> {
  let pipe: ResultPipe | null = null;
  try {
    const errand = errandFor(batch);
    const exchange = new Exchange(errand, patience);
    pipe = await openPipe(exchange.accept);
    const { nonce, hash } = errand;
    const words = elevatedArguments({ pipe: pipe.name, nonce, sha256: hash });
    return { kind: 'prepared', exchange, pipe, words };
  } catch (error) {
    await pipe?.close();
    return { kind: 'unavailable', cause: error instanceof Error ? error.message : String(error) };
  }
}

async function ask(
  { session, powershell }: ElevationOptions,
  words: readonly string[],
): Promise<Asked> {
  const ran = await session.run(elevate, { powershell, arguments: words }, askedSchema, {
    timeoutMs: promptTimeout,
  });
  switch (ran.kind) {
    case 'value':
      return 'declined' in ran.value ? { kind: 'declined' } : { kind: 'started', ...ran.value };
    case 'error':
      if (ran.error.native === cancelled) return { kind: 'declined' };
      return { kind: 'unavailable', cause: ran.error.message, certain: true };
    case 'lost':
      return { kind: 'unavailable', cause: ran.cause, certain: false };
  }
}

/** A helper that ends before it has come for its work is not waited for. */
async function whileAlive(
  exchange: Exchange,
  { pid, language }: Extract<Asked, { kind: 'started' }>,
): Promise<Heard> {
  const looks = setInterval(() => {
    if (exchange.given || pid === null || isRunning(pid)) return;
    exchange.gone(`the elevated program ended at once (PowerShell here: ${language})`);
  }, 250);
  try {
    return await exchange.heard;
  } finally {
    clearInterval(looks);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another's, or an administrator's: it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function outcomeOf(heard: Heard): ElevationOutcome {
  switch (heard.kind) {
    case 'records':
      return { kind: 'done', records: heard.records };
    case 'nothing':
      return { kind: 'unavailable', cause: heard.cause };
    case 'lost':
      return heard;
  }
}
