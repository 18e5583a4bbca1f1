// One change to the machine: intent on disk, effect, read back, done. A crash between any two of them leaves a record
// from which the next start can go on or take it back.
import { checkpoint } from '../checkpoint';
import type { Action } from '../journal/actions';
import type { Journal } from '../journal/journal';

export interface JournaledStep<T> {
  readonly action: Action;
  /** The id of an intent that an earlier process wrote and did not finish; else a new one is written. */
  readonly resumes?: string;
  readonly effect: () => Promise<T>;
  /** Looks at the machine, not at what the effect said. */
  readonly readBack: (value: T) => Promise<boolean>;
}

/** @returns the effect's value, and whether it was seen. A thrown effect leaves the intent open, for a rollback. */
export async function journaled<T>(
  journal: Pick<Journal, 'intent' | 'done'>,
  run: string,
  step: JournaledStep<T>,
): Promise<{ readonly value: T; readonly applied: boolean; readonly id: string }> {
  const { kind } = step.action;
  await checkpoint('beforeIntent', kind);
  const id = step.resumes ?? (await journal.intent(run, step.action));
  await checkpoint('afterIntent', kind);
  const value = await step.effect();
  await checkpoint('afterEffect', kind);
  const applied = await step.readBack(value);
  await checkpoint('afterReadBack', kind);
  await journal.done(id, applied ? 'applied' : 'refused');
  await checkpoint('afterDone', kind);
  return { value, applied, id };
}
