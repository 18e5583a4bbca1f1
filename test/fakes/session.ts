// A session without an engine: a state that a test sets, and a record of what was asked of it.
import type { Session } from '../../src/core/flows/session/api';
import type { SessionCall } from '../../src/core/flows/session/calls';
import { noExclusions } from '../../src/core/flows/session/pages';
import type { Argument, Result } from '../../src/shared/contract';
import { defaultSettings, initialWizard, type AppState, type Block } from '../../src/shared/model';

export const idleState: AppState = {
  app: {
    version: '0.1.0',
    mode: 'lab',
    scenario: 'clean',
    scenarios: ['clean', 'blockOnDownload'],
    labEngine: false,
    platform: 'linux',
    canStartWithSystem: false,
    language: 'en',
    theme: 'light',
    runtime: 'Electron 25.1.1, Chrome 114, Node 18',
    missing: [],
    keys: [],
  },
  defender: {
    kind: 'on',
    realTimeProtection: true,
    tamperProtection: false,
    managed: false,
    otherAntivirus: null,
    smartAppControl: 'off',
    contextualExclusions: true,
    sentence: { key: 'shell.tray.defender.on' },
    findings: [],
    readAt: '2026-11-24T06:00:00.000Z',
  },
  page: 'upgrade',
  wizard: initialWizard,
  exclusions: { ...noExclusions, status: 'ready', visibility: 'known' },
  blocks: {
    status: 'ready',
    items: [],
    unseen: 0,
    since: '2026-11-24T06:00:00.000Z',
    openId: null,
    failure: null,
  },
  history: { entries: [], lastRollback: null, broken: null },
  settings: defaultSettings,
};

export function aBlock(id: string, parts: Partial<Block> = {}): Block {
  return {
    id,
    at: '2026-11-24T14:41:00.000Z',
    source: 'defender',
    action: 'quarantined',
    headline: { key: 'shell.tray.tooltip', params: { state: 'compile.exe' } },
    file: 'compile.exe',
    path: 'C:\\Users\\lin\\go\\compile.exe',
    threat: 'Trojan:Win32/Wacatac.B!ml',
    verdict: 'originalFile',
    verdictText: { key: 'shell.tray.defender.on' },
    whatItIs: { key: 'shell.tray.defender.on' },
    whatItMeans: { key: 'shell.tray.defender.on' },
    concernsGo: true,
    exclusionHelps: true,
    count: 1,
    seen: false,
    evidence: [],
    ...parts,
  };
}

export interface FakeSession extends Session {
  readonly asked: readonly (readonly [name: string, argument: unknown])[];
  /** Changes slices and tells who listens. */
  set(slices: Partial<AppState>): void;
  /** Something new was blocked. */
  block(block: Block): void;
  readonly closed: boolean;
  readonly listening: number;
}

/** Answers every call with nothing, or by what `replies` says of it. */
export function fakeSession(
  first: Partial<AppState> = {},
  replies: Partial<Record<SessionCall, (argument: unknown) => unknown>> = {},
): FakeSession {
  let state: AppState = { ...idleState, ...first };
  let closed = false;
  const asked: [string, unknown][] = [];
  const listeners = new Set<(slices: Partial<AppState>) => void>();
  const blockListeners = new Set<(block: Block) => void>();
  const note = (name: string, argument: unknown): Promise<void> => {
    asked.push([name, argument]);
    return Promise.resolve();
  };
  return {
    get state() {
      return state;
    },
    journalFile: '/state/journal.jsonl',
    get closed() {
      return closed;
    },
    get listening() {
      return listeners.size + blockListeners.size;
    },
    asked,
    set(slices) {
      state = { ...state, ...slices };
      for (const listener of listeners) listener(slices);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    block(block) {
      for (const listener of blockListeners) listener(block);
    },
    onBlock(listener) {
      blockListeners.add(listener);
      return () => blockListeners.delete(listener);
    },
    async handle<N extends SessionCall>(name: N, argument: Argument<N>): Promise<Result<N>> {
      await note(name, argument);
      return (await replies[name]?.(argument)) as Result<N>;
    },
    async addKeyFile(path, confirm) {
      await note('addKeyFile', [path, confirm]);
      return { fingerprint: 'AB'.repeat(20), name: 'Release keys <it@example.org>' };
    },
    addFindFolder: (path) => note('addFindFolder', path),
    chooseSourceFolder: (path) => note('chooseSourceFolder', path),
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}
