// The lab's elevated side: the same closed vocabulary, validated again here, with Defender's ways of saying yes and
// doing nothing. The prompt's answer is the scenario's.
import {
  describeStep,
  malformedBatch,
  type ElevatedStep,
  type Elevation,
  type ElevationOutcome,
  type StepRecord,
} from '../../ports';
import type { Exclusion } from '../../../shared/model';
import { judgeExclusion } from '../../../shared/rules/exclusions';
import { readingOf } from './adapter';
import { briefly, elevatedCaller, type Answer } from './answers';
import { checkExclusion } from './checkExclusion';
import { addExclusions, removeExclusions } from './preferences';
import type { LabSettings } from './scenarios';
import { isSame } from './state';
import type { LabStep } from './step';
import type { LabStore } from './store';

export function labElevation(store: LabStore, settings: LabSettings): Elevation {
  return {
    asks: true,
    describe: (batch) => batch.steps.map(describeStep),
    async run(batch): Promise<ElevationOutcome> {
      const bad = malformedBatch(batch);
      if (bad !== null) return { kind: 'unavailable', cause: bad };
      // Where nobody answers, Windows declines by itself in the end; the lab does not wait for that.
      if (settings.promptAnswer !== 'yes') return { kind: 'declined' };
      const records = await store.change((lab) => {
        const session = new Session(lab);
        return batch.steps.map((step) => session.run(step));
      });
      return { kind: 'done', records };
    },
  };
}

/** One elevated call: what an earlier step saw decides what a later one may do. */
class Session {
  private readonly added: Exclusion[] = [];

  constructor(private readonly lab: LabStep) {}

  run(step: ElevatedStep): StepRecord {
    switch (step.kind) {
      case 'addExclusion':
        return this.add(step.exclusion);
      case 'removeExclusion':
        return this.seen(step.exclusion, (exclusion) =>
          errorOf(removeExclusions(this.lab, elevatedCaller, [exclusion])),
        );
      case 'readPreferences':
        return { kind: 'preferences', reading: readingOf(this.lab, elevatedCaller) };
      case 'registerExpiry':
        return this.registerExpiry(step);
      case 'removeExpiry':
        this.drop(step.task);
        return { kind: 'task', present: false, error: null };
    }
  }

  private add(exclusion: Exclusion): StepRecord {
    const judged = judgeExclusion(exclusion);
    const refusal =
      judged.kind === 'refused'
        ? `refused: ${judged.why}`
        : judged.exclusion.value !== exclusion.value
          ? 'refused: not in the normal form'
          : null;
    const record = this.seen(
      exclusion,
      (wanted) => refusal ?? errorOf(addExclusions(this.lab, elevatedCaller, [wanted])),
    );
    if (record.kind === 'exclusion' && record.before === false && record.after === true) {
      this.added.push(exclusion);
    }
    return record;
  }

  /** Only for what this batch has added: a task never ends an entry that was there before. */
  private registerExpiry(step: Extract<ElevatedStep, { kind: 'registerExpiry' }>): StepRecord {
    if (!this.added.some((entry) => isSame(entry, step.exclusion))) {
      return { kind: 'task', present: false, error: 'not added by this batch' };
    }
    const { settings, state } = this.lab;
    if (settings.scheduler === 'denied') {
      return { kind: 'task', present: false, error: '0x80070005' };
    }
    this.drop(step.task);
    const isKept = settings.scheduler !== 'forgets';
    if (isKept) {
      state.tasks.push({
        name: step.task,
        path: '\\Gangway\\',
        exclusion: { ...step.exclusion },
        at: new Date(step.at).toISOString(),
        program: null,
      });
    }
    return { kind: 'task', present: isKept, error: null };
  }

  private drop(name: string): void {
    this.lab.state.tasks = this.lab.state.tasks.filter((task) => task.name !== name);
  }

  private seen(exclusion: Exclusion, act: (exclusion: Exclusion) => string | null): StepRecord {
    const before = this.listed(exclusion);
    const error = act(exclusion);
    return {
      kind: 'exclusion',
      before,
      after: this.listed(exclusion),
      check: this.check(exclusion),
      error,
    };
  }

  private listed(exclusion: Exclusion): boolean | null {
    const reading = readingOf(this.lab, elevatedCaller);
    if (reading.visibility !== 'known') return null;
    return reading.exclusions.some((entry) => isSame(entry, exclusion));
  }

  private check(exclusion: Exclusion): 'excluded' | 'notExcluded' | 'unknown' {
    if (exclusion.kind !== 'path') return 'unknown';
    const checked = checkExclusion(this.lab, elevatedCaller, exclusion.value);
    return checked.kind === 'failed' ? 'unknown' : checked.kind;
  }
}

function errorOf(answer: Answer<unknown>): string | null {
  return answer.kind === 'failed' ? briefly(answer.error) : null;
}
