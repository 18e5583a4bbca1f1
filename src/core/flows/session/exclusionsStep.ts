// Step 5: whether exclusions have a reason, which, and setting them with one prompt.
import { applyExclusions } from '../applyExclusions';
import { findGo } from '../findGo';
import { planStep, shapeChoice, type ExclusionPlan } from '../planExclusions';
import { applyDeps } from '../rollbackDeps';
import { rootOf } from '../installRelease';
import { planForMachine } from '../upgradeExclusions';
import { FailureError } from '../../failureError';
import type { Expiry } from '../../../shared/model';
import type { Engine } from './engine';
import { refreshPages } from './pages';

/**
 * Who comes back to the step before the new Go is there gets a new plan: what was skipped can be set after all, and a file
 * that was taken meanwhile is a reason for one exclusion more. Nothing is changed where no such reason came.
 */
export async function planAgain(engine: Engine): Promise<void> {
  const { exclusions, install } = engine.store.state.wizard;
  if (install.status !== 'idle') return;
  if (exclusions.status === 'idle' || exclusions.status === 'skipped') return plan(engine);
  if (exclusions.status !== 'applied' || engine.world.protection.kind === 'missing') return;
  await engine.work('exclusions', async () => {
    const planned = await planNow(engine, false);
    if (planned.items.some(({ purpose }) => purpose === 'toolchain')) show(engine, planned, false);
  });
}

/** A second question after "none is suggested" asks for a plan all the same. */
export async function plan(engine: Engine): Promise<void> {
  const { store, world } = engine;
  const { exclusions } = store.state.wizard;
  if (exclusions.status === 'applying' || exclusions.status === 'applied') return;
  const anyway = exclusions.status === 'ready' && exclusions.suggestion === 'none';
  store.wizard({ kind: 'planning' });
  await engine.work('exclusions', async () => {
    if (world.protection.kind === 'missing') {
      store.wizard({
        kind: 'planned',
        plan: {
          suggestion: 'cannot',
          reason: world.protection.reason,
          basis: [],
          items: [],
          changes: [],
          commands: [],
          willAsk: false,
        },
      });
      return;
    }
    show(engine, await planNow(engine, anyway || exclusions.open), anyway);
  });
}

function planNow(engine: Engine, anyway: boolean): Promise<ExclusionPlan> {
  const { store, world, chosen } = engine;
  return planForMachine(world, {
    buildRoot: chosen === null ? null : rootOf(world.machine.installRoot, chosen.version),
    anyway,
    expert: store.state.settings.expert,
  });
}

function show(engine: Engine, planned: ExclusionPlan, anyway: boolean): void {
  const { store, world } = engine;
  if (world.protection.kind === 'missing') return;
  engine.planAsks = planned.askRoot;
  const { suggestion, reason, basis, items, changes, commands, willAsk, open } = planStep(
    planned,
    world.protection.elevation,
    world.clock.now(),
  );
  store.wizard({
    kind: 'planned',
    plan: { suggestion, reason, basis, items, changes, commands, willAsk },
  });
  if (open || anyway) store.wizard({ kind: 'openedPlan' });
}

export function toggle(engine: Engine, id: string, enabled: boolean): void {
  engine.store.wizard({ kind: 'toggled', id, enabled });
  reshape(engine);
}

export function setExpiry(engine: Engine, id: string, expiry: Expiry): void {
  engine.store.wizard({ kind: 'expirySet', id, expiry });
  reshape(engine);
}

function reshape({ store, world }: Engine): void {
  if (world.protection.kind === 'missing') return;
  const { items } = store.state.wizard.exclusions;
  const { changes, commands, willAsk } = shapeChoice(
    items,
    world.protection.elevation,
    world.clock.now(),
  );
  store.wizard({ kind: 'planChanged', plan: { changes, commands, willAsk } });
}

export async function apply(engine: Engine): Promise<void> {
  const { store, world } = engine;
  const { status, items } = store.state.wizard.exclusions;
  if (status !== 'ready') return;
  // After a new start the plan is on screen, and which Go it asks is not known any more.
  if (engine.planAsks === null) {
    const found = await findGo(world, { releases: null, confirm: false });
    engine.planAsks =
      found.suggestedId === null ? null : (found.roots.get(found.suggestedId) ?? null);
  }
  store.wizard({ kind: 'applying' });
  await engine.work('exclusions', async () => {
    const outcome = await world.exclusively(() =>
      applyExclusions(applyDeps(world), { items, askRoot: engine.planAsks }),
    );
    if (outcome.failure !== null) throw FailureError.of(outcome.failure);
    store.wizard({ kind: 'applied', results: outcome.results, run: outcome.run });
  });
  await refreshPages(engine);
}
