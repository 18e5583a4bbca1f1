// What every adapter of the Elevation port says and refuses alike, before anyone is asked: a step in words, and a batch
// that is none. Pure; what a value may be is decided by the rules, on the elevated side as well.
import { exclusionSchema } from '../../shared/model';
import {
  addCommand,
  expiryCommand,
  readCommand,
  removeCommand,
  removeExpiryCommand,
} from '../../shared/rules/exclusions';
import type { ElevatedBatch, ElevatedStep } from './elevation';

/** Steps in one batch at most. */
export const maxSteps = 128;
const taskName = /^[A-Za-z0-9][A-Za-z0-9-]{0,79}$/;
const batchName = /^[A-Za-z0-9-]{1,64}$/;

/** One line of PowerShell that says what the step does. */
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

/** Why nothing of the batch may run; null where each step is one. */
export function malformedBatch(batch: ElevatedBatch): string | null {
  if (!batchName.test(batch.id)) return 'a batch without a name';
  if (batch.steps.length === 0) return 'an empty batch';
  if (batch.steps.length > maxSteps) return 'too many steps';
  for (const step of batch.steps) {
    if ('exclusion' in step && !exclusionSchema.safeParse(step.exclusion).success) {
      return 'a value that is no exclusion';
    }
    if ('task' in step && !taskName.test(step.task)) return 'a task name that is none';
    if (step.kind === 'registerExpiry' && !isMoment(step.at)) return 'an end that is no time';
  }
  return null;
}

/** From 1970 to the year 9999: what both sides can write. */
function isMoment(text: string): boolean {
  const ms = Date.parse(text);
  return ms >= 0 && ms <= 253_402_300_799_000;
}
