// The lab's state on disk, `lab/defender.json`: it outlasts the process and is shared by all of them. Every change is one
// step under a lock; what the lab's time has made due runs before anything else is done. A task that runs a program runs
// after the step, by who took that upon itself; where nobody did it waits.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from '../../fileLock';
import { jsonFile } from '../../node/jsonFile';
import type { Clock } from '../../ports';
import type { LabDrive } from '../machineDrive';
import { appendEvents, readEvents, type LoggedEvent } from './eventJournal';
import { dropExclusion } from './preferences';
import type { LabSettings } from './scenarios';
import { freshState, stateSchema, type Emit, type LabState, type LabTask } from './state';
import type { LabStep, LabView } from './step';

export interface StoreOptions {
  readonly labFolder: string;
  readonly scenario: string;
  readonly settings: LabSettings;
  readonly drive: LabDrive;
  readonly clock: Clock;
}

/** Runs a due task's program and gives its exit code. */
export type RunProgram = (task: LabTask) => Promise<number>;

export class LabStore {
  readonly eventsFile: string;
  private readonly file;
  private readonly lock: string;
  private cancelWake: (() => void) | null = null;
  private closed = false;
  private runProgram: RunProgram | null = null;
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly options: StoreOptions) {
    this.file = jsonFile(join(options.labFolder, 'defender.json'), stateSchema);
    this.lock = join(options.labFolder, 'defender.lock');
    this.eventsFile = join(options.labFolder, 'events.jsonl');
  }

  async open(): Promise<void> {
    await mkdir(this.options.labFolder, { recursive: true });
    await this.change(() => undefined);
  }

  close(): void {
    this.closed = true;
    this.runProgram = null;
    this.cancelWake?.();
    this.cancelWake = null;
  }

  /** What is so now, with everything done that is due. */
  async view(): Promise<LabView> {
    const state = await this.file.read();
    const now = this.now();
    if (state !== null && !state.tasks.some((task) => this.mayRun(task, now))) {
      return this.viewOf(state);
    }
    return this.change((step) => step);
  }

  /** One step: nothing else of the lab happens meanwhile. */
  change<T>(work: (step: LabStep) => T | Promise<T>): Promise<T> {
    return withFileLock(this.lock, async () => {
      const state = (await this.file.read()) ?? freshState();
      const before = JSON.stringify(state);
      const events: LoggedEvent[] = [];
      const { scenario, labFolder } = this.options;
      const emit: Emit = (channel, at, xml) => {
        const recordId = state.nextRecordId;
        state.nextRecordId += 1;
        events.push({ channel, recordId, at, scenario, xml: xml(recordId) });
      };
      const step = {
        ...this.viewOf(state),
        emit,
        quarantineFolder: join(labFolder, 'quarantine'),
      };
      const due = this.runDueTasks(step);
      const result = await work(step);
      if (JSON.stringify(state) !== before) await this.file.write(state);
      await appendEvents(this.eventsFile, events);
      this.arm(state);
      for (const task of due) this.start(task);
      return result;
    });
  }

  /** Events of this scenario, in the order in which they were written. */
  async events(): Promise<readonly LoggedEvent[]> {
    const events = await readEvents(this.eventsFile);
    return events.filter(({ scenario }) => scenario === this.options.scenario);
  }

  /** From now on due programs run here. A start that was missed is made up for where the task says so. */
  async runPrograms(run: RunProgram): Promise<void> {
    await this.change(({ state, now }) => {
      for (const task of state.tasks) {
        if (task.at !== null && task.at < now && task.program?.startWhenAvailable === false) {
          task.at = null;
        }
      }
    });
    this.runProgram = run;
    await this.change(() => undefined);
  }

  /** From now on due programs wait again. What runs is not ended. */
  stopPrograms(): void {
    this.runProgram = null;
  }

  /** When no program of a task runs any more. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private viewOf(state: LabState): LabView {
    const { settings, drive } = this.options;
    return { settings, drive, state, now: this.now() };
  }

  private now(): string {
    return this.options.clock.now().toISOString();
  }

  /** The lab's own task removes exactly its exclusion, and then itself. @returns programs to be started */
  private runDueTasks(step: LabStep): readonly LabTask[] {
    const { state, now } = step;
    const due = state.tasks
      .filter((task) => this.mayRun(task, now))
      .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
    const programs: LabTask[] = [];
    for (const task of due) {
      const { program, exclusion } = task;
      if (program !== null) {
        program.runner = process.pid;
        programs.push(task);
        continue;
      }
      if (exclusion !== null) dropExclusion(step, exclusion, task.at ?? now);
      state.tasks = state.tasks.filter((other) => other !== task);
    }
    return programs;
  }

  private mayRun({ at, program }: LabTask, now: string): boolean {
    if (at === null || at > now) return false;
    if (program === null) return true;
    return this.runProgram !== null && (program.runner === null || this.isLeft(program.runner));
  }

  /** A runner that is gone before its program was done. */
  private isLeft(runner: number): boolean {
    if (runner === process.pid) return this.running.size === 0;
    try {
      process.kill(runner, 0);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH';
    }
  }

  private start(task: LabTask): void {
    const { runProgram } = this;
    if (runProgram === null) return;
    const run = runProgram(task)
      // The program could not be started.
      .catch(() => notStarted)
      .then((result) => this.finish(task, result))
      // The lab was removed meanwhile.
      .catch(() => undefined)
      .finally(() => {
        this.running.delete(run);
      });
    this.running.add(run);
  }

  /** The task itself may have taken itself away. */
  private async finish({ name, path }: LabTask, result: number): Promise<void> {
    if (this.closed) return;
    await this.change(({ state, now }) => {
      const task = state.tasks.find((other) => other.name === name && other.path === path);
      const program = task?.program ?? null;
      if (task === undefined || program?.runner !== process.pid) return;
      program.runner = null;
      program.lastRun = now;
      program.lastResult = result;
      const next = program.every === null ? null : Date.parse(now) + program.every;
      task.at = next === null ? null : new Date(next).toISOString();
    });
  }

  private arm(state: LabState): void {
    this.cancelWake?.();
    this.cancelWake = null;
    const [next] = state.tasks
      .filter(({ program }) => program === null || this.runProgram !== null)
      .filter(({ program }) => (program?.runner ?? null) === null)
      .flatMap(({ at }) => (at === null ? [] : [at]))
      .sort();
    if (next === undefined || this.closed) return;
    this.cancelWake = this.options.clock.wake(new Date(next), () => {
      this.cancelWake = null;
      // A later look does the same; a lab that was removed meanwhile has nothing to end.
      this.change(() => undefined).catch(() => undefined);
    });
  }
}

/** ERROR_FILE_NOT_FOUND, as the scheduler keeps it. */
const notStarted = 0x80070002;
