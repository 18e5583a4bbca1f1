// Disks that refuse, and time that costs nothing.
import { asFailure } from '../../src/core/failureError';
import { patienceOf, type Patience } from '../../src/core/node/install/patient';
import type { Failure } from '../../src/shared/model';

/** The failure that work ends with. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => asFailure(error),
  );
}

export function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}

/** Patience on a clock of its own: waiting takes no time, and `waits` has what was waited, in milliseconds. */
export function hasty(
  platform: NodeJS.Platform = 'win32',
  giveUpAfterMs?: number,
): { readonly patience: Patience; readonly waits: readonly number[] } {
  const waits: number[] = [];
  let now = 0;
  const patience = {
    ...patienceOf(platform, giveUpAfterMs),
    now: () => now,
    random: () => 0.5,
    sleep: (ms: number) => {
      waits.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
  return { patience, waits };
}
