import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { idleState } from '../../../test/fakes/session';
import type { StatePush } from '../../shared/contract';
import { Pushes } from './push';

let sent: StatePush[] = [];
let pushes: Pushes;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  pushes = new Pushes((push) => sent.push(push));
});
afterEach(() => {
  vi.useRealTimers();
});

describe('pushes', () => {
  it('wait until the page is ready, then come as one', () => {
    pushes.publish({ page: 'blocks' });
    pushes.publish({ page: 'history', settings: idleState.settings });
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([]);
    pushes.ready();
    vi.advanceTimersByTime(0);
    expect(sent).toEqual([
      { revision: 1, slices: { page: 'history', settings: idleState.settings } },
    ]);
  });

  it('are numbered upwards from the snapshot', () => {
    expect(pushes.snapshot(idleState)).toEqual({ revision: 0, state: idleState });
    pushes.ready();
    pushes.publish({ page: 'blocks' });
    vi.advanceTimersByTime(50);
    pushes.publish({ page: 'history' });
    vi.advanceTimersByTime(50);
    expect(sent.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(pushes.snapshot(idleState).revision).toBe(2);
  });

  it('are at most one in 50 ms, with the newest value of each slice', () => {
    pushes.ready();
    for (let at = 0; at < 200; at += 1) {
      pushes.publish({ page: at % 2 === 0 ? 'blocks' : 'history' });
      vi.advanceTimersByTime(5);
    }
    vi.advanceTimersByTime(50);
    expect(sent.length).toBeGreaterThan(15);
    expect(sent.length).toBeLessThanOrEqual(21);
    expect(sent.at(-1)?.slices).toEqual({ page: 'history' });
  });

  it('the first after a rest goes at once', () => {
    pushes.ready();
    vi.advanceTimersByTime(5000);
    pushes.publish({ page: 'blocks' });
    vi.advanceTimersByTime(0);
    expect(sent).toHaveLength(1);
  });

  it('leave no timer while nothing changes', () => {
    pushes.ready();
    pushes.publish({ page: 'blocks' });
    vi.advanceTimersByTime(50);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stop when the page is gone, and nothing of before reaches the next one', () => {
    pushes.ready();
    pushes.publish({ page: 'blocks' });
    pushes.reset();
    vi.advanceTimersByTime(1000);
    pushes.ready();
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([]);
    pushes.publish({ page: 'history' });
    vi.advanceTimersByTime(50);
    expect(sent).toHaveLength(1);
  });
});
