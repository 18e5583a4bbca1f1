// A session on the real lab for tests: real search, mirror, proofs, unpacking, journal and worker threads. The lab's
// computer and its mirror are made once a file and copied for each test.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { composeWorld } from '../../src/core/compose';
import { openSession, type Session } from '../../src/core/flows/session/session';
import type { AppState } from '../../src/shared/model';
import { startTestWorker } from './worker';

export interface LabSession {
  readonly folder: string;
  readonly session: Session;
  readonly state: AppState;
  /** A folder of the lab's drive: `Users/lin`. */
  drive(path: string): string;
  open(scenario?: string): Promise<Session>;
  /** Resolves with the first state that is so. */
  until(what: (state: AppState) => boolean, ms?: number): Promise<AppState>;
  /** Looked around, and a list is there. */
  ready(): Promise<AppState>;
}

/** Call it at the top of a test file. */
export function labSession(): LabSession {
  let base = '';
  let folder = '';
  let session: Session | null = null;
  let count = 0;

  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'gangway-session-'));
    const template = join(base, 'template');
    const world = await compose(template, 'clean');
    await world.prepare({ kind: 'embedded' });
    await world.close();
  }, 60_000);
  beforeEach(async () => {
    folder = join(base, String((count += 1)));
    await cp(join(base, 'template'), folder, { recursive: true, verbatimSymlinks: true });
  });
  afterEach(async () => {
    await session?.close();
    session = null;
  });
  afterAll(async () => {
    await rm(base, { recursive: true, force: true });
  });

  const live = (): Session => {
    if (session === null) throw new Error('no session is open');
    return session;
  };
  const lab: LabSession = {
    get folder() {
      return folder;
    },
    get session() {
      return live();
    },
    get state() {
      return live().state;
    },
    drive: (path) => join(folder, 'lab', 'c', path),
    async open(scenario = 'clean') {
      session = await openSession({
        scenario,
        open: (wanted) => compose(folder, wanted),
        app: {
          version: '0.1.0',
          platform: 'linux',
          canStartWithSystem: false,
          runtime: 'test',
        },
      });
      return session;
    },
    until(what, ms = 20_000) {
      const watched = live();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          end();
          reject(new Error(`not reached: ${JSON.stringify(watched.state.wizard).slice(0, 3000)}`));
        }, ms);
        const check = (): void => {
          if (!what(watched.state)) return;
          clearTimeout(timer);
          end();
          resolve(watched.state);
        };
        const end = watched.subscribe(check);
        check();
      });
    },
    ready: () =>
      lab.until(({ wizard }) => wizard.find.status === 'done' && wizard.choose.status === 'ready'),
  };
  return lab;
}

function compose(stateFolder: string, scenario: string | null): ReturnType<typeof composeWorld> {
  return composeWorld({ stateFolder, scenario, startWorker: startTestWorker });
}
