// What an earlier start left unfinished, and the two ways on: finish it, or take it back. The user chooses; nothing is
// done by looking.
import { FailureError } from '../failureError';
import { wantWhole, type Journal } from '../journal/journal';
import { mayBeInEffect, type JournalRun } from '../journal/replay';
import { message, type Message } from '../../shared/model';
import { resumeExclusions, type ApplyOutcome } from './applyExclusions';
import type { ExclusionDeps } from './exclusionDeps';
import { resumeRollback, rollback, type RollbackDeps, type RollbackOutcome } from './rollback';

export interface Interrupted {
  readonly run: string;
  readonly purpose: string;
  readonly what: Message;
  /**
   * Its whole plan is known, so that it can be gone on with. For `upgrade` the caller decides: what to install is in its
   * own state, not in the journal.
   */
  readonly canFinish: boolean;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/**
 * Open runs, newest first. Runs that changed nothing are closed and not told. Call it while nothing of this state folder
 * runs: a run that is going on is open as well.
 * @throws FailureError `journal.broken`
 */
export async function findInterrupted(journal: Journal): Promise<readonly Interrupted[]> {
  await journal.refresh();
  wantWhole(journal);
  const told: Interrupted[] = [];
  for (const run of journal.openRuns()) {
    if (isEmpty(run)) {
      await journal.close(run.run);
      continue;
    }
    const { purpose, at } = run;
    told.push({ run: run.run, purpose, what: whatOf(run), canFinish: canFinish(run), at });
  }
  return told.reverse();
}

export type FinishOutcome =
  | { readonly kind: 'exclusions'; readonly outcome: ApplyOutcome }
  | { readonly kind: 'rollback'; readonly outcome: RollbackOutcome };

/** @throws FailureError `journal.notFinishable` for a run that only its own flow can go on with. */
export async function finishInterrupted(
  deps: { readonly apply: ExclusionDeps; readonly rollback: RollbackDeps },
  id: string,
): Promise<FinishOutcome> {
  const run = deps.apply.journal.openRuns().find((open) => open.run === id);
  if (run === undefined || !canFinish(run) || run.purpose === 'upgrade') {
    throw new FailureError('journal.notFinishable', { next: ['undo'] });
  }
  return run.purpose === 'rollback'
    ? { kind: 'rollback', outcome: await resumeRollback(deps.rollback, run) }
    : { kind: 'exclusions', outcome: await resumeExclusions(deps.apply, run.run) };
}

/** Takes back what the run did. Of a cut-off rollback the rest is undone: there is no way back from it but forward. */
export async function undoInterrupted(deps: RollbackDeps, id: string): Promise<RollbackOutcome> {
  const run = deps.journal.openRuns().find((open) => open.run === id);
  return run?.purpose === 'rollback'
    ? resumeRollback(deps, run)
    : rollback(deps, { kind: 'run', run: id });
}

function isEmpty(run: JournalRun): boolean {
  if (run.purpose === 'rollback') return run.undoes.length === 0;
  // An upgrade that has only downloaded is still an upgrade that was cut off.
  return run.purpose !== 'upgrade' && !run.actions.some(mayBeInEffect);
}

function canFinish(run: JournalRun): boolean {
  switch (run.purpose) {
    case 'rollback':
    case 'upgrade':
      return true;
    case 'exclusions':
      // With fewer intents than planned it was cut off before it began.
      return run.planned !== null && run.actions.length >= run.planned;
    default:
      return false;
  }
}

function whatOf(run: JournalRun): Message {
  const count = run.actions.filter(({ action }) => action.kind === 'addExclusion').length;
  switch (run.purpose) {
    case 'exclusions':
      return message('history.interrupted.exclusions', { count });
    case 'rollback':
      return message('history.interrupted.rollback');
    case 'upgrade':
      return message('history.interrupted.upgrade');
    default:
      return message('history.interrupted.other');
  }
}
