// The exclusions of an upgrade: planned from what Go says and what Defender did, set as part of the upgrade's own run.
import { applyExclusions, goOnWithExclusions } from './applyExclusions';
import { blockContext } from './blockContext';
import { findGo } from './findGo';
import { cannotFailure, planExclusions, type ExclusionPlan } from './planExclusions';
import { applyDeps, presentProtection } from './rollbackDeps';
import { readBlocks } from './watchBlocks';
import type { World } from './world';
import { FailureError } from '../failureError';
import type { ExclusionResult, Failure, PlannedExclusion } from '../../shared/model';
import { message } from '../../shared/model/message';

export type ExclusionWish =
  | { readonly kind: 'none' }
  /** Only what a block gives a reason for, and only if somebody is there to agree. */
  | { readonly kind: 'whereBlocked' }
  /** Asked for: what cannot be set stops the upgrade before it begins. `canAnswer`: nobody needs to, or somebody can. */
  | { readonly kind: 'plan'; readonly canAnswer: boolean };

/** Stops what cannot end well before anything is downloaded. @throws FailureError */
export async function refuseEarly(world: World, wish: ExclusionWish): Promise<void> {
  if (wish.kind !== 'plan') return;
  const { defender } = presentProtection(world);
  const cannot = cannotFailure(await defender.status());
  if (cannot !== null) throw cannot;
  if (!wish.canAnswer) throw new FailureError('consent.missing', { next: ['continueWithout'] });
}

export interface PlanWish {
  /** The Go about to be installed, whose tools will build; null: the one that is there. */
  readonly buildRoot: string | null;
  /** Also where nothing was blocked. */
  readonly anyway: boolean;
  readonly expert: boolean;
}

/** @throws FailureError `adapter.missing` */
export async function planForMachine(world: World, wish: PlanWish): Promise<ExclusionPlan> {
  const { defender, events } = presentProtection(world);
  const found = await findGo(world, { releases: null, confirm: false });
  const told = await blockContext(world, { releases: null, listedAt: null, unpacking: () => null });
  const seen = await readBlocks({ ...told, events, clock: world.clock });
  const asked = found.suggestedId === null ? undefined : found.roots.get(found.suggestedId);
  return planExclusions(
    { ...world, defender },
    {
      askRoot: asked ?? null,
      buildRoot: wish.buildRoot,
      blocks: seen.blocks,
      since: seen.since,
      anyway: wish.anyway,
      expert: wish.expert,
    },
  );
}

/** @throws FailureError with what Defender or the user answered where nothing, or not what was asked for, was set */
export async function setExclusions(
  world: World,
  request: { readonly wish: ExclusionWish; readonly run: string; readonly buildRoot: string },
  observer: {
    starts(): void;
    /** What came of asking, also where it then stops the upgrade. */
    results(results: readonly ExclusionResult[]): void;
    confirm(items: readonly PlannedExclusion[]): Promise<boolean | null>;
  },
): Promise<readonly ExclusionResult[]> {
  const { wish, run, buildRoot } = request;
  if (world.protection.kind === 'missing') return [];
  await goOn(world, run);
  if (wish.kind === 'none') return resultsOf(world, run);
  const settings = await world.settings.read();
  const plan = await planForMachine(world, {
    buildRoot,
    anyway: wish.kind === 'plan',
    expert: settings.expert,
  });
  const chosen = plan.items.filter((item) => item.enabled);
  if (chosen.length === 0) return resultsOf(world, run);
  const answer = await observer.confirm(chosen);
  if (answer !== true) {
    if (wish.kind === 'whereBlocked') return resultsOf(world, run);
    throw new FailureError(answer === null ? 'consent.missing' : 'consent.no', {
      next: ['continueWithout'],
    });
  }
  observer.starts();
  const outcome = await applyExclusions(applyDeps(world), {
    items: chosen,
    askRoot: plan.askRoot,
    run,
  });
  if (outcome.failure !== null) observer.results(outcome.results);
  stopOn(outcome.failure);
  return resultsOf(world, run);
}

/** Intents that an earlier process wrote and did not finish. */
async function goOn(world: World, run: string): Promise<void> {
  const outcome = await goOnWithExclusions(applyDeps(world), run);
  stopOn(outcome.failure);
}

/** What the journal has of this run, also from an earlier process. */
function resultsOf(world: World, run: string): readonly ExclusionResult[] {
  const actions = world.journal.runs().find((known) => known.run === run)?.actions ?? [];
  return actions.flatMap(({ action, done, undone }): ExclusionResult[] => {
    if (action.kind !== 'addExclusion' || undone !== null) return [];
    const { kind, value } = action.exclusion;
    const result = done?.result ?? 'unknown';
    return [
      {
        kind,
        value,
        result,
        why: result === 'applied' ? action.why : message('exclusions.result.unknown'),
        expires: result === 'applied' ? action.expires : null,
      },
    ];
  });
}

function stopOn(failure: Failure | null): void {
  if (failure !== null) throw FailureError.of(failure);
}
