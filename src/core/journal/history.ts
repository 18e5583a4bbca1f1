// The journal as people read it, newest first: one entry a thing that Gangway did. Pure; the same records give the same
// entries.
import { message, type HistoryEntry, type Message } from '../../shared/model';
import { splitValue } from '../../shared/rules/exclusions';
import { mayBeInEffect, type JournalAction, type JournalRun } from './replay';

/** Entries of the history page at most. */
const maxEntries = 500;

export function historyOf(runs: readonly JournalRun[]): readonly HistoryEntry[] {
  return runs
    .flatMap((run, order) => entriesOf(run).map((entry) => ({ entry, order })))
    .sort((a, b) =>
      a.entry.at < b.entry.at ? 1 : a.entry.at > b.entry.at ? -1 : b.order - a.order,
    )
    .map(({ entry }) => entry)
    .slice(0, maxEntries);
}

function entriesOf(run: JournalRun): readonly HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  const exclusions = run.actions.filter(({ action }) => action.kind === 'addExclusion');
  if (exclusions.length > 0) entries.push(exclusionsEntry(run, exclusions));
  for (const entry of run.actions) {
    if (entry.action.kind === 'setGoEnv') entries.push(goEnvEntry(run, entry));
  }
  const installs = run.actions.filter(
    ({ action }) => action.kind === 'unpack' || action.kind === 'switchCurrent',
  );
  const told = run.notes.some(({ note }) => note.kind === 'upgraded' || note.kind === 'switched');
  if (installs.length > 0 && !told) entries.push(unfinishedEntry(run, installs));
  run.notes.forEach(({ at, note }, number) => {
    const changes = note.kind === 'upgraded' || note.kind === 'switched';
    entries.push({
      id: `${run.run}-note-${String(number)}`.slice(0, 64),
      run: run.run,
      at,
      kind: kindOf(note.kind),
      title: note.title,
      detail: note.detail,
      ...(changes ? stateOf(run, installs) : { state: 'none' as const, canUndo: false }),
    });
  });
  return entries;
}

function exclusionsEntry(run: JournalRun, group: readonly JournalAction[]): HistoryEntry {
  const applied = group.filter(({ done }) => done?.result === 'applied');
  const count = applied.length > 0 ? applied.length : group.length;
  return {
    id: `${run.run}-exclusions`.slice(0, 64),
    run: run.run,
    at: latest(group),
    kind: 'exclusions',
    title: message(applied.length > 0 ? 'history.addedExclusions' : 'history.askedExclusions', {
      count,
    }),
    detail: exclusionsDetail(group, applied),
    ...stateOf(run, group),
  };
}

function exclusionsDetail(
  group: readonly JournalAction[],
  applied: readonly JournalAction[],
): Message {
  const [first] = group;
  if (applied.length === 0) {
    const declined = first?.undone?.why;
    return declined ?? message('history.exclusions.refused');
  }
  if (applied.length < group.length) {
    return message('history.exclusions.some', { applied: applied.length, count: group.length });
  }
  const action = applied[0]?.action;
  if (applied.length === 1 && action?.kind === 'addExclusion') {
    const split = splitValue(action.exclusion.value);
    return message('history.exclusions.one', {
      value: split.kind === 'malformed' ? action.exclusion.value : split.path,
    });
  }
  return message('history.exclusions.confirmed', { count: applied.length });
}

function goEnvEntry(run: JournalRun, entry: JournalAction): HistoryEntry {
  const action = entry.action;
  const name = action.kind === 'setGoEnv' ? action.name : '';
  const before = action.kind === 'setGoEnv' ? action.before : '';
  return {
    id: entry.id.slice(0, 64),
    run: run.run,
    at: entry.done?.at ?? entry.at,
    kind: 'goEnv',
    title: message('history.setGoEnv', { name }),
    detail:
      before === ''
        ? message('history.setGoEnv.wasEmpty')
        : message('history.setGoEnv.was', { value: before }),
    ...stateOf(run, [entry]),
  };
}

function unfinishedEntry(run: JournalRun, group: readonly JournalAction[]): HistoryEntry {
  const version = group
    .map(({ action }) => ('version' in action ? action.version.replace(/^go/, '') : ''))
    .find((one) => one !== '');
  return {
    id: `${run.run}-install`.slice(0, 64),
    run: run.run,
    at: latest(group),
    kind: run.purpose === 'switch' ? 'switch' : 'upgrade',
    title: message('history.installing', { version: version ?? '' }),
    detail: message('history.installing.detail'),
    ...stateOf(run, group),
  };
}

/** `interrupted`: of an open run, an effect that may or may not have happened. */
function stateOf(
  run: JournalRun,
  group: readonly JournalAction[],
): Pick<HistoryEntry, 'state' | 'canUndo'> {
  const inEffect = group.filter(mayBeInEffect);
  if (run.closedAt === null && group.some(({ done, undone }) => done === null && undone === null)) {
    return { state: 'interrupted', canUndo: true };
  }
  if (inEffect.length > 0) return { state: 'inEffect', canUndo: true };
  const undone = group.some((entry) => entry.undone !== null && entry.done?.result === 'applied');
  return { state: undone ? 'takenBack' : 'none', canUndo: false };
}

function kindOf(note: JournalRun['notes'][number]['note']['kind']): HistoryEntry['kind'] {
  switch (note) {
    case 'downloaded':
      return 'download';
    case 'verified':
    case 'refused':
      return 'verify';
    case 'upgraded':
      return 'upgrade';
    case 'rolledBack':
      return 'rollback';
    case 'expired':
      return 'expired';
    case 'removedOld':
      return 'removed';
    case 'switched':
      return 'switch';
    case 'setAside':
      return 'journal';
  }
}

function latest(group: readonly JournalAction[]): string {
  return (
    group
      .map((entry) => entry.done?.at ?? entry.at)
      .sort()
      .at(-1) ?? ''
  );
}
