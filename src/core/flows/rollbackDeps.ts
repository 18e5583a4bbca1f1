// The parts of a world that taking back and applying need.
import type { ApplyDeps } from './applyExclusions';
import type { RollbackDeps } from './rollback';
import type { World } from './world';
import { FailureError } from '../failureError';

export function rollbackDeps(world: World): RollbackDeps {
  const { machine, files, goEnv, installer, journal, clock, protection } = world;
  return {
    machine,
    files,
    goEnv,
    installer,
    journal,
    protection:
      protection.kind === 'missing'
        ? null
        : {
            defender: protection.defender,
            elevation: protection.elevation,
            events: protection.events,
            clock,
          },
  };
}

/** @throws FailureError `adapter.missing` where this system has no Defender that Gangway can reach */
export function applyDeps(world: World): ApplyDeps {
  const { machine, files, goEnv, journal, clock } = world;
  return { machine, files, goEnv, journal, clock, ...presentProtection(world) };
}

/** @throws FailureError `adapter.missing` */
export function presentProtection(
  world: World,
): Pick<ApplyDeps, 'defender' | 'elevation' | 'events'> {
  const { protection } = world;
  if (protection.kind === 'missing') {
    throw new FailureError('adapter.missing', {
      params: { reason: protection.reason.key },
      next: ['continueWithout', 'useLab'],
    });
  }
  return protection;
}
