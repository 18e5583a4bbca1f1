// Where tests put their files. They write, flush and delete some hundred thousand small ones, which takes a disk twice as
// long as all the rest of their work: in memory, where there is room for them, and else where the system says.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const memoryFolder = '/dev/shm';
/** Bytes. The tests need about a tenth of it. */
const leastRoom = 4e9;

/** Sets TMPDIR for this process and all below it. @returns how to remove what is left there */
export function useFastScratch(): () => void {
  const folder = process.env['TMPDIR'] === undefined ? makeInMemory() : null;
  if (folder === null) return () => undefined;
  process.env['TMPDIR'] = folder;
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  // It is memory: what a run that was stopped leaves there is gone from the computer until the next start.
  process.once('exit', remove);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(1));
  }
  return remove;
}

/** Null on other systems, where there is little room, or where no program may run. */
function makeInMemory(): string | null {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    if (bavail * bsize < leastRoom || availableMemory() < 2 * leastRoom) return null;
    const folder = mkdtempSync(join(memoryFolder, 'gw-'));
    if (mayRunPrograms(folder)) return folder;
    rmSync(folder, { recursive: true });
    return null;
  } catch {
    return null;
  }
}

function availableMemory(): number {
  const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

function mayRunPrograms(folder: string): boolean {
  const program = join(folder, 'runs');
  writeFileSync(program, '#!/bin/sh\nexit 0\n');
  chmodSync(program, 0o755);
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}
