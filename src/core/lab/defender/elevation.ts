// The lab's elevated side: the same closed vocabulary, validated again here, with Defender's ways of saying yes and
// doing nothing. The prompt's answer is the scenario's.
import type {
  ElevatedBatch,
  ElevatedStep,
  Elevation,
  ElevationOutcome,
  StepRecord,
} from '../../ports';
import { exclusionSchema, type Exclusion } from '../../../shared/model';
import {
  addCommand,
  expiryCommand,
  judgeExclusion,
  readCommand,
  removeCommand,
  removeExpiryCommand,
  splitValue,
} from '../../../shared/rules/exclusions';
import type { LabReader } from './reading';
import { configurationXml, defenderChannel, tamperXml } from './eventXml';
import type { LabSettings } from './scenarios';
import { isSame, registryValue, type Emit, type LabState, type LabStore } from './store';

/** What Defender's cmdlets say when its service does not run. */
const serviceError = '0x800106ba';
/** Steps in one batch at most. */
export const maxSteps = 128;
const taskName = /^[A-Za-z0-9][A-Za-z0-9-]{0,79}$/;

export function describeStep(step: ElevatedStep): string {
  switch (step.kind) {
    case 'addExclusion':
      return addCommand(step.exclusion);
    case 'removeExclusion':
      return removeCommand(step.exclusion);
    case 'readPreferences':
      return readCommand;
    case 'registerExpiry':
      return expiryCommand(step.task, step.exclusion, step.at);
    case 'removeExpiry':
      return removeExpiryCommand(step.task);
  }
}

export function labElevation(store: LabStore, reader: LabReader, settings: LabSettings): Elevation {
  return {
    asks: true,
    describe: (batch) => batch.steps.map(describeStep),
    async run(batch): Promise<ElevationOutcome> {
      const bad = malformed(batch);
      if (bad !== null) return { kind: 'unavailable', cause: bad };
      if (settings.promptAnswer === 'no') return { kind: 'declined' };
      const records = await store.change((state, emit) => {
        const session = new Session(store, reader, settings, state, emit);
        return batch.steps.map((step) => session.run(step));
      });
      return { kind: 'done', records };
    },
  };
}

/** One elevated call: what an earlier step saw decides what a later one may do. */
class Session {
  private readonly added: Exclusion[] = [];

  constructor(
    private readonly store: LabStore,
    private readonly reader: LabReader,
    private readonly settings: LabSettings,
    private readonly state: LabState,
    private readonly emit: Emit,
  ) {}

  run(step: ElevatedStep): StepRecord {
    switch (step.kind) {
      case 'addExclusion':
        return this.add(step.exclusion);
      case 'removeExclusion':
        return this.remove(step.exclusion);
      case 'readPreferences':
        return { kind: 'preferences', reading: this.reader.elevated(this.state) };
      case 'registerExpiry':
        return this.registerExpiry(step);
      case 'removeExpiry':
        this.state.tasks = this.state.tasks.filter((task) => task.name !== step.task);
        return { kind: 'task', present: false, error: null };
    }
  }

  private add(exclusion: Exclusion): StepRecord {
    const before = this.listed(exclusion);
    const judged = judgeExclusion(exclusion);
    if (judged.kind === 'refused') return this.seen(exclusion, before, `refused: ${judged.why}`);
    if (judged.exclusion.value !== exclusion.value) {
      return this.seen(exclusion, before, 'refused: not in the normal form');
    }
    if (!this.serves()) return this.seen(exclusion, before, serviceError);
    const at = this.store.now();
    const { platform } = this.settings;
    if (this.settings.tamperProtectedExclusions) {
      // Success is reported and nothing happens.
      this.emit(defenderChannel, at, (id) => tamperXml(id, at, platform, registryValue(exclusion)));
      return this.seen(exclusion, before, null);
    }
    if (!this.state.exclusions.some((entry) => isSame(entry, exclusion))) {
      this.state.exclusions.push({ ...exclusion });
      this.added.push(exclusion);
      this.emit(defenderChannel, at, (id) =>
        configurationXml(id, at, platform, { before: '', after: registryValue(exclusion) }),
      );
    }
    return this.seen(exclusion, before, null);
  }

  private remove(exclusion: Exclusion): StepRecord {
    const before = this.listed(exclusion);
    if (!this.serves()) return this.seen(exclusion, before, serviceError);
    const at = this.store.now();
    if (this.settings.tamperProtectedExclusions) {
      const { platform } = this.settings;
      this.emit(defenderChannel, at, (id) => tamperXml(id, at, platform, registryValue(exclusion)));
    } else {
      this.store.remove(this.state, exclusion, at, this.emit);
    }
    return this.seen(exclusion, before, null);
  }

  /** Only for what this batch has added: a task never ends an entry that was there before. */
  private registerExpiry(step: Extract<ElevatedStep, { kind: 'registerExpiry' }>): StepRecord {
    if (!this.added.some((entry) => isSame(entry, step.exclusion))) {
      return { kind: 'task', present: false, error: 'not added by this batch' };
    }
    this.state.tasks = this.state.tasks.filter((task) => task.name !== step.task);
    this.state.tasks.push({ name: step.task, exclusion: { ...step.exclusion }, at: step.at });
    return { kind: 'task', present: true, error: null };
  }

  private serves(): boolean {
    return this.settings.service && this.settings.otherAntivirus === null;
  }

  private listed(exclusion: Exclusion): boolean | null {
    const reading = this.reader.elevated(this.state);
    if (reading.visibility !== 'known') return null;
    return reading.exclusions.some((entry) => isSame(entry, exclusion));
  }

  private seen(exclusion: Exclusion, before: boolean | null, error: string | null): StepRecord {
    return {
      kind: 'exclusion',
      before,
      after: this.listed(exclusion),
      check: this.check(exclusion),
      error,
    };
  }

  private check(exclusion: Exclusion): 'excluded' | 'notExcluded' | 'unknown' {
    if (exclusion.kind !== 'path' || !this.serves()) return 'unknown';
    const split = splitValue(exclusion.value);
    if (split.kind === 'malformed') return 'unknown';
    return this.reader.excludes(this.state, split.path) ? 'excluded' : 'notExcluded';
  }
}

function malformed(batch: ElevatedBatch): string | null {
  if (batch.id === '' || batch.steps.length === 0) return 'an empty batch';
  if (batch.steps.length > maxSteps) return 'too many steps';
  for (const step of batch.steps) {
    if ('exclusion' in step && !exclusionSchema.safeParse(step.exclusion).success) {
      return 'a value that is no exclusion';
    }
    if ('task' in step && !taskName.test(step.task)) return 'a task name that is none';
    if (step.kind === 'registerExpiry' && Number.isNaN(Date.parse(step.at))) {
      return 'an end that is no time';
    }
  }
  return null;
}
