// Every call of the contract that a session answers, by name. A name that is missing does not compile.
import { FailureError } from '../../failureError';
import { sameSource } from '../../../shared/rules/wizardSteps';
import type { Settings } from '../../../shared/model';
import * as choose from './chooseStep';
import * as done from './doneStep';
import * as download from './downloadStep';
import * as exclusions from './exclusionsStep';
import * as install from './installStep';
import * as interrupted from './interruptedStep';
import * as pages from './pages';
import * as verify from './verifyStep';
import type { Engine } from './engine';
import type { SessionHandlers } from './calls';
import { search } from './findStep';

export interface SessionParts {
  engine(): Engine;
  /** Another scenario: other adapters, and the wizard from its start. */
  reopen(scenario: string): Promise<void>;
}

export function sessionHandlers(parts: SessionParts): SessionHandlers {
  const engine = (): Engine => parts.engine();
  const store = () => engine().store;

  return {
    'app.openPage': async (page) => {
      store().set({ page });
      if (page === 'exclusions') await pages.readList(engine(), false);
      if (page === 'history') await pages.readHistory(engine());
    },
    'app.chooseScenario': (scenario) => parts.reopen(scenario),
    'app.removeKey': async (fingerprint) => {
      await engine().world.keys.remove(fingerprint);
      await readKeys(engine());
    },
    'find.refresh': async () => {
      await search(engine());
      if (store().state.wizard.choose.status === 'idle') await choose.list(engine());
    },
    'find.select': async (id) => {
      store().wizard({ kind: 'selectedGo', id });
      await stopOrphans(engine());
      if (store().state.wizard.choose.status === 'idle') await choose.offerAgain(engine());
    },
    'choose.refresh': () => choose.list(engine()),
    'choose.source': async (source) => {
      store().wizard({ kind: 'choseSource', source });
      await stopOrphans(engine());
      if (store().state.wizard.choose.status === 'idle') await choose.list(engine());
    },
    'choose.select': async (selected) => {
      store().wizard({ kind: 'choseVersion', selected });
      await stopOrphans(engine());
    },
    'download.start': () => download.startDownload(engine()),
    'download.pause': () => download.pauseDownload(engine()),
    'download.cancel': () => download.cancelDownload(engine()),
    'download.startOver': () => download.startOver(engine()),
    'verify.start': () => verify.prove(engine()),
    'verify.accept': (id) => verify.accept(engine(), id),
    'exclusions.plan': () => exclusions.plan(engine()),
    'exclusions.toggle': ({ id, enabled }) => {
      exclusions.toggle(engine(), id, enabled);
      return Promise.resolve();
    },
    'exclusions.expiry': ({ id, expiry }) => {
      exclusions.setExpiry(engine(), id, expiry);
      return Promise.resolve();
    },
    'exclusions.apply': () => exclusions.apply(engine()),
    'exclusions.skip': async () => {
      store().wizard({ kind: 'skipped' });
      store().wizard({ kind: 'continued' });
      await install.install(engine());
    },
    'install.start': () => install.install(engine()),
    'install.cancel': () => install.cancelInstall(engine()),
    'wizard.goto': async (step) => {
      store().wizard({ kind: 'went', step });
      if (step === 'exclusions') await exclusions.planAgain(engine());
    },
    'wizard.continue': () => goOn(engine()),
    'wizard.restart': async () => {
      await engine().stopAll();
      engine().chosen = null;
      engine().verified = null;
      store().wizard({ kind: 'restarted' });
      await search(engine());
      await choose.list(engine());
    },
    'wizard.dismissFailure': () => {
      store().wizard({ kind: 'failureDismissed' });
      return Promise.resolve();
    },
    'wizard.finishInterrupted': () => interrupted.finish(engine()),
    'wizard.undoInterrupted': () => interrupted.undo(engine()),
    'done.undoEverything': () => done.undoEverything(engine()),
    'done.switchBack': () => done.switchBack(engine()),
    'exclusionsPage.read': () => pages.readList(engine(), false),
    'exclusionsPage.showHidden': () => pages.readList(engine(), true),
    'exclusionsPage.rollBack': (what) =>
      pages.takeBack(
        engine(),
        'all' in what ? { kind: 'exclusions' } : { kind: 'exclusion', id: what.id },
        'exclusions',
      ),
    'blocks.open': (id) => {
      store().change('blocks', { openId: id });
      return Promise.resolve();
    },
    'blocks.markSeen': async (id) => {
      await engine().watch?.markSeen(id);
    },
    'blocks.lookBack': () => pages.lookBack(engine()),
    'history.rollBack': async (what) => {
      await pages.takeBack(
        engine(),
        'all' in what ? { kind: 'all' } : { kind: 'run', run: what.run },
        'history',
      );
      await search(engine());
      await interrupted.showInterrupted(engine());
    },
    'history.setAside': () => interrupted.setAside(engine()),
    'settings.set': (part) => changeSettings(engine(), part),
  };
}

/** The primary button of a step: on to the next one, and to the work that it begins with. */
async function goOn(engine: Engine): Promise<void> {
  const { store } = engine;
  const { step } = store.state.wizard;
  if (step === 'choose') {
    await download.startDownload(engine);
    return;
  }
  store.wizard({ kind: 'continued' });
  const now = store.state.wizard;
  if (now.step === step) return;
  switch (now.step) {
    case 'choose':
      if (now.choose.status === 'idle') await choose.list(engine);
      return;
    case 'verify':
      if (now.verify.status === 'idle') await verify.prove(engine);
      return;
    case 'exclusions':
      await planIfIdle(engine);
      return;
    case 'install':
      if (now.install.status === 'idle') await install.install(engine);
      return;
    case 'find':
    case 'download':
    case 'done':
      return;
  }
}

async function planIfIdle(engine: Engine): Promise<void> {
  if (engine.store.state.wizard.exclusions.status === 'idle') await exclusions.plan(engine);
}

/** A changed choice took the download's result back: what still runs for the old one ends. */
async function stopOrphans(engine: Engine): Promise<void> {
  const { download: transfer, verify: ladder } = engine.store.state.wizard;
  if (transfer.status !== 'running') await engine.stop('download');
  if (ladder.status !== 'running') await engine.stop('verify');
}

export async function readKeys(engine: Engine): Promise<void> {
  const keys = await engine.world.keys.list();
  engine.store.change('app', {
    keys: keys.map(({ fingerprint, name }) => ({ fingerprint, name })).slice(0, 32),
  });
}

async function changeSettings(engine: Engine, part: Partial<Settings>): Promise<void> {
  const { store, world } = engine;
  const before = store.state.settings;
  const settings = await world.settings.change(part);
  store.set({ settings });
  if (!sameSource(before.source, settings.source) && world.mode === 'real') {
    store.wizard({ kind: 'choseSource', source: settings.source });
    await stopOrphans(engine);
    if (store.state.wizard.choose.status === 'idle') await choose.list(engine);
  } else if (before.mirrorUrl !== settings.mirrorUrl && engine.listed !== null) {
    await choose.offerAgain(engine);
  }
}

/** @throws FailureError `keys.*`, `disk.missing` */
export async function addKey(
  engine: Engine,
  armored: string,
  confirm: string | null,
): Promise<{ readonly fingerprint: string; readonly name: string }> {
  const { keys } = engine.world;
  const { fingerprint, name } = await keys.inspect(armored);
  if (confirm === null) return { fingerprint, name };
  if (confirm !== fingerprint) {
    // The file changed between the question and the answer.
    throw new FailureError('keys.notAKey', {
      details: [{ id: 'fingerprint', value: fingerprint }],
    });
  }
  await keys.add(armored);
  await readKeys(engine);
  return { fingerprint, name };
}
