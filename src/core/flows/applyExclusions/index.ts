// Applies chosen exclusions: every intent on disk first, then what needs no administrator, then one elevated batch, then
// read back, then done. Declined or refused as a whole, it leaves nothing behind.
import { asFailure, FailureError } from '../../failureError';
import { checkpoint } from '../../checkpoint';
import type { Action } from '../../journal/actions';
import type { JournalAction } from '../../journal/replay';
import type { GoEnv } from '../../ports';
import {
  message,
  type ExclusionResult,
  type Failure,
  type PlannedExclusion,
} from '../../../shared/model';
import type { ExclusionRefusal } from '../../../shared/rules/exclusions';
import { samePath } from '../../../shared/rules/winPath';
import type { ExclusionDeps } from '../exclusionDeps';
import { judgeResolved, placesOn } from '../exclusionPlaces';
import { cannotFailure, endOf, taskNameOf } from '../planExclusions';
import { isListed } from '../rollback/exclusions';
import { carryOut } from './carryOut';

export interface ApplyRequest {
  /** As planned; those that are not enabled are passed over. */
  readonly items: readonly PlannedExclusion[];
  /** The Go whose settings get GOTMPDIR. */
  readonly askRoot: string | null;
  /** The run it belongs to, which the caller closes; else it gets one of its own. */
  readonly run?: string;
}

export interface ApplyOutcome {
  /**
   * `partly`: some are in effect. `refused`: Defender took none of them. `unknown`: no record came back. In all others but
   * `applied` and these, nothing is changed.
   */
  readonly kind:
    'applied' | 'partly' | 'refused' | 'declined' | 'unavailable' | 'unknown' | 'nothing';
  readonly run: string | null;
  readonly results: readonly ExclusionResult[];
  readonly failure: Failure | null;
}

/** An action of the run with its record's id. */
export interface Entry {
  readonly id: string;
  readonly at: string;
  readonly action: Action;
  /** An earlier process wrote the intent. */
  readonly resumed: boolean;
  /** … and carried it out: it is only here to be taken back with the rest. */
  readonly finished: boolean;
}

/** @throws FailureError `exclusion.refused`, before anything is written or changed; what journal and ports throw. */
export async function applyExclusions(
  deps: ExclusionDeps,
  request: ApplyRequest,
): Promise<ApplyOutcome> {
  const chosen = request.items.filter((item) => item.enabled);
  if (chosen.length === 0) return { kind: 'nothing', run: null, results: [], failure: null };
  const env = await ask(deps.goEnv, request.askRoot);
  await judgeAll(deps, chosen, env);
  const cannot = cannotFailure(await deps.defender.status());
  if (cannot !== null) {
    return {
      kind: cannot.failure.code === 'defender.managed' ? 'refused' : 'unavailable',
      run: null,
      results: chosen.map((item) => resultOf(item, 'refused')),
      failure: cannot.failure,
    };
  }
  const actions = await actionsFor(deps, request, chosen, env);
  const own = request.run === undefined;
  const run = request.run ?? (await deps.journal.startRun('exclusions', actions.length));
  await deps.journal.refresh();
  const earlier = deps.journal.runs().find((one) => one.run === run)?.actions ?? [];
  const entries: Entry[] = [];
  for (const action of actions) {
    const there = earlier.find((entry) => isSameAction(entry, action));
    if (there !== undefined) {
      entries.push(entryOf(there));
      continue;
    }
    await checkpoint('beforeIntent', action.kind);
    const at = deps.clock.now().toISOString();
    const id = await deps.journal.intent(run, action);
    await checkpoint('afterIntent', action.kind);
    entries.push({ id, at, action, resumed: false, finished: false });
  }
  const outcome = await carryOut(deps, run, entries);
  if (own) await deps.journal.close(run);
  return outcome;
}

/** Finishes a run of its own that was cut off after all its intents were written. */
export async function resumeExclusions(deps: ExclusionDeps, run: string): Promise<ApplyOutcome> {
  const outcome = await goOnWithExclusions(deps, run);
  await deps.journal.close(run);
  return outcome;
}

/** Carries out what an earlier process meant to in this run and did not; the caller closes the run. */
export async function goOnWithExclusions(deps: ExclusionDeps, run: string): Promise<ApplyOutcome> {
  const actions = deps.journal.runs().find((one) => one.run === run)?.actions ?? [];
  const entries = actions
    .filter(({ action }) => action.kind !== 'unpack' && action.kind !== 'switchCurrent')
    .filter((entry) => entry.undone === null && entry.done?.result !== 'refused')
    .map(entryOf);
  if (entries.every((entry) => entry.finished)) {
    return { kind: 'nothing', run, results: [], failure: null };
  }
  return carryOut(deps, run, entries);
}

function entryOf({ id, at, action, done }: JournalAction): Entry {
  return { id, at, action, resumed: true, finished: done?.result === 'applied' };
}

async function ask(
  goEnv: GoEnv,
  root: string | null,
): Promise<Readonly<Record<string, string>> | null> {
  if (root === null) return null;
  try {
    return await goEnv.read(root);
  } catch (error) {
    if (asFailure(error).code === 'goEnv.unavailable') return null;
    throw error;
  }
}

/** Judged again here: what was planned may have been a long time ago, and a link can have moved since. */
async function judgeAll(
  deps: ExclusionDeps,
  chosen: readonly PlannedExclusion[],
  env: Readonly<Record<string, string>> | null,
): Promise<void> {
  const places = placesOn(deps.machine, env);
  for (const { kind, value, setsGoEnv } of chosen) {
    const judged = await judgeResolved({ kind, value }, places, deps.files);
    if (judged.kind === 'refused') throw refusedFailure(value, judged.why, judged.reason);
    if (judged.exclusion.value !== value) throw refusedFailure(value, 'leadsElsewhere');
    if (setsGoEnv === undefined) continue;
    if (setsGoEnv.name !== 'GOTMPDIR' || !samePath(setsGoEnv.value, value)) {
      throw refusedFailure(setsGoEnv.value, 'notItsFolder');
    }
  }
}

/** What the rules of exclusions do not know: the plan says one thing, and the disk or the wish another. */
type PlanRefusal = 'leadsElsewhere' | 'notItsFolder';

function refusedFailure(
  value: string,
  rule: ExclusionRefusal | PlanRefusal,
  reason = message(`exclusions.refused.${rule}`, { value: value.slice(0, 512) }),
): FailureError {
  return new FailureError('exclusion.refused', {
    params: { value: value.slice(0, 1024), rule, reason },
    next: ['continueWithout'],
    details: [
      { id: 'value', value },
      { id: 'rule', value: rule },
    ],
  });
}

async function actionsFor(
  deps: ExclusionDeps,
  { askRoot }: ApplyRequest,
  chosen: readonly PlannedExclusion[],
  env: Readonly<Record<string, string>> | null,
): Promise<readonly Action[]> {
  const reading = await deps.defender.exclusions();
  const now = deps.clock.now();
  const actions: Action[] = [];
  for (const { setsGoEnv } of chosen) {
    if (setsGoEnv === undefined) continue;
    if (askRoot === null || env === null) {
      throw new FailureError('goEnv.unavailable', {
        params: { root: askRoot ?? '' },
        next: ['continueWithout'],
      });
    }
    if (!(await deps.files.exists(setsGoEnv.value))) {
      actions.push({ kind: 'makeFolder', path: setsGoEnv.value });
    }
    actions.push({
      kind: 'setGoEnv',
      root: askRoot,
      name: setsGoEnv.name,
      value: setsGoEnv.value,
      before: env[setsGoEnv.name] ?? '',
    });
  }
  for (const item of chosen) {
    const exclusion = { kind: item.kind, value: item.value };
    const expires = endOf(item.expiry, now);
    actions.push({
      kind: 'addExclusion',
      exclusion,
      why: item.why,
      expires,
      before: isListed(reading, exclusion),
      task: expires === null ? null : taskNameOf(exclusion),
    });
  }
  return actions;
}

function isSameAction(entry: JournalAction, action: Action): boolean {
  const there = entry.action;
  if (entry.undone !== null || entry.done?.result === 'refused') return false;
  switch (action.kind) {
    case 'addExclusion':
      return (
        there.kind === 'addExclusion' &&
        there.exclusion.kind === action.exclusion.kind &&
        there.exclusion.value === action.exclusion.value
      );
    case 'setGoEnv':
      return (
        there.kind === 'setGoEnv' && there.name === action.name && there.value === action.value
      );
    case 'makeFolder':
      return there.kind === 'makeFolder' && there.path === action.path;
    case 'unpack':
    case 'switchCurrent':
      return false;
  }
}

function resultOf(item: PlannedExclusion, result: ExclusionResult['result']): ExclusionResult {
  return { kind: item.kind, value: item.value, result, why: item.why, expires: null };
}
