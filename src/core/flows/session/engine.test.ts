import { describe, expect, it } from 'vitest';
import type { World } from '../world';
import { defaultSettings, initialWizard, type AppState } from '../../../shared/model';
import { Engine } from './engine';
import { Store } from './store';

/** Work in a slot needs of the world a clock alone. */
function engine(): Engine {
  const world = { clock: { now: () => new Date() } } as unknown as World;
  const state = { wizard: initialWizard, settings: defaultSettings } as unknown as AppState;
  return new Engine(world, new Store(state, () => undefined));
}

/** Work that ends when it is told to, and not when it is stopped: as slow as a disk can be. */
function slow(): { readonly job: () => Promise<void>; end(): void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { job: () => ended, end: () => end() };
}

describe('work in one slot', () => {
  it('begins once for the newest of those that waited: two never run side by side', async () => {
    const one = engine();
    const first = slow();
    const began: string[] = [];
    const running = one.work('list', first.job);
    await Promise.resolve();
    const second = one.work('list', () => {
      began.push('second');
      return Promise.resolve();
    });
    const third = one.work('list', () => {
      began.push('third');
      return Promise.resolve();
    });
    first.end();
    expect(await Promise.all([running, second, third])).toEqual([true, false, true]);
    expect(began).toEqual(['third']);
  });

  it('does not begin where it was stopped while it waited', async () => {
    const one = engine();
    const first = slow();
    let began = false;
    void one.work('download', first.job);
    await Promise.resolve();
    const second = one.work('download', () => {
      began = true;
      return Promise.resolve();
    });
    expect(one.isRunning('download')).toBe(true);
    const stopping = one.stopAll();
    first.end();
    await stopping;
    expect(await second).toBe(false);
    expect(began).toBe(false);
    expect(one.isRunning('download')).toBe(false);
  });
});
