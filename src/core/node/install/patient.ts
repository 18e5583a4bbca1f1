// Waits out whoever holds a file for a moment, usually an antivirus: Windows then answers with error 5 or 32. What will
// not pass by itself is not waited for: error 225 (a virus was found) and 4551 (a policy forbids it) have no code here.
import { diskFailure, errorCode } from '../diskFailure';
import { FailureError } from '../../failureError';

export interface Patience {
  /** Milliseconds after which the last error is thrown. */
  readonly giveUpAfterMs: number;
  /** Error codes that may pass. */
  readonly codes: ReadonlySet<string>;
  readonly sleep: (ms: number) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Node's names of Windows' errors 5 (access denied), 32 and 33 (in use), 145 (a folder whose files are going). */
const passingOnWindows: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EBUSY', 'ENOTEMPTY']);
/** Elsewhere "denied" stays denied. */
const passingElsewhere: ReadonlySet<string> = new Set(['EBUSY', 'ENOTEMPTY']);

/** 30 s: scanners of whole folders were seen to hold on for that long, and a person waits no longer. */
export function patienceOf(platform: NodeJS.Platform, giveUpAfterMs = 30_000): Patience {
  return {
    giveUpAfterMs,
    codes: platform === 'win32' ? passingOnWindows : passingElsewhere,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    now: () => performance.now(),
  };
}

const firstWaitMs = 1;
const longestWaitMs = 1000;

/**
 * Runs `operation` until it succeeds. The wait begins at 1 ms and grows by a random part of itself.
 * @throws what `operation` threw last; FailureError `cancelled`
 */
export async function patiently<T>(
  operation: () => Promise<T>,
  patience: Patience,
  signal?: AbortSignal,
): Promise<T> {
  const began = patience.now();
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, grow(waitMs, patience))) {
    try {
      return await operation();
    } catch (error) {
      const late = patience.now() - began + waitMs > patience.giveUpAfterMs;
      if (late || !patience.codes.has(errorCode(error))) throw error;
    }
    if (signal?.aborted === true) throw new FailureError('cancelled');
    await patience.sleep(waitMs);
  }
}

function grow(waitMs: number, patience: Patience): number {
  return waitMs + Math.max(1, Math.round(waitMs * patience.random()));
}

/** What is left after waiting: "denied" that might have passed and did not is a program that holds on. */
export function heldFailure(error: unknown, path: string, patience: Patience): FailureError {
  if (error instanceof FailureError || !patience.codes.has(errorCode(error))) {
    return diskFailure(error, path);
  }
  return new FailureError('disk.locked', {
    params: { path },
    cause: error,
    next: ['closePrograms', 'retry'],
  });
}
