import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSample, rate, windowMs, type Sample } from './transferRate';

const follow = (samples: readonly Sample[]) =>
  samples.reduce<readonly Sample[]>((known, sample) => addSample(known, sample), []);

describe('the speed of a transfer', () => {
  it('is not known at first', () => {
    expect(rate([], 100)).toEqual({ speed: 0, secondsLeft: null });
    expect(
      rate(
        follow([
          { at: 0, done: 0 },
          { at: 100, done: 50 },
        ]),
        100,
      ),
    ).toEqual({
      speed: 0,
      secondsLeft: null,
    });
  });

  it('is bytes a second, and says how long the rest takes', () => {
    const samples = follow([
      { at: 0, done: 0 },
      { at: 1000, done: 1_000_000 },
    ]);
    expect(rate(samples, 3_500_000)).toEqual({ speed: 1_000_000, secondsLeft: 3 });
    expect(rate(samples, 0)).toEqual({ speed: 1_000_000, secondsLeft: null });
    expect(rate(samples, 1_000_000).secondsLeft).toBe(0);
  });

  it('looks at the last seconds only', () => {
    const slow = Array.from({ length: 50 }, (_, i) => ({ at: i * 200, done: i * 20 }));
    const fast = Array.from({ length: 40 }, (_, i) => ({
      at: 10_000 + i * 200,
      done: 1000 + i * 2000,
    }));
    const samples = follow([...slow, ...fast]);
    expect(rate(samples, 0).speed).toBe(10_000);
    expect(samples.every((sample) => 17_800 - sample.at <= windowMs)).toBe(true);
  });

  it('is 0 without an end while nothing comes', () => {
    const samples = follow([
      { at: 0, done: 500 },
      { at: 3000, done: 500 },
    ]);
    expect(rate(samples, 1000)).toEqual({ speed: 0, secondsLeft: null });
  });

  it('forgets what was, when the transfer begins again', () => {
    const samples = follow([
      { at: 0, done: 0 },
      { at: 900, done: 900 },
      { at: 1000, done: 0 },
    ]);
    expect(samples).toEqual([{ at: 1000, done: 0 }]);
  });

  it('is never negative and never not a number', () => {
    const sample = fc.record({ at: fc.nat(100_000), done: fc.nat(1_000_000) });
    fc.assert(
      fc.property(fc.array(sample), fc.nat(1_000_000), (samples, total) => {
        const { speed, secondsLeft } = rate(follow(samples), total);
        expect(speed).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(speed)).toBe(true);
        expect(secondsLeft === null || secondsLeft >= 0).toBe(true);
      }),
    );
  });
});
