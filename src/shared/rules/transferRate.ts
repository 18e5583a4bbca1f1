// Speed and time left of a transfer, from what arrived within the last seconds. Pure: the caller brings the times.

/** How far back the speed looks, in milliseconds: long enough to be calm, short enough to follow. */
export const windowMs = 4_000;
/** Before that much was seen, in milliseconds, a speed would be a guess. */
export const leastMs = 600;

export interface Sample {
  /** Milliseconds of any steady clock. */
  readonly at: number;
  /** Bytes that are there at that time. */
  readonly done: number;
}

export interface Rate {
  /** Bytes a second; 0 while unknown. */
  readonly speed: number;
  /** Whole seconds, rounded up; null while unknown. */
  readonly secondsLeft: number | null;
}

/** Adds a sample and forgets what is older than the window. Going back (a restart from 0) forgets everything. */
export function addSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && (sample.done < last.done || sample.at < last.at)) return [sample];
  const recent = samples.filter((old) => sample.at - old.at <= windowMs);
  return [...recent, sample];
}

/** @param total bytes of the whole; 0 where it is not known. */
export function rate(samples: readonly Sample[], total: number): Rate {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < leastMs) {
    return { speed: 0, secondsLeft: null };
  }
  const speed = ((last.done - first.done) * 1000) / (last.at - first.at);
  if (speed <= 0 || total <= 0) return { speed: Math.round(speed), secondsLeft: null };
  return {
    speed: Math.round(speed),
    secondsLeft: Math.ceil(Math.max(0, total - last.done) / speed),
  };
}
