// A clock that stands still until it is moved.
import type { Clock } from '../../src/core/ports';

export interface StandingClock extends Clock {
  advance(ms: number): void;
}

export function standingClock(start = '2026-11-24T12:00:00.000Z'): StandingClock {
  let now = Date.parse(start);
  const wakes = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => new Date(now),
    wake(at, callback) {
      const wake = { at: at.getTime(), callback };
      wakes.add(wake);
      return () => {
        wakes.delete(wake);
      };
    },
    advance(ms) {
      now += ms;
      for (const wake of [...wakes]) {
        if (wake.at > now) continue;
        wakes.delete(wake);
        wake.callback();
      }
    },
  };
}
