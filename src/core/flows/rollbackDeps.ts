// The parts of a world that taking back and applying need.
import type { ExclusionDeps } from './exclusionDeps';
import type { RollbackDeps } from './rollback';
import type { World } from './world';
import type { Installer } from '../ports';
import { FailureError } from '../failureError';

/** @param waits `once` where the work before has waited for the same folder already */
export function rollbackDeps(
  world: World,
  waits: 'patiently' | 'once' = 'patiently',
): RollbackDeps {
  const { machine, files, goEnv, journal, clock, protection } = world;
  const installer: Installer = {
    ...world.installer,
    remove: (installRoot, version) => world.installer.remove(installRoot, version, waits),
  };
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
export function applyDeps(world: World): ExclusionDeps {
  const { machine, files, goEnv, journal, clock } = world;
  return { machine, files, goEnv, journal, clock, ...presentProtection(world) };
}

/** @throws FailureError `adapter.missing` */
export function presentProtection(
  world: World,
): Pick<ExclusionDeps, 'defender' | 'elevation' | 'events'> {
  const { protection } = world;
  if (protection.kind === 'missing') {
    throw new FailureError('adapter.missing', {
      params: { reason: protection.reason.key },
      next: ['continueWithout', 'useLab'],
    });
  }
  return protection;
}
