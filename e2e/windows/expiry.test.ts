// The end of an exclusion: the stored task runs in the engine, on the lab's clock, whether Gangway runs or not.
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import type { Exclusion } from '../../src/shared/model';
import { cacheForGo } from '../../test/contract/protection';
import { temporaryFolder } from '../../test/support/temporary';
import { openProtectionOnHost, type ProtectionOnHost } from './support/protectionOnHost';

const scratch = temporaryFolder();
const opened: ProtectionOnHost[] = [];
const start = async (earlier?: string): Promise<ProtectionOnHost> => {
  const under = await openProtectionOnHost(scratch, inject('windowsHost'), 'clean', earlier);
  opened.push(under);
  return under;
};
afterEach(async () => {
  for (const under of opened.splice(0)) await under.close();
});

const hour = 3_600_000;
const task = 'Gangway-Expiry-test';
const neighbour: Exclusion = { kind: 'path', value: 'C:\\Users\\lin\\neighbour' };

async function addWithEnd(under: ProtectionOnHost, exclusion: Exclusion): Promise<void> {
  const at = new Date(under.clock.now().getTime() + hour).toISOString();
  const outcome = await under.elevation.run({
    id: 'batch',
    steps: [
      { kind: 'addExclusion', exclusion: neighbour },
      { kind: 'addExclusion', exclusion },
      { kind: 'registerExpiry', task, exclusion, at },
    ],
  });
  expect(outcome).toMatchObject({
    kind: 'done',
    records: [{ after: true }, { after: true }, { kind: 'task', present: true, error: null }],
  });
}

describe('an exclusion with an end', () => {
  it.each([
    ['a folder', { kind: 'path', value: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp' }],
    ['a hostile name', { kind: 'path', value: "C:\\Users\\lin\\O'Brien & $(x) `中` \u2019" }],
    ['a contextual one', cacheForGo],
  ] as const)('%s: the task removes exactly it, then itself', async (_, exclusion) => {
    const under = await start();
    await addWithEnd(under, exclusion);
    await under.clock.advance(hour - 60_000);
    await under.engine.settled();
    expect((await under.lab.store.view()).state.exclusions).toHaveLength(2);
    await under.clock.advance(120_000);
    await vi.waitFor(
      async () => {
        const { state } = await under.lab.store.view();
        expect(state.exclusions).toEqual([neighbour]);
        expect(state.tasks).toEqual([]);
      },
      { timeout: 20_000 },
    );
  });

  it('ends though Gangway is closed', async () => {
    const under = await start();
    await addWithEnd(under, cacheForGo);
    await under.closeSessions();
    await under.clock.advance(hour + 1);
    await vi.waitFor(
      async () => {
        expect((await under.lab.store.view()).state.exclusions).toEqual([neighbour]);
      },
      { timeout: 20_000 },
    );
  });

  it('ends late where the computer was off at the time', async () => {
    const before = await start();
    await addWithEnd(before, cacheForGo);
    await before.close();
    await before.clock.advance(2 * hour);
    const after = await start(before.stateFolder);
    await vi.waitFor(
      async () => {
        const { state } = await after.lab.store.view();
        expect(state.exclusions).toEqual([neighbour]);
        expect(state.tasks).toEqual([]);
      },
      { timeout: 20_000 },
    );
  });
});
