// What a start looks at, and what it waits for.
import { expect, it } from 'vitest';
import { labSession } from '../../../../test/support/labSession';
import { startTestWorker } from '../../../../test/support/worker';
import { composeWorld } from '../../compose';
import { FailureError } from '../../failureError';
import type { World } from '../world';
import { openSession, type Session } from './session';

const lab = labSession();

it('has its state at once, and looks around when the first screen stands', async () => {
  let stands = (): void => undefined;
  const shown = new Promise<void>((resolve) => {
    stands = resolve;
  });
  const session = await openSession({
    scenario: 'clean',
    app: { version: '0.1.0', platform: 'linux', canStartWithSystem: false, runtime: 'test' },
    shown,
    open: (scenario) =>
      composeWorld({ stateFolder: lab.folder, scenario, startWorker: startTestWorker }),
  });
  try {
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(session.state.app.scenario).toBe('clean');
    expect(session.state.wizard.find.status).toBe('idle');
    expect(session.state.blocks.status).toBe('reading');
    stands();
    await expect.poll(() => session.state.wizard.find.status, { timeout: 20_000 }).toBe('done');
    await expect.poll(() => session.state.blocks.status).toBe('ready');
  } finally {
    stands();
    await session.close();
  }
}, 30_000);

it('waits for no answer of Windows’, neither for the screen nor to find Go, and shows it when it comes', async () => {
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const session = await opened(async (scenario) => {
    const world = await composed(scenario);
    const { protection } = world;
    if (protection.kind !== 'present') return world;
    const { defender, events } = protection;
    const slow = Object.create(defender) as typeof defender;
    slow.status = async () => {
      await asked;
      return defender.status();
    };
    const slowLog = Object.create(events) as typeof events;
    slowLog.since = async (at) => {
      await asked;
      return events.since(at);
    };
    return { ...world, protection: { ...protection, defender: slow, events: slowLog } };
  });
  try {
    await expect.poll(() => session.state.wizard.find.status, { timeout: 20_000 }).toBe('done');
    expect(session.state.defender.sentence.key).toBe('upgrade.defender.reading');
    expect(session.state.blocks.status).toBe('reading');
    answer();
    await expect.poll(() => session.state.blocks.status, { timeout: 20_000 }).toBe('ready');
    await expect.poll(() => session.state.defender.kind, { timeout: 20_000 }).toBe('on');
  } finally {
    answer();
    await session.close();
  }
}, 30_000);

it('tries a log again that could not be read', async () => {
  let readable = false;
  const session = await opened(async (scenario) => {
    const world = await composed(scenario);
    const { protection } = world;
    if (protection.kind !== 'present') return world;
    const { events } = protection;
    const closed = Object.create(events) as typeof events;
    closed.since = (at) =>
      readable ? events.since(at) : Promise.reject(new FailureError('disk.denied'));
    return { ...world, protection: { ...protection, events: closed } };
  });
  try {
    await expect.poll(() => session.state.blocks.failure?.code).toBe('disk.denied');
    await expect.poll(() => session.state.blocks.status).toBe('ready');
    readable = true;
    await session.handle('blocks.lookBack', undefined);
    expect(session.state.blocks).toMatchObject({ status: 'ready', failure: null });
  } finally {
    await session.close();
  }
}, 30_000);

function opened(open: (scenario: string | null) => Promise<World>): Promise<Session> {
  return openSession({
    scenario: 'clean',
    app: { version: '0.1.0', platform: 'linux', canStartWithSystem: false, runtime: 'test' },
    open,
  });
}

function composed(scenario: string | null): Promise<World> {
  return composeWorld({ stateFolder: lab.folder, scenario, startWorker: startTestWorker });
}
