// What the elevated side's record says of one exclusion. Stored is not yet applied: it must have an effect, and an end
// where one was asked for.
import type { Action } from '../../journal/actions';
import type { ElevatedStep, StepRecord } from '../../ports';
import {
  message,
  type ExclusionResult,
  type Message,
  type WriteResult,
} from '../../../shared/model';
import { splitValue } from '../../../shared/rules/exclusions';

type AddAction = Extract<Action, { kind: 'addExclusion' }>;

export interface Reading {
  /** `half`: stored without effect, or without its end. It is removed again. */
  readonly kind: WriteResult | 'half';
  readonly before: boolean | null;
  readonly why: Message | null;
  readonly error: string | null;
  /** What Defender's own log tells; undefined where nobody looked. */
  readonly log?: NonNullable<ExclusionResult['log']>;
}

export function readRecord(
  action: AddAction,
  steps: readonly ElevatedStep[],
  records: readonly StepRecord[],
): Reading {
  const added = records[steps.findIndex((step) => step.kind === 'addExclusion')];
  const log = added?.kind === 'exclusion' ? added.event : undefined;
  const reading = judge(action, steps, records);
  return log === undefined ? reading : { ...reading, log };
}

function judge(
  action: AddAction,
  steps: readonly ElevatedStep[],
  records: readonly StepRecord[],
): Reading {
  const of = (kind: ElevatedStep['kind']): StepRecord | undefined =>
    records[steps.findIndex((step) => step.kind === kind)];
  const added = of('addExclusion');
  if (added?.kind !== 'exclusion') {
    return {
      kind: 'unknown',
      before: null,
      why: message('exclusions.result.unknown'),
      error: null,
    };
  }
  const removed = of('removeExclusion');
  const before = removed?.kind === 'exclusion' ? false : added.before;
  const { error } = added;
  const plainPath =
    action.exclusion.kind === 'path' && splitValue(action.exclusion.value).kind === 'plain';
  if (added.after === false) {
    const why =
      error === null
        ? message('exclusions.result.notApplied')
        : message('exclusions.result.error', { cause: error });
    return { kind: 'refused', before, why, error };
  }
  if (added.after === null) {
    return added.check === 'excluded' && error === null
      ? { kind: 'applied', before, why: null, error }
      : { kind: 'unknown', before, why: message('exclusions.result.unknown'), error };
  }
  if (before === true)
    return { kind: 'applied', before, why: message('exclusions.result.thereBefore'), error };
  if (plainPath && added.check === 'notExcluded') {
    return { kind: 'half', before, why: message('exclusions.result.noEffect'), error };
  }
  const task = of('registerExpiry');
  if (action.expires !== null && (task?.kind !== 'task' || task.present !== true)) {
    return { kind: 'half', before, why: message('exclusions.result.noEnd'), error };
  }
  return { kind: 'applied', before, why: null, error };
}
