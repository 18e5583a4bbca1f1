// The lab's engine for a test: its server, asked as the bench's host asks it, and a stand-in for the host that notes how it
// was started.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { openLabClock, type LabClock } from '../../src/core/lab/clock';
import {
  openLabDefender,
  type LabDefender,
  type LabSettings,
  type ScenarioName,
} from '../../src/core/lab/defender';
import { openLabEngine, type LabEngine } from '../../src/core/lab/engine';

export interface Objects {
  readonly objects: readonly {
    readonly $type: string;
    readonly props: Readonly<Record<string, unknown>>;
  }[];
}
export interface Failed {
  readonly error: {
    readonly message: string;
    readonly hresult: string | null;
    readonly category: string;
    readonly id: string;
    readonly win32?: number;
    readonly terminating: boolean;
  };
}

export interface LabEngineForTest {
  readonly lab: LabDefender;
  readonly clock: LabClock;
  readonly engine: LabEngine;
  readonly stateFolder: string;
  readonly base: string;
  readonly token: string;
  /** How the host was started, in order: one text each, its arguments and whether it was elevated. */
  readonly started: () => readonly string[];
  ask(cmdlet: string, parameters?: object, elevated?: boolean): Promise<Objects | Failed>;
  /** The properties of the objects. @throws where an error came */
  objects(
    cmdlet: string,
    parameters?: object,
    elevated?: boolean,
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  error(cmdlet: string, parameters?: object, elevated?: boolean): Promise<Failed['error']>;
  mpCmdRun(
    elevated: boolean,
    ...given: readonly string[]
  ): Promise<{ readonly exitCode: number; readonly output: string }>;
  close(): Promise<void>;
}

export async function labEngine(
  scratch: string,
  scenario: ScenarioName,
  options: {
    readonly settings?: Partial<LabSettings>;
    readonly stateFolder?: string;
    /** What the stand-in does after it noted its start, in the shell's words. */
    readonly hostDoes?: string;
  } = {},
): Promise<LabEngineForTest> {
  const stateFolder = options.stateFolder ?? (await mkdtemp(join(scratch, 'state-')));
  const { settings, hostDoes = ':' } = options;
  const clock = await openLabClock(join(stateFolder, 'lab'));
  const lab = await openLabDefender({
    stateFolder,
    scenario,
    clock,
    ...(settings === undefined ? {} : { settings }),
  });
  const host = join(stateFolder, 'powershell.exe');
  const notes = join(stateFolder, 'started.txt');
  writeFileSync(
    host,
    `#!/bin/sh\necho "elevated=$GANGWAY_BENCH_ELEVATED $*" >> '${notes}'\n${hostDoes}\n`,
  );
  chmodSync(host, 0o755);
  const engine = await openLabEngine({ lab, host });
  const base = engine.environment['GANGWAY_BENCH_LAB'] ?? '';
  const token = engine.environment['GANGWAY_BENCH_TOKEN'] ?? '';
  const post = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status !== 200) throw new Error(`${path}: ${String(response.status)}`);
    return response.json();
  };
  const ask: LabEngineForTest['ask'] = async (cmdlet, parameters = {}, elevated = false) =>
    (await post(`/cmdlet/${cmdlet}`, { elevated, parameters })) as Objects | Failed;
  return {
    lab,
    clock,
    engine,
    stateFolder,
    base,
    token,
    started: () =>
      existsSync(notes)
        ? readFileSync(notes, 'utf8')
            .split('\n')
            .filter((line) => line !== '')
        : [],
    ask,
    async objects(...given) {
      const reply = await ask(...given);
      if ('error' in reply) throw new Error(`${given[0]}: ${reply.error.id}`);
      return reply.objects.map(({ props }) => props);
    },
    async error(...given) {
      const reply = await ask(...given);
      if ('objects' in reply) throw new Error(`${given[0]} gave no error`);
      return reply.error;
    },
    async mpCmdRun(elevated, ...given) {
      const reply = await post('/mpcmdrun', { elevated, arguments: given });
      return reply as { exitCode: number; output: string };
    },
    async close() {
      await engine.close();
      lab.close();
      clock.close();
    },
  };
}

type StartEngine = (
  scenario?: ScenarioName,
  settings?: Partial<LabSettings>,
) => Promise<LabEngineForTest>;

/** Opens engines for the test that asks, and closes them after it. Call it once a file. */
export function labEnginesForEachTest(scratch: string): StartEngine {
  const opened: LabEngineForTest[] = [];
  afterEach(async () => {
    for (const under of opened.splice(0)) await under.close();
  });
  return async (scenario = 'clean', settings = {}) => {
    const under = await labEngine(scratch, scenario, { settings });
    opened.push(under);
    return under;
  };
}

export const defenderLog = 'Microsoft-Windows-Windows Defender/Operational';
/** Defender's lists, as its cmdlets name them. */
export const lists = [
  'ExclusionPath',
  'ExclusionProcess',
  'ExclusionExtension',
  'ExclusionIpAddress',
];

/** Of Defender's log, oldest first. */
export async function eventIds(under: LabEngineForTest): Promise<readonly unknown[]> {
  const events = await under.objects('Get-WinEvent', { LogName: [defenderLog], Oldest: true });
  return events.map(({ Id }) => Id);
}
