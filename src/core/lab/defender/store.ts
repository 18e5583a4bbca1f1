// What the lab's Defender remembers, in `lab/defender.json`: it outlasts the process and is shared by all of them. Every
// change is one step under a lock; expiry tasks that the lab's time has made due run before anything else is done.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from '../../fileLock';
import { jsonFile } from '../../node/jsonFile';
import type { Clock } from '../../ports';
import { exclusionSchema, type Exclusion } from '../../../shared/model';
import { sameText } from '../../../shared/rules/winPath';
import { z } from '../../../shared/zod';
import { appendEvents, type LoggedEvent } from './eventJournal';
import { configurationXml, defenderChannel } from './eventXml';
import type { LabSettings } from './scenarios';

const stateSchema = z.object({
  /** Local entries, spelt as they were added. */
  exclusions: z.array(exclusionSchema),
  tasks: z.array(z.object({ name: z.string(), exclusion: exclusionSchema, at: z.string() })),
  nextRecordId: z.number().int().positive(),
  /** Scenarios whose history has been written. */
  histories: z.array(z.string()),
  quarantine: z.array(
    z.object({ detectionId: z.string(), path: z.string(), file: z.string(), at: z.string() }),
  ),
  /** ISO 8601 of the system's own clock: reparse points made later are no targets yet. */
  serviceStartedAt: z.string(),
});
export type LabState = z.infer<typeof stateSchema>;

/** Collects the events of one step; record ids are given in order. */
export type Emit = (channel: string, at: string, xml: (recordId: number) => string) => void;

export interface StoreOptions {
  readonly labFolder: string;
  readonly scenario: string;
  readonly settings: LabSettings;
  readonly clock: Clock;
}

export class LabStore {
  readonly eventsFile: string;
  readonly quarantineFolder: string;
  private readonly file;
  private readonly lock: string;
  private cancelWake: (() => void) | null = null;
  private closed = false;

  constructor(private readonly options: StoreOptions) {
    this.file = jsonFile(join(options.labFolder, 'defender.json'), stateSchema);
    this.lock = join(options.labFolder, 'defender.lock');
    this.eventsFile = join(options.labFolder, 'events.jsonl');
    this.quarantineFolder = join(options.labFolder, 'quarantine');
  }

  async open(): Promise<void> {
    await mkdir(this.options.labFolder, { recursive: true });
    await this.change(() => undefined);
  }

  close(): void {
    this.closed = true;
    this.cancelWake?.();
    this.cancelWake = null;
  }

  /** The state now, with everything done that is due. */
  async read(): Promise<LabState> {
    const state = await this.file.read();
    const now = this.now();
    if (state !== null && !state.tasks.some((task) => task.at <= now)) return state;
    return this.change((changed) => changed);
  }

  /** One step: nothing else of the lab happens meanwhile. */
  change<T>(step: (state: LabState, emit: Emit) => T | Promise<T>): Promise<T> {
    return withFileLock(this.lock, async () => {
      const state = (await this.file.read()) ?? fresh();
      const before = JSON.stringify(state);
      const events: LoggedEvent[] = [];
      const emit: Emit = (channel, at, xml) => {
        const recordId = state.nextRecordId;
        state.nextRecordId += 1;
        events.push({ channel, recordId, at, scenario: this.options.scenario, xml: xml(recordId) });
      };
      this.runDueTasks(state, emit);
      const result = await step(state, emit);
      if (JSON.stringify(state) !== before) await this.file.write(state);
      await appendEvents(this.eventsFile, events);
      this.arm(state);
      return result;
    });
  }

  /** Removes an entry by its stored spelling, whatever its case. True where it was there. */
  remove(state: LabState, exclusion: Exclusion, at: string, emit: Emit): boolean {
    const found = state.exclusions.findIndex((entry) => isSame(entry, exclusion));
    const entry = state.exclusions[found];
    if (entry === undefined) return false;
    state.exclusions.splice(found, 1);
    emit(defenderChannel, at, (id) =>
      configurationXml(id, at, this.options.settings.platform, {
        before: registryValue(entry),
        after: '',
      }),
    );
    return true;
  }

  now(): string {
    return this.options.clock.now().toISOString();
  }

  /** A task removes exactly its exclusion, and then itself. */
  private runDueTasks(state: LabState, emit: Emit): void {
    const now = this.now();
    const due = state.tasks.filter((task) => task.at <= now).sort((a, b) => (a.at < b.at ? -1 : 1));
    for (const task of due) {
      this.remove(state, task.exclusion, task.at, emit);
      state.tasks = state.tasks.filter((other) => other !== task);
    }
  }

  private arm(state: LabState): void {
    this.cancelWake?.();
    this.cancelWake = null;
    const [next] = state.tasks.map((task) => task.at).sort();
    if (next === undefined || this.closed) return;
    this.cancelWake = this.options.clock.wake(new Date(next), () => {
      this.cancelWake = null;
      // A later look does the same; a lab that was removed meanwhile has nothing to end.
      this.change(() => undefined).catch(() => undefined);
    });
  }
}

export function isSame(a: Exclusion, b: Exclusion): boolean {
  return a.kind === b.kind && sameText(a.value, b.value);
}

const registryName = {
  path: 'Paths',
  process: 'Processes',
  extension: 'Extensions',
  ip: 'IpAddresses',
} as const;

export function registryValue({ kind, value }: Exclusion): string {
  const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions';
  return `${key}\\${registryName[kind]}\\${value} = 0x0`;
}

function fresh(): LabState {
  return {
    exclusions: [],
    tasks: [],
    nextRecordId: 1,
    histories: [],
    quarantine: [],
    serviceStartedAt: new Date().toISOString(),
  };
}
