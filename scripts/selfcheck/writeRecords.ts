// What the records of the selfcheck's batches say of its lines.
import type { WriteId } from './checklist';
import { couldNotTell, differs, judged, passed, type Seen } from './machine';
import type { ElevationOutcome, ExclusionsReading, StepRecord } from '../../src/core/ports';

type Lines<Id extends WriteId> = Readonly<Record<Id, Seen>>;

export function promptSeen(outcome: ElevationOutcome): Seen {
  switch (outcome.kind) {
    case 'done':
      return passed(`${String(outcome.records.length)} records`);
    case 'declined':
      return couldNotTell('declined');
    case 'lost':
    case 'unavailable':
      return differs(`${outcome.kind}: ${outcome.cause}`);
  }
}

export function records(outcome: ElevationOutcome): readonly StepRecord[] {
  return outcome.kind === 'done' ? outcome.records : [];
}

export function added(
  all: readonly StepRecord[],
): Lines<'defender.add' | 'defender.contextual' | 'task.registered'> {
  const [, plain, contextual, , task] = all;
  return {
    'defender.add':
      plain?.kind === 'exclusion'
        ? judged(
            plain.before === false && plain.after === true && plain.check === 'excluded',
            recordText(plain),
          )
        : couldNotTell('no record'),
    'defender.contextual':
      contextual?.kind === 'exclusion'
        ? judged(contextual.before === false && contextual.after === true, recordText(contextual))
        : couldNotTell('no record'),
    'task.registered':
      task?.kind === 'task'
        ? judged(task.present === true && task.error === null, recordText(task))
        : couldNotTell('no record'),
  };
}

export function removed(
  all: readonly StepRecord[],
  ranAfter: number | null,
): Lines<'defender.removed' | 'task.ran' | 'task.gone'> {
  const [, plain, , ending, , task] = all;
  const waited = ranAfter === null ? '' : `, seen in the log after ${String(ranAfter)} ms`;
  return {
    'defender.removed':
      plain?.kind === 'exclusion'
        ? judged(
            plain.before === true && plain.after === false && plain.error === null,
            recordText(plain),
          )
        : couldNotTell('no record'),
    'task.ran':
      ending?.kind === 'exclusion'
        ? judged(ending.before === false && ending.after === false, recordText(ending) + waited)
        : couldNotTell('no record'),
    'task.gone':
      task?.kind === 'task'
        ? judged(task.present === false && task.error === null, recordText(task))
        : couldNotTell('no record'),
  };
}

function recordText(record: StepRecord): string {
  switch (record.kind) {
    case 'exclusion':
      return `before ${String(record.before)}, after ${String(record.after)}, check ${record.check}, 5007 ${record.event ?? 'unknown'}, ${record.error ?? 'no error'}`;
    case 'task':
      return `present ${String(record.present)}, ${record.error ?? 'no error'}`;
    case 'preferences':
      return `${record.reading.visibility}, ${String(record.reading.exclusions.length)} entries`;
  }
}

export function restored(
  done: readonly StepRecord[],
  undone: readonly StepRecord[],
  byHand: readonly string[],
): Seen {
  const [before, after] = [readingOf(done[0]), readingOf(undone.at(-1))];
  const undo = `remove by hand, elevated: ${byHand.join('; ')}`;
  if (after === null) return differs(`nothing was read afterwards; ${undo}`);
  if (before === null || before.visibility !== 'known' || after.visibility !== 'known') {
    const gone = undone.every(
      (record) => record.kind !== 'exclusion' || record.check !== 'excluded',
    );
    const text = `the lists are ${after.visibility} even to an administrator`;
    return gone ? couldNotTell(text) : differs(`${text}; ${undo}`);
  }
  const [was, is] = [listText(before), listText(after)];
  return was === is
    ? passed(`${String(after.exclusions.length)} entries, as before`)
    : differs(
        `${String(before.exclusions.length)} entries before, ${String(after.exclusions.length)} after; ${undo}`,
      );
}

function readingOf(record: StepRecord | undefined): ExclusionsReading | null {
  return record?.kind === 'preferences' ? record.reading : null;
}

function listText({ exclusions }: ExclusionsReading): string {
  return exclusions
    .map(({ kind, value }) => `${kind} ${value}`)
    .sort()
    .join('\n');
}
