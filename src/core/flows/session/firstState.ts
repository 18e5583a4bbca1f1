// What a session shows before it has looked: the first state, and Defender's as soon as it is answered.
import {
  defaultSettings,
  initialWizard,
  type AppState,
  type DefenderStatus,
} from '../../../shared/model';
import type { World } from '../world';
import type { SessionOptions } from './api';
import { noBlocks, noExclusions, unreadDefender } from './pages';

/** Defender's state, where it is answered before the first screen: in the lab it is, on Windows it may take seconds. */
export class FirstStatus {
  shown: DefenderStatus;

  constructor(
    readonly asked: Promise<DefenderStatus>,
    readonly unread: DefenderStatus,
  ) {
    this.shown = unread;
    asked.then(
      (status) => {
        this.shown = status;
      },
      // Reported by who waits for it.
      () => undefined,
    );
  }
}

export function firstState(options: SessionOptions): AppState {
  const now = new Date();
  return {
    app: {
      ...options.app,
      mode: options.scenario === null ? 'real' : 'lab',
      scenario: options.scenario,
      scenarios: [],
      labEngine: false,
      language: 'en',
      theme: 'light',
      missing: [],
      keys: [],
    },
    defender: unreadDefender(now),
    page: 'upgrade',
    wizard: initialWizard,
    exclusions: noExclusions,
    blocks: noBlocks(now),
    history: { entries: [], lastRollback: null, broken: null },
    settings: defaultSettings,
  };
}

export function appOf(options: SessionOptions, world: World): AppState['app'] {
  return {
    ...options.app,
    mode: world.mode,
    scenario: world.scenario,
    scenarios: [...world.scenarios],
    labEngine: world.labEngine,
    language: 'en',
    theme: 'light',
    missing: world.protection.kind === 'missing' ? [world.protection.reason] : [],
    keys: [],
  };
}
