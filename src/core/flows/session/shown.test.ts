// What a start looks at, and what it waits for.
import { expect, it } from 'vitest';
import { labSession } from '../../../../test/support/labSession';
import { startTestWorker } from '../../../../test/support/worker';
import { composeWorld } from '../../compose';
import { openSession } from './session';

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
    stands();
    await expect.poll(() => session.state.wizard.find.status, { timeout: 20_000 }).toBe('done');
  } finally {
    stands();
    await session.close();
  }
}, 30_000);
