// What the checks stand on: sessions over one PowerShell, the product's own adapters, and a folder of their own. Nothing
// is made or started before a check asks for it.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, win32 } from 'node:path';
import type { Elevation } from '../../src/core/ports';
import { hostEnvironment, systemPowerShell, systemRoot } from '../../src/core/windows';
import { windowsElevation } from '../../src/core/windows/elevation';
import {
  createPowerShell,
  type PowerShellAnswer,
  type PowerShellSession,
} from '../../src/core/windows/powershell';
import type { z } from '../../src/shared/zod';

export type Status = 'passed' | 'differs' | 'couldNotTell';

export interface Seen {
  readonly status: Status;
  readonly seen: string;
}

export interface Machine {
  readonly powershell: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly platform: NodeJS.Platform;
  /** A warm session, the same for all. */
  readonly session: PowerShellSession;
  readonly elevation: Elevation;
  /** A folder as Defender is told it. It need not be there. */
  readonly probe: string;
  /** The same folder on the disk, made now. */
  folder(): Promise<string>;
  /** A session of its own, not yet started. */
  fresh(): PowerShellSession;
  /** A program's words; null where there is none at that path. */
  output(program: string, args: readonly string[]): Promise<string | null>;
  wait(ms: number): Promise<void>;
  /** Whether nothing should be waited for any more; what was begun is still taken back. */
  stopped(): boolean;
  now(): Date;
  /** Says to whoever waits what is waited for. */
  tell(text: string): void;
  /** Ends the sessions and removes the folder. */
  close(): Promise<void>;
}

export interface MachineOptions {
  /** Another PowerShell than the system's: PowerShell 7, or off Windows the bench's. */
  readonly host?: string;
  /** What a host off Windows needs of its surroundings. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly wait?: (ms: number) => Promise<void>;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  readonly tell?: (text: string) => void;
}

/** @throws Error where Windows does not say where its folder is */
export function openMachine(options: MachineOptions = {}): Machine {
  const isWindows = process.platform === 'win32';
  const name = `selfcheck-${randomBytes(4).toString('hex')}`;
  const root = isWindows ? systemRoot() : '';
  const powershell = options.host ?? systemPowerShell(root);
  const environment = isWindows ? hostEnvironment(root) : { ...options.environment };
  const local = isWindows
    ? (process.env['LOCALAPPDATA'] ?? win32.join(root, 'Temp'))
    : 'C:\\Users\\bench\\AppData\\Local';
  const probe = win32.join(local, 'Gangway', name);
  const sessions: PowerShellSession[] = [];
  const fresh = (): PowerShellSession => {
    const session = createPowerShell({ executable: powershell, environment });
    sessions.push(session);
    return session;
  };
  let folder: Promise<string> | null = null;
  return {
    powershell,
    environment,
    platform: process.platform,
    session: fresh(),
    elevation: windowsElevation({ session: fresh(), powershell }),
    probe,
    folder: () => (folder ??= makeFolder(isWindows ? probe : null)),
    fresh,
    output,
    wait: options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
    stopped: () => options.signal?.aborted === true,
    now: options.now ?? (() => new Date()),
    tell: options.tell ?? (() => undefined),
    async close() {
      await Promise.all(sessions.map((session) => session.close()));
      if (folder !== null) await rm(await folder, { recursive: true, force: true });
    },
  };
}

async function makeFolder(probe: string | null): Promise<string> {
  if (probe === null) return mkdtemp(join(tmpdir(), 'gangway-selfcheck-'));
  await mkdir(probe, { recursive: true });
  return probe;
}

function output(program: string, args: readonly string[]): Promise<string | null> {
  if (!existsSync(program)) return Promise.resolve(null);
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (part: string) => (text += part));
    }
    child.on('error', (error) => resolve(`could not be started: ${error.message}`));
    child.on('close', () => resolve(text));
  });
}

export function passed(seen: string): Seen {
  return { status: 'passed', seen };
}

export function differs(seen: string): Seen {
  return { status: 'differs', seen };
}

export function couldNotTell(seen: string): Seen {
  return { status: 'couldNotTell', seen };
}

export function judged(asExpected: boolean, seen: string): Seen {
  return asExpected ? passed(seen) : differs(seen);
}

/** Why there is no value, in one line. */
export function troubleOf(answer: Exclude<PowerShellAnswer<unknown>, { kind: 'value' }>): string {
  switch (answer.kind) {
    case 'error': {
      const { id, category, hresult, native, message } = answer.error;
      const code = native === null ? '' : ` win32 ${String(native)}`;
      return `${id} | ${category} | ${hresult}${code} | ${oneLine(message)}`;
    }
    case 'lost':
      return `${answer.why}: ${oneLine(answer.cause)}`;
  }
}

/** Runs a script and judges its value; without one it differs, and says why. */
export async function judgeRun<T>(
  session: PowerShellSession,
  script: string,
  data: unknown,
  schema: z.ZodType<T>,
  judge: (value: T) => Seen,
): Promise<Seen> {
  const answer = await session.run(script, data, schema, { timeoutMs: 120_000 });
  return answer.kind === 'value' ? judge(answer.value) : differs(troubleOf(answer));
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 400);
}
