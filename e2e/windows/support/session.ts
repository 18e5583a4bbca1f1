// A session over the bench's host, closed after each test, and the scripts that tests send.
import { afterEach, inject } from 'vitest';
import {
  createPowerShell,
  type PowerShellOptions,
  type PowerShellSession,
} from '../../../src/core/windows/powershell';
import { z } from '../../../src/shared/zod';
import { pidScript } from './scripts';

/** What a .NET program on this computer needs of its surroundings. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'DOTNET_ROOT'];

export function surroundings(): Record<string, string> {
  return Object.fromEntries(
    inherited.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

export type OpenSession = (
  environment?: Readonly<Record<string, string>>,
  options?: Partial<PowerShellOptions>,
) => PowerShellSession;

export function sessionsForEachTest(): OpenSession {
  const open: PowerShellSession[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((session) => session.close()));
  });
  return (environment = {}, options = {}) => {
    const session = createPowerShell({
      executable: inject('windowsHost'),
      environment: { ...surroundings(), ...environment },
      ...options,
    });
    open.push(session);
    return session;
  };
}

/** The host that answers it. */
export async function pidOf(session: PowerShellSession): Promise<number> {
  const answer = await session.run(pidScript, null, z.number());
  if (answer.kind !== 'value') throw new Error(JSON.stringify(answer));
  return answer.value;
}

/** Whether a process is there and no zombie: who has ended is of no more interest. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** @throws where the process is there after `ms` */
export async function untilGone(pid: number, ms = 5_000): Promise<void> {
  const until = Date.now() + ms;
  while (isRunning(pid)) {
    if (Date.now() > until) throw new Error(`process ${pid} is still there`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
