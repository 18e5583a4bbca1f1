// Carries out intents that are on disk. The order keeps every way out open: folder and setting first, since they can be
// undone without asking anyone; the prompt last.
import { randomUUID } from 'node:crypto';
import { asFailure, FailureError } from '../../failureError';
import { checkpoint } from '../../checkpoint';
import type { Action } from '../../journal/actions';
import type { ElevatedStep, StepRecord } from '../../ports';
import {
  message,
  type ExclusionResult,
  type Failure,
  type Message,
  type WriteResult,
} from '../../../shared/model';
import { samePath } from '../../../shared/rules/winPath';
import { addedSince } from '../evidence';
import { isListed } from '../rollback/exclusions';
import { undoAction, type PlainAction } from '../rollback/undo';
import type { ExclusionDeps } from '../exclusionDeps';
import type { ApplyOutcome, Entry } from './index';
import { readRecord, type Reading } from './readRecord';

type AddAction = Extract<Action, { kind: 'addExclusion' }>;
type AddEntry = Entry & { readonly action: AddAction };
type PlainEntry = Entry & { readonly action: PlainAction };

export async function carryOut(
  deps: ExclusionDeps,
  run: string,
  entries: readonly Entry[],
): Promise<ApplyOutcome> {
  const plain = entries.filter(
    (entry): entry is PlainEntry => entry.action.kind !== 'addExclusion',
  );
  const every = entries.filter((entry): entry is AddEntry => entry.action.kind === 'addExclusion');
  const adds = every.filter((entry) => !entry.finished);
  const already = every
    .filter((entry) => entry.finished)
    .map((entry) => resultOf(entry, 'applied', entry.action.why));
  const prepared = await prepare(
    deps,
    plain.filter((entry) => !entry.finished),
  );
  if (prepared !== null) {
    await takeBackPlain(deps, plain, message('rollback.why.notApplied'));
    for (const { id } of adds) await deps.journal.done(id, 'refused');
    const results = adds.map((entry) => resultOf(entry, 'refused', entry.action.why));
    return { kind: 'refused', run, results, failure: prepared };
  }
  if (adds.length === 0) return { kind: 'applied', run, results: already, failure: null };

  const steps = await Promise.all(adds.map((entry) => stepsFor(deps, entry)));
  const outcome = await deps.elevation.run({ id: randomUUID(), steps: steps.flat() });
  await checkpoint('afterEffect', 'addExclusion');
  switch (outcome.kind) {
    case 'declined':
    case 'unavailable': {
      const why = message('rollback.why.declined');
      for (const { id } of adds) await deps.journal.undone(id, 'gone', why);
      await takeBackPlain(deps, plain, why);
      const results = adds.map((entry) =>
        resultOf(entry, 'refused', message('exclusions.result.declined')),
      );
      return { kind: outcome.kind, run, results, failure: promptFailure(outcome) };
    }
    case 'lost':
      return afterLoss(deps, run, adds, outcome.cause);
    case 'done':
      return afterRecord(deps, { run, adds, plain, steps, already }, outcome.records);
  }
}

/** Folder and setting. A failure to do one is an outcome, not an exception: it is undone with the rest. */
async function prepare(deps: ExclusionDeps, plain: readonly PlainEntry[]): Promise<Failure | null> {
  for (const { id, action, resumed } of plain) {
    try {
      const applied = await effect(deps, action, resumed);
      await checkpoint('afterReadBack', action.kind);
      await deps.journal.done(id, applied ? 'applied' : 'refused');
      await checkpoint('afterDone', action.kind);
      if (!applied && action.kind === 'setGoEnv') {
        return new FailureError('goEnv.notSet', {
          params: { name: action.name },
          next: ['continueWithout'],
        }).failure;
      }
    } catch (error) {
      return asFailure(error);
    }
  }
  return null;
}

async function effect(
  deps: ExclusionDeps,
  action: PlainAction,
  resumed: boolean,
): Promise<boolean> {
  switch (action.kind) {
    case 'makeFolder': {
      const made = await deps.files.makeFolder(action.path);
      await checkpoint('afterEffect', action.kind);
      // Cut off after it was made, it is there already, and was ours to make.
      return made || resumed;
    }
    case 'setGoEnv': {
      const set = await deps.goEnv.set(action.root, action.name, action.value);
      await checkpoint('afterEffect', action.kind);
      return set;
    }
    case 'unpack':
    case 'switchCurrent':
      throw new FailureError('internal', {
        cause: new Error(`${action.kind} is not an exclusion's`),
      });
  }
}

/** What an earlier process may have added is removed and added again, so that its task is made for certain. */
async function stepsFor(
  deps: ExclusionDeps,
  { action, at, resumed }: AddEntry,
): Promise<ElevatedStep[]> {
  const { exclusion, expires, task } = action;
  const add: ElevatedStep[] = [
    { kind: 'addExclusion', exclusion },
    ...(expires === null || task === null
      ? []
      : [{ kind: 'registerExpiry' as const, task, exclusion, at: expires }]),
  ];
  if (!resumed || action.before === true) return add;
  const ours = await addedSince(deps.events, at, exclusion);
  return ours === true ? [{ kind: 'removeExclusion', exclusion }, ...add] : add;
}

interface Batch {
  readonly run: string;
  readonly adds: readonly AddEntry[];
  readonly plain: readonly PlainEntry[];
  readonly steps: readonly (readonly ElevatedStep[])[];
  readonly already: readonly ExclusionResult[];
}

async function afterRecord(
  deps: ExclusionDeps,
  { run, adds, plain, steps, already }: Batch,
  records: readonly StepRecord[],
): Promise<ApplyOutcome> {
  const seen: { entry: AddEntry; reading: Reading }[] = [];
  let at = 0;
  for (const [index, entry] of adds.entries()) {
    const own = steps[index] ?? [];
    seen.push({
      entry,
      reading: readRecord(entry.action, own, records.slice(at, at + own.length)),
    });
    at += own.length;
  }
  await checkpoint('afterReadBack', 'addExclusion');
  const halves = seen.filter(({ reading }) => reading.kind === 'half');
  const left = halves.length === 0 ? new Set<string>() : await removeHalves(deps, halves);
  const results: ExclusionResult[] = [];
  for (const { entry, reading } of seen) {
    const result: WriteResult =
      reading.kind === 'half' ? (left.has(entry.id) ? 'unknown' : 'refused') : reading.kind;
    await deps.journal.done(entry.id, result, reading.before);
    await checkpoint('afterDone', 'addExclusion');
    const { log } = reading;
    const told = {
      ...resultOf(entry, result, reading.why ?? entry.action.why),
      ...(log === undefined ? {} : { log }),
    };
    // What was there before has no end that Gangway gave it.
    results.push(reading.before === true ? { ...told, expires: null } : told);
  }
  await takeBackOrphans(deps, plain, results);
  return summarize(
    run,
    [...already, ...results],
    seen.find(({ reading }) => reading.error !== null)?.reading.error ?? null,
  );
}

/** @returns ids of those that could not be removed again */
async function removeHalves(
  deps: ExclusionDeps,
  halves: readonly { readonly entry: AddEntry }[],
): Promise<ReadonlySet<string>> {
  const steps = halves.flatMap(({ entry: { action } }): ElevatedStep[] => [
    { kind: 'removeExclusion', exclusion: action.exclusion },
    ...(action.task === null ? [] : [{ kind: 'removeExpiry' as const, task: action.task }]),
  ]);
  const outcome = await deps.elevation.run({ id: randomUUID(), steps });
  const left = new Set<string>();
  let at = 0;
  for (const { entry } of halves) {
    const record = outcome.kind === 'done' ? outcome.records[at] : undefined;
    if (record?.kind !== 'exclusion' || record.after !== false) left.add(entry.id);
    at += entry.action.task === null ? 1 : 2;
  }
  return left;
}

/** The helper is gone and said nothing: only the list itself can tell. */
async function afterLoss(
  deps: ExclusionDeps,
  run: string,
  adds: readonly AddEntry[],
  cause: string,
): Promise<ApplyOutcome> {
  const reading = await deps.defender.exclusions();
  const results: ExclusionResult[] = [];
  for (const entry of adds) {
    const listed = isListed(reading, entry.action.exclusion);
    // Whether its task was made is not known either: a listed one is not called applied.
    const result: WriteResult = listed === false ? 'refused' : 'unknown';
    await deps.journal.done(entry.id, result, entry.action.before);
    results.push(resultOf(entry, result, message('exclusions.result.unknown')));
  }
  const failure = new FailureError('elevation.lost', {
    next: ['undo', 'retry'],
    cause: new Error(cause),
  }).failure;
  return { kind: 'unknown', run, results, failure };
}

/** GOTMPDIR without its exclusion serves nothing. */
async function takeBackOrphans(
  deps: ExclusionDeps,
  plain: readonly PlainEntry[],
  results: readonly ExclusionResult[],
): Promise<void> {
  const orphans = plain.filter(({ action }) => {
    const folder =
      action.kind === 'setGoEnv' ? action.value : action.kind === 'makeFolder' ? action.path : null;
    if (folder === null) return false;
    return results.some(({ result, value }) => result === 'refused' && samePath(value, folder));
  });
  await takeBackPlain(deps, orphans, message('rollback.why.notApplied'));
}

async function takeBackPlain(
  deps: ExclusionDeps,
  plain: readonly PlainEntry[],
  why: Message,
): Promise<void> {
  const undo = { machine: deps.machine, files: deps.files, goEnv: deps.goEnv, installer: null };
  for (const { id, action } of [...plain].reverse()) {
    try {
      const undone = await undoAction(undo, action);
      await deps.journal.undone(id, undone.kind, 'why' in undone ? undone.why : why);
    } catch (error) {
      // It stays in the journal as not undone: the next rollback tries again.
      const { cause, code } = asFailure(error);
      await deps.journal.undone(
        id,
        'kept',
        message('rollback.kept.error', { cause: (cause ?? code).slice(0, 512) }),
      );
    }
  }
}

function promptFailure(
  outcome: { readonly kind: 'declined' } | { readonly kind: 'unavailable'; readonly cause: string },
): Failure {
  return outcome.kind === 'declined'
    ? new FailureError('elevation.declined', { next: ['askAgain', 'continueWithout'] }).failure
    : new FailureError('elevation.unavailable', {
        next: ['continueWithout', 'askAdministrator'],
        cause: new Error(outcome.cause),
      }).failure;
}

function summarize(
  run: string,
  results: readonly ExclusionResult[],
  error: string | null,
): ApplyOutcome {
  const applied = results.filter(({ result }) => result === 'applied').length;
  if (applied === results.length) return { kind: 'applied', run, results, failure: null };
  if (results.every(({ result }) => result === 'refused')) {
    const failure = new FailureError(
      error === null ? 'defender.notApplied' : 'defender.unavailable',
      {
        next: ['openWindowsSecurity', 'continueWithout'],
        ...(error === null ? {} : { cause: new Error(error) }),
      },
    ).failure;
    return { kind: 'refused', run, results, failure };
  }
  return { kind: applied > 0 ? 'partly' : 'unknown', run, results, failure: null };
}

function resultOf({ action }: AddEntry, result: WriteResult, why: Message): ExclusionResult {
  const { kind, value } = action.exclusion;
  return { kind, value, result, why, expires: result === 'applied' ? action.expires : null };
}
