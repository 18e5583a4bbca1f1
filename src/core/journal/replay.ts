// What the journal's records add up to: runs, their actions, and what of them is in effect now. Pure; the end of an
// action that nothing is known of is passed over.
import type { Action, JournalRecord, Note } from './actions';
import type { Exclusion, Message } from '../../shared/model';

export interface JournalAction {
  readonly id: string;
  readonly run: string;
  readonly at: string;
  readonly action: Action;
  /** Null: the effect may or may not have happened. */
  readonly done: {
    readonly at: string;
    readonly result: 'applied' | 'refused' | 'unknown';
    readonly before: boolean | null;
  } | null;
  readonly undone: {
    readonly at: string;
    readonly result: 'undone' | 'gone' | 'kept' | 'released';
    readonly why: Message | null;
  } | null;
}

export interface JournalRun {
  readonly run: string;
  readonly at: string;
  readonly purpose: string;
  /** How many intents its plan has; null where it was not said. */
  readonly planned: number | null;
  /** Of a rollback: the actions that it takes back. */
  readonly undoes: readonly string[];
  readonly actions: readonly JournalAction[];
  readonly notes: readonly { readonly at: string; readonly note: Note }[];
  readonly closedAt: string | null;
}

/** An exclusion of ours that may be in Defender's list. */
export interface ActiveExclusion {
  readonly id: string;
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly exclusion: Exclusion;
  readonly why: Message;
  readonly expires: string | null;
  readonly task: string | null;
  /** `unknown`: it was not read back. */
  readonly certainty: 'applied' | 'unknown';
}

/** Runs, oldest first; actions in the order of their intents. */
export function replay(records: readonly JournalRecord[]): readonly JournalRun[] {
  const runs = new Map<string, Writable<JournalRun>>();
  const actions = new Map<string, Writable<JournalAction>>();
  /** Where the line that began it was lost, what it did still counts. */
  const runOf = ({ run, at }: { readonly run: string; readonly at: string }) => {
    const known = runs.get(run) ?? begun({ run, at, purpose: 'unknown' });
    runs.set(run, known);
    return known;
  };
  for (const record of records) {
    switch (record.kind) {
      case 'run':
        if (runs.has(record.run)) break;
        runs.set(record.run, begun(record));
        break;
      case 'intent': {
        if (actions.has(record.id)) break;
        const run = runOf(record);
        const { id, at, action } = record;
        const entry: Writable<JournalAction> = {
          id,
          run: record.run,
          at,
          action,
          done: null,
          undone: null,
        };
        actions.set(id, entry);
        run.actions = [...run.actions, entry];
        break;
      }
      case 'done': {
        const entry = actions.get(record.id);
        if (entry === undefined) break;
        entry.done = { at: record.at, result: record.result, before: record.before ?? null };
        break;
      }
      case 'undone': {
        const entry = actions.get(record.id);
        // What was undone stays so; "kept" can still become undone.
        if (entry === undefined || (entry.undone !== null && entry.undone.result !== 'kept')) break;
        entry.undone = { at: record.at, result: record.result, why: record.why ?? null };
        break;
      }
      case 'note': {
        const run = runOf(record);
        run.notes = [...run.notes, { at: record.at, note: record.note }];
        break;
      }
      case 'closed': {
        const run = runs.get(record.run);
        if (run !== undefined) run.closedAt ??= record.at;
        break;
      }
    }
  }
  return [...runs.values()];
}

function begun(
  record: Omit<Extract<JournalRecord, { kind: 'run' }>, 'kind'>,
): Writable<JournalRun> {
  const { run, at, purpose } = record;
  return {
    run,
    at,
    purpose,
    planned: record.actions ?? null,
    undoes: record.undoes ?? [],
    actions: [],
    notes: [],
    closedAt: null,
  };
}

/** False once it was undone, was found gone, was released or refused, or was there before. */
export function mayBeInEffect(entry: JournalAction): boolean {
  if (entry.undone !== null && entry.undone.result !== 'kept') return false;
  if (entry.done?.result === 'refused') return false;
  return !(entry.action.kind === 'addExclusion' && wasThereBefore(entry) === true);
}

/** Of an exclusion: Defender's list held it before. Null where nobody saw. */
export function wasThereBefore(entry: JournalAction): boolean | null {
  if (entry.action.kind !== 'addExclusion') return null;
  return entry.done?.before ?? entry.action.before;
}

export function activeIn(runs: readonly JournalRun[]): readonly ActiveExclusion[] {
  const active: ActiveExclusion[] = [];
  for (const run of runs) {
    for (const entry of run.actions) {
      const { action } = entry;
      if (action.kind !== 'addExclusion' || !mayBeInEffect(entry)) continue;
      active.push({
        id: entry.id,
        run: entry.run,
        at: entry.at,
        exclusion: action.exclusion,
        why: action.why,
        expires: action.expires,
        task: action.task,
        certainty: entry.done?.result === 'applied' ? 'applied' : 'unknown',
      });
    }
  }
  return active;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
