// The session on the real lab: real search, mirror, proofs, unpacking, journal and worker threads.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeWorld } from '../../compose';
import { startTestWorker } from '../../../../test/support/worker';
import type { AppState } from '../../../shared/model';
import { openSession, type Session } from './session';

let folder: string;
let session: Session;

async function open(scenario = 'clean'): Promise<Session> {
  session = await openSession({
    scenario,
    open: (wanted) =>
      composeWorld({ stateFolder: folder, scenario: wanted, startWorker: startTestWorker }),
    app: { version: '0.1.0', platform: 'linux', runtime: 'test' },
  });
  return session;
}

/** Resolves with the first state that is so. */
function until(what: (state: AppState) => boolean, ms = 15_000): Promise<AppState> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      end();
      reject(new Error(`not reached: ${JSON.stringify(session.state.wizard).slice(0, 2000)}`));
    }, ms);
    const end = session.subscribe(() => {
      check();
    });
    const check = (): void => {
      if (!what(session.state)) return;
      clearTimeout(timer);
      end();
      resolve(session.state);
    };
    check();
  });
}
const ready = () =>
  until(({ wizard }) => wizard.find.status === 'done' && wizard.choose.status === 'ready');
const linkTarget = () => readlink(join(folder, 'lab/c/Users/lin/AppData/Local/Gangway/go/current'));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gangway-session-'));
});
afterEach(async () => {
  await session.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a whole upgrade', () => {
  it('goes from looking to done, and everything can be undone', async () => {
    await open();
    const first = await ready();
    expect(first.wizard.find.installs.map(({ version }) => version)).toEqual([
      'go1.26.3',
      'go1.24.4',
    ]);
    expect(first.wizard.choose.newestStable?.version).toBe('go1.27.0');
    expect(first.wizard.choose.newestPatch?.version).toBe('go1.26.7');
    expect(first.app).toMatchObject({ mode: 'lab', scenario: 'clean' });
    await session.handle('wizard.continue', undefined);
    expect(session.state.wizard.step).toBe('choose');
    await session.handle('wizard.continue', undefined);
    expect(session.state.wizard).toMatchObject({
      step: 'verify',
      failure: null,
      download: { status: 'complete' },
      verify: { status: 'done', verdict: 'verified' },
    });
    await session.handle('wizard.continue', undefined);
    expect(session.state.wizard).toMatchObject({
      step: 'exclusions',
      exclusions: { status: 'ready', suggestion: 'none', open: false, items: [] },
    });
    // Plan one anyway.
    await session.handle('exclusions.plan', undefined);
    const { items } = session.state.wizard.exclusions;
    expect(items.length).toBeGreaterThan(0);
    expect(session.state.wizard.exclusions).toMatchObject({ open: true, willAsk: true });
    const [, second] = items;
    if (second !== undefined) {
      await session.handle('exclusions.toggle', { id: second.id, enabled: false });
    }
    await session.handle('exclusions.expiry', { id: items[0]!.id, expiry: '1h' });
    expect(session.state.wizard.exclusions.items[0]).toMatchObject({ expiry: '1h' });
    await session.handle('exclusions.apply', undefined);
    expect(session.state.wizard.exclusions).toMatchObject({
      status: 'applied',
      results: [{ result: 'applied', value: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\tmp' }],
    });
    expect(session.state.exclusions.ours).toBe(1);
    await session.handle('wizard.continue', undefined);
    expect(session.state.wizard.failure).toBeNull();
    expect(session.state.wizard).toMatchObject({
      step: 'done',
      install: { status: 'complete' },
      done: {
        status: 'upgraded',
        goVersion: 'go version go1.27.0 windows/amd64',
        before: { version: '1.26.3' },
        now: { version: '1.27.0', root: 'C:\\Users\\lin\\AppData\\Local\\Gangway\\go\\1.27.0' },
        switchBackTo: '1.26.3',
        pathGuidance: null,
      },
    });
    expect(session.state.wizard.done.changes.map(({ icon }) => icon)).toEqual([
      'folder',
      'link',
      'exclusion',
      'setting',
      'task',
    ]);
    expect(await linkTarget()).toBe('1.27.0');
    expect(session.state.history.entries.some(({ kind }) => kind === 'upgrade')).toBe(true);
    expect(session.state.wizard.find.installs[0]?.version).toBe('go1.27.0');

    await session.handle('done.switchBack', undefined);
    expect(await linkTarget()).toBe('1.26.3');
    expect(session.state.wizard.done).toMatchObject({ switchBackTo: '1.27.0' });
    await session.handle('done.switchBack', undefined);
    expect(await linkTarget()).toBe('1.27.0');

    await session.handle('done.undoEverything', undefined);
    expect(session.state.wizard.failure).toBeNull();
    expect(session.state.wizard.done.status).toBe('undone');
    expect(session.state.exclusions).toMatchObject({ ours: 0, visibility: 'known' });
    expect(await linkTarget()).toBe('1.26.3');
    expect(existsSync(join(folder, 'lab/c/Users/lin/AppData/Local/Gangway/go/1.27.0'))).toBe(false);
  });

  it('without exclusions goes straight on to the install', async () => {
    await open();
    await ready();
    await session.handle('wizard.continue', undefined);
    await session.handle('choose.select', { offer: 'newestPatch', version: null });
    await session.handle('download.start', undefined);
    await session.handle('wizard.continue', undefined);
    await session.handle('exclusions.skip', undefined);
    expect(session.state.wizard).toMatchObject({
      step: 'done',
      exclusions: { status: 'skipped' },
      done: { now: { version: '1.26.7' } },
    });
  });
});

describe('coming back', () => {
  it('stands at the step where the last one was closed, and proves again before it installs', async () => {
    await open();
    await ready();
    await session.handle('wizard.continue', undefined);
    await session.handle('wizard.continue', undefined);
    await session.handle('wizard.continue', undefined);
    expect(session.state.wizard.step).toBe('exclusions');
    await session.close();
    await open();
    expect(session.state.wizard).toMatchObject({
      step: 'exclusions',
      verify: { verdict: 'verified' },
      exclusions: { status: 'ready' },
    });
    await session.handle('exclusions.skip', undefined);
    expect(session.state.wizard.failure).toBeNull();
    expect(session.state.wizard.step).toBe('done');
    await session.close();
    await open();
    expect(session.state.wizard).toMatchObject({ step: 'done', done: { status: 'upgraded' } });
    await session.handle('done.undoEverything', undefined);
    expect(await linkTarget()).toBe('1.26.3');
  });

  it('does not take over the wizard of another scenario', async () => {
    await open();
    await ready();
    await session.handle('wizard.continue', undefined);
    await session.close();
    await open('managed');
    expect(session.state.wizard.step).toBe('find');
  });

  it('keeps its own file readable, or begins anew', async () => {
    await open();
    await ready();
    await session.close();
    const saved = JSON.parse(await readFile(join(folder, 'wizard.json'), 'utf8')) as {
      wizard: { find: { status: string } };
    };
    expect(saved.wizard.find.status).toBe('done');
  });
});

it('switches the scenario, and what is shown with it', async () => {
  await open();
  await ready();
  await session.handle('app.chooseScenario', 'thirdPartyAntivirus');
  expect(session.state.app.scenario).toBe('thirdPartyAntivirus');
  expect(session.state.defender.kind).toBe('otherAntivirus');
  await ready();
});
