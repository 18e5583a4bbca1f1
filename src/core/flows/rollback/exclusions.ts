// Takes back exclusions: all of them in one elevated batch, each by its stored spelling, and only what is known to be
// ours. The record that comes back says what is gone; nothing is assumed.
import { randomUUID } from 'node:crypto';
import type {
  Clock,
  Defender,
  ElevatedStep,
  Elevation,
  EventLog,
  ExclusionsReading,
  StepRecord,
} from '../../ports';
import { wasThereBefore, type JournalAction } from '../../journal/replay';
import { message, type Exclusion } from '../../../shared/model';
import { sameText } from '../../../shared/rules/winPath';
import { addedSince } from '../evidence';
import type { Undone } from './undo';

export interface ExclusionUndoDeps {
  readonly defender: Defender;
  readonly elevation: Elevation;
  readonly events: EventLog;
  readonly clock: Clock;
}

export type ExclusionsUndone =
  | { readonly kind: 'done'; readonly answers: ReadonlyMap<string, Undone> }
  /** The user said no: nothing was changed. */
  | { readonly kind: 'declined' }
  | { readonly kind: 'unavailable'; readonly cause: string };

type Ours = JournalAction & {
  readonly action: Extract<JournalAction['action'], { kind: 'addExclusion' }>;
};

export async function undoExclusions(
  deps: ExclusionUndoDeps,
  entries: readonly JournalAction[],
): Promise<ExclusionsUndone> {
  const answers = new Map<string, Undone>();
  const reading = await deps.defender.exclusions();
  const now = deps.clock.now().toISOString();
  const toRemove: Ours[] = [];
  for (const entry of entries) {
    if (!isAdd(entry)) continue;
    const { exclusion, expires } = entry.action;
    const { value } = exclusion;
    const listed = isListed(reading, exclusion);
    const ended = expires !== null && expires <= now;
    if (listed === false && (ended || entry.done === null)) {
      answers.set(entry.id, { kind: 'gone', what: message('rollback.undone.exclusion'), value });
    } else if (await isOurs(deps.events, entry)) {
      toRemove.push(entry);
    } else {
      answers.set(entry.id, {
        kind: 'released',
        why: message('rollback.kept.notKnownOurs'),
        value,
      });
    }
  }
  if (toRemove.length === 0) return { kind: 'done', answers };
  const steps = toRemove.flatMap(({ action }): ElevatedStep[] => [
    { kind: 'removeExclusion', exclusion: action.exclusion },
    ...(action.task === null ? [] : [{ kind: 'removeExpiry' as const, task: action.task }]),
  ]);
  const outcome = await deps.elevation.run({ id: randomUUID(), steps });
  switch (outcome.kind) {
    case 'declined':
      return { kind: 'declined' };
    case 'unavailable':
      return { kind: 'unavailable', cause: outcome.cause };
    case 'lost': {
      const after = await deps.defender.exclusions();
      for (const entry of toRemove) answers.set(entry.id, fromReading(after, entry));
      return { kind: 'done', answers };
    }
    case 'done': {
      let at = 0;
      for (const entry of toRemove) {
        answers.set(entry.id, fromRecord(outcome.records[at], entry));
        at += entry.action.task === null ? 1 : 2;
      }
      return { kind: 'done', answers };
    }
  }
}

/** Seen as added by us, or the log says that it came after our intent. Not known is not ours. */
async function isOurs(events: EventLog, entry: Ours): Promise<boolean> {
  const before = wasThereBefore(entry);
  if (before !== null) return !before;
  const added = await addedSince(events, entry.at, entry.action.exclusion);
  return added ?? entry.done?.result === 'applied';
}

function fromRecord(record: StepRecord | undefined, { action }: Ours): Undone {
  const { value } = action.exclusion;
  const what = message('rollback.undone.exclusion');
  if (record?.kind !== 'exclusion') {
    return { kind: 'kept', why: message('rollback.kept.unknown'), value };
  }
  if (record.after === true) {
    return record.error === null
      ? { kind: 'kept', why: message('rollback.kept.stays'), value }
      : { kind: 'kept', why: message('rollback.kept.error', { cause: record.error }), value };
  }
  if (record.after === false) {
    return { kind: record.before === false ? 'gone' : 'undone', what, value };
  }
  // The list cannot be read even there: only the effect can be looked at.
  return record.check === 'notExcluded' && record.error === null
    ? { kind: 'undone', what, value }
    : { kind: 'kept', why: message('rollback.kept.unknown'), value };
}

function fromReading(reading: ExclusionsReading, { action }: Ours): Undone {
  const { value } = action.exclusion;
  switch (isListed(reading, action.exclusion)) {
    case true:
      return { kind: 'kept', why: message('rollback.kept.stays'), value };
    case false:
      return { kind: 'undone', what: message('rollback.undone.exclusion'), value };
    case null:
      return { kind: 'kept', why: message('rollback.kept.unknown'), value };
  }
}

/** Null where the list cannot be seen. A policy's entry of the same value is not ours. */
export function isListed(reading: ExclusionsReading, exclusion: Exclusion): boolean | null {
  if (reading.visibility !== 'known') return null;
  return reading.exclusions.some(
    (entry) =>
      entry.source === 'local' &&
      entry.kind === exclusion.kind &&
      sameText(entry.value, exclusion.value),
  );
}

function isAdd(entry: JournalAction): entry is Ours {
  return entry.action.kind === 'addExclusion';
}
