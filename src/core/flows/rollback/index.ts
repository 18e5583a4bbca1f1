// Takes back what Gangway did: one run, one exclusion, all exclusions, or everything. Last done, first undone; removes
// only what is ours, reports what stays and why, and one failure does not stop the rest.
import { asFailure, FailureError } from '../../failureError';
import { checkpoint } from '../../checkpoint';
import { wantWhole, type Journal } from '../../journal/journal';
import { mayBeInEffect, type JournalAction, type JournalRun } from '../../journal/replay';
import { message, type Failure, type Message, type RollbackReport } from '../../../shared/model';
import { samePath } from '../../../shared/rules/winPath';
import { undoExclusions, type ExclusionUndoDeps } from './exclusions';
import { undoAction, type UndoDeps, type Undone } from './undo';

export interface RollbackDeps extends UndoDeps {
  readonly journal: Journal;
  /** Null where this system has no Defender that Gangway can reach. */
  readonly protection: ExclusionUndoDeps | null;
}

export type RollbackTarget =
  | { readonly kind: 'run'; readonly run: string }
  /** One exclusion by its id in the journal, and the GOTMPDIR that went with it. */
  | { readonly kind: 'exclusion'; readonly id: string }
  | { readonly kind: 'exclusions' }
  | { readonly kind: 'all' };

export interface RollbackOutcome {
  /** `declined`: the user said no, and nothing was changed. `unavailable`: exclusions could not be asked for; the rest was. */
  readonly kind: 'done' | 'declined' | 'unavailable';
  readonly report: RollbackReport;
  /** The run that the journal has of it; null where there was nothing to do. */
  readonly run: string | null;
  readonly failure: Failure | null;
}

/** @throws FailureError `journal.broken`, before anything: "nothing to take back" would not be known. */
export async function rollback(
  deps: RollbackDeps,
  target: RollbackTarget,
): Promise<RollbackOutcome> {
  await deps.journal.refresh();
  wantWhole(deps.journal);
  const entries = select(deps.journal.runs(), target);
  const outcome = await takeBack(deps, entries, null);
  if (target.kind === 'run' && outcome.kind !== 'declined') {
    const open = deps.journal.openRuns().find((run) => run.run === target.run);
    if (open !== undefined) await deps.journal.close(open.run);
  }
  return outcome;
}

/** Goes on with a rollback that was cut off. */
export async function resumeRollback(
  deps: RollbackDeps,
  run: JournalRun,
): Promise<RollbackOutcome> {
  const wanted = new Set(run.undoes);
  const entries = deps.journal
    .runs()
    .flatMap((other) => other.actions)
    .filter((entry) => wanted.has(entry.id) && mayBeInEffect(entry))
    .reverse();
  return takeBack(deps, entries, run.run);
}

async function takeBack(
  deps: RollbackDeps,
  entries: readonly JournalAction[],
  resumes: string | null,
): Promise<RollbackOutcome> {
  const { journal } = deps;
  if (entries.length === 0) {
    if (resumes !== null) await journal.close(resumes);
    return { kind: 'done', report: { undone: [], kept: [] }, run: resumes, failure: null };
  }
  const ids = entries.map((entry) => entry.id);
  const run = resumes ?? (await journal.startRun('rollback', undefined, ids));
  const report: RollbackReport = { undone: [], kept: [] };
  const settle = async (entry: JournalAction, undone: Undone): Promise<void> => {
    if (undone.kind === 'kept' || undone.kind === 'released') {
      report.kept.push({ value: undone.value, why: undone.why });
      await journal.undone(entry.id, undone.kind, undone.why);
    } else {
      report.undone.push({ what: undone.what, value: undone.value });
      await journal.undone(entry.id, undone.kind);
    }
    await checkpoint('midRollback', entry.action.kind);
  };

  // Exclusions first: where the answer to the prompt is no, nothing has been changed yet.
  const exclusions = entries.filter((entry) => entry.action.kind === 'addExclusion');
  let failure: Failure | null = null;
  if (exclusions.length > 0) {
    const answer =
      deps.protection === null
        ? { kind: 'unavailable' as const, cause: 'no adapter' }
        : await undoExclusions(deps.protection, exclusions);
    if (answer.kind === 'declined') {
      const declined = new FailureError('elevation.declined', { next: ['askAgain'] }).failure;
      const why = message('rollback.kept.declined');
      for (const { action } of exclusions) {
        if (action.kind === 'addExclusion')
          report.kept.push({ value: action.exclusion.value, why });
      }
      await journal.close(run);
      return { kind: 'declined', report, run, failure: declined };
    }
    for (const entry of exclusions) {
      const { action } = entry;
      if (action.kind !== 'addExclusion') continue;
      const undone =
        answer.kind === 'done'
          ? answer.answers.get(entry.id)
          : {
              kind: 'kept' as const,
              why: message('rollback.kept.unavailable'),
              value: action.exclusion.value,
            };
      if (undone !== undefined) await settle(entry, undone);
    }
    if (answer.kind === 'unavailable') {
      failure = new FailureError('elevation.unavailable', {
        next: ['retry'],
        cause: new Error(answer.cause),
      }).failure;
    }
  }
  for (const entry of entries) {
    const { action } = entry;
    if (action.kind === 'addExclusion') continue;
    await settle(entry, await tried(deps, action));
  }
  await journal.note(run, {
    kind: 'rolledBack',
    title: titleOf(report, exclusions.length === entries.length),
    detail: detailOf(report),
  });
  await journal.close(run);
  return { kind: failure === null ? 'done' : 'unavailable', report, run, failure };
}

async function tried(deps: UndoDeps, action: Parameters<typeof undoAction>[1]): Promise<Undone> {
  try {
    return await undoAction(deps, action);
  } catch (error) {
    const failure = asFailure(error);
    const cause = failure.cause ?? failure.code;
    const value = action.kind === 'setGoEnv' ? action.name : pathOf(action);
    return {
      kind: 'kept',
      why: message('rollback.kept.error', { cause: cause.slice(0, 512) }),
      value: action.kind === 'setGoEnv' ? value : deps.machine.display(value),
    };
  }
}

function pathOf(action: Exclude<Parameters<typeof undoAction>[1], { kind: 'setGoEnv' }>): string {
  switch (action.kind) {
    case 'makeFolder':
      return action.path;
    case 'unpack':
      return action.root;
    case 'switchCurrent':
      return action.installRoot;
  }
}

/** In the order in which they are taken back: the newest first. */
function select(runs: readonly JournalRun[], target: RollbackTarget): readonly JournalAction[] {
  const inEffect = runs.flatMap((run) => run.actions).filter(mayBeInEffect);
  const chosen = inEffect.filter((entry) => {
    switch (target.kind) {
      case 'all':
        return true;
      case 'run':
        return entry.run === target.run;
      case 'exclusions':
        return entry.action.kind === 'addExclusion' || isCompanion(entry, inEffect);
      case 'exclusion': {
        const one = inEffect.filter((other) => other.id === target.id);
        return entry.id === target.id || isCompanion(entry, one);
      }
    }
  });
  return chosen.reverse();
}

/** GOTMPDIR and its folder go with the exclusion of that folder. */
export function isCompanion(entry: JournalAction, of: readonly JournalAction[]): boolean {
  const { action } = entry;
  const folder =
    action.kind === 'setGoEnv' ? action.value : action.kind === 'makeFolder' ? action.path : null;
  if (folder === null) return false;
  return of.some(
    (other) =>
      other.run === entry.run &&
      other.action.kind === 'addExclusion' &&
      other.action.exclusion.kind === 'path' &&
      samePath(other.action.exclusion.value, folder),
  );
}

function titleOf({ undone }: RollbackReport, exclusionsOnly: boolean): Message {
  return message(exclusionsOnly ? 'history.rolledBackExclusions' : 'history.rolledBack', {
    count: undone.length,
  });
}

function detailOf({ undone, kept }: RollbackReport): Message {
  return kept.length === 0
    ? message('history.rolledBack.all', { count: undone.length })
    : message('history.rolledBack.some', { count: undone.length, kept: kept.length });
}
