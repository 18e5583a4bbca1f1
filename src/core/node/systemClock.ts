// The system's time.
import type { Clock } from '../ports';

/** The longest wait that a timer takes, in milliseconds; a later moment is waited for in parts. */
const longestWait = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => new Date(),
  wake(at, callback) {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const left = at.getTime() - Date.now();
      timer = setTimeout(
        left > longestWait ? wait : callback,
        Math.min(Math.max(left, 0), longestWait),
      );
      timer.unref();
    };
    wait();
    return () => {
      clearTimeout(timer);
    };
  },
};
