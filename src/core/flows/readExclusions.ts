// Defender's list beside the journal: whose each entry is, how far it reaches, when it ends. Hidden is hidden and never
// "none"; ours are known from the journal even then. Entries of ours that have ended are noted as ended.
import { createHash, randomUUID } from 'node:crypto';
import { FailureError } from '../failureError';
import { brokenJournal } from '../journal/journal';
import type { ActiveExclusion } from '../journal/replay';
import type { Elevation, ExclusionsReading } from '../ports';
import {
  message,
  type DefenderFinding,
  type Exclusion,
  type Failure,
  type ListedExclusion,
  type Visibility,
} from '../../shared/model';
import { reachOf, splitValue, type Places } from '../../shared/rules/exclusions';
import { isWithin, sameText } from '../../shared/rules/winPath';
import { removedSince } from './evidence';
import type { ExclusionDeps } from './exclusionDeps';
import { placesOn } from './exclusionPlaces';
import { isCompanion } from './rollback';
import { isListed } from './rollback/exclusions';
import { undoAction } from './rollback/undo';
import { mayBeInEffect } from '../journal/replay';

export interface ExclusionsSeen {
  readonly visibility: Visibility;
  /** Why the list is not known, or not all of it. */
  readonly why: DefenderFinding | null;
  /** Ours first, then by value. */
  readonly items: readonly ListedExclusion[];
  /** How many of ours are active. */
  readonly ours: number;
  /** ISO 8601, UTC. */
  readonly firstEnds: string | null;
  readonly readAt: string;
  /** The list came by a prompt. */
  readonly shownByPrompt: boolean;
  /** The prompt was declined or failed, or the journal is damaged and whose an entry is not wholly known. */
  readonly failure: Failure | null;
}

/** @param byPrompt asks an administrator, where the list is hidden */
export async function readExclusions(
  deps: ExclusionDeps,
  byPrompt = false,
): Promise<ExclusionsSeen> {
  await deps.journal.refresh();
  const plain = await deps.defender.exclusions();
  const asked = byPrompt && plain.visibility === 'hidden' ? await askFor(deps.elevation) : null;
  const reading = asked?.reading ?? plain;
  await reconcile(deps, reading);
  const ours = deps.journal.activeExclusions();
  const places = placesOn(deps.machine, null);
  const items = [...ours.map(listOurs), ...listOthers(reading, ours, places)];
  const ends = ours.flatMap(({ expires }) => (expires === null ? [] : [expires])).sort();
  return {
    visibility: reading.visibility,
    why: reading.why ?? null,
    items: items.slice(0, 1000),
    ours: ours.length,
    firstEnds: ends[0] ?? null,
    readAt: deps.clock.now().toISOString(),
    shownByPrompt: asked !== null && asked.reading !== null,
    failure: asked?.failure ?? brokenJournal(deps.journal)?.failure ?? null,
  };
}

async function askFor(
  elevation: Elevation,
): Promise<{ readonly reading: ExclusionsReading | null; readonly failure: Failure | null }> {
  const outcome = await elevation.run({ id: randomUUID(), steps: [{ kind: 'readPreferences' }] });
  switch (outcome.kind) {
    case 'done': {
      const [record] = outcome.records;
      return { reading: record?.kind === 'preferences' ? record.reading : null, failure: null };
    }
    case 'declined':
      return {
        reading: null,
        failure: new FailureError('elevation.declined', { next: ['askAgain'] }).failure,
      };
    case 'lost':
    case 'unavailable':
      return {
        reading: null,
        failure: new FailureError('elevation.unavailable', {
          next: ['retry'],
          cause: new Error(outcome.cause),
        }).failure,
      };
  }
}

/**
 * Notes what is gone: ended by its task, or removed by someone. What went with it (GOTMPDIR and its folder) is taken back.
 * Where nothing can be seen, nothing is noted.
 */
export async function reconcile(deps: ExclusionDeps, reading: ExclusionsReading): Promise<number> {
  const { journal } = deps;
  if (journal.broken !== null) return 0;
  const now = deps.clock.now().toISOString();
  const gone: { readonly ours: ActiveExclusion; readonly ended: boolean }[] = [];
  for (const ours of journal.activeExclusions()) {
    // An open run is not over: its own flow reads back.
    if (journal.openRuns().some((run) => run.run === ours.run)) continue;
    const ended = ours.expires !== null && ours.expires <= now;
    const listed = isListed(reading, ours.exclusion);
    const isGone =
      listed === false ||
      (listed === null &&
        ended &&
        (await removedSince(deps.events, ours.at, ours.exclusion)) === true);
    if (isGone) gone.push({ ours, ended });
  }
  if (gone.length === 0) return 0;
  const run = await journal.startRun('expired', 0);
  for (const { ours, ended } of gone) {
    const why = message(ended ? 'rollback.why.ended' : 'rollback.why.removedByOthers');
    const entries = journal.runs().flatMap((other) => other.actions);
    const self = entries.filter((entry) => entry.id === ours.id);
    await journal.undone(ours.id, 'gone', why);
    for (const entry of entries
      .filter((other) => mayBeInEffect(other) && isCompanion(other, self))
      .reverse()) {
      if (entry.action.kind === 'addExclusion') continue;
      const undone = await undoAction({ ...deps, installer: null }, entry.action);
      await journal.undone(entry.id, undone.kind, 'why' in undone ? undone.why : why);
    }
  }
  const ended = gone.every((one) => one.ended);
  await journal.note(run, {
    kind: 'expired',
    title: message(ended ? 'history.expired' : 'history.foundGone', { count: gone.length }),
    detail: message(ended ? 'history.expired.detail' : 'history.foundGone.detail', {
      count: gone.length,
    }),
  });
  await journal.close(run);
  return gone.length;
}

function listOurs(ours: ActiveExclusion): ListedExclusion {
  const { kind, value } = ours.exclusion;
  const contextual = splitValue(value).kind === 'contextual';
  return {
    id: ours.id,
    kind,
    value,
    owner: 'gangway',
    why: ours.why,
    risk: contextual
      ? { level: 'low', reason: message('exclusions.reach.contextual') }
      : { level: 'low', reason: message('exclusions.reach.ours') },
    expires: ours.expires,
    run: ours.run,
  };
}

function listOthers(
  reading: ExclusionsReading,
  ours: readonly ActiveExclusion[],
  places: Places,
): readonly ListedExclusion[] {
  return reading.exclusions
    .filter(
      (entry) =>
        entry.source === 'policy' ||
        !ours.some(
          ({ exclusion }) =>
            exclusion.kind === entry.kind && sameText(exclusion.value, entry.value),
        ),
    )
    .map((entry): ListedExclusion => {
      const { kind, value } = entry;
      const owner =
        entry.source === 'policy'
          ? 'organisation'
          : entry.source === 'local' && isUsers(entry, places)
            ? 'user'
            : 'unknown';
      return {
        id: idOf(entry, entry.source),
        kind,
        value,
        owner,
        why: message(`exclusions.why.of.${owner}`),
        risk: reachOf({ kind, value }, places),
        expires: null,
        run: null,
      };
    })
    .sort((a, b) => (a.value.toLowerCase() < b.value.toLowerCase() ? -1 : 1));
}

/** In the user's own folder: more cannot be told from an entry. */
function isUsers({ kind, value }: Exclusion, { home }: Places): boolean {
  const split = splitValue(value);
  return (
    kind === 'path' && split.kind !== 'malformed' && home !== null && isWithin(split.path, home)
  );
}

function idOf({ kind, value }: Exclusion, source: string): string {
  return `x-${createHash('sha256').update(`${source} ${kind} ${value}`).digest('hex').slice(0, 16)}`;
}
