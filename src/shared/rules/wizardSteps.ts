// The wizard's steps: what completes one, what a changed choice takes back, and what stops when everything stops.
import type { Source } from '../model/release';
import {
  initialWizard,
  wizardSteps,
  type VersionOption,
  type Wizard,
  type WizardStep,
} from '../model/wizard';

/** The version that the choice comes to; null while nothing is chosen or the list does not have it. */
export function chosenVersion(wizard: Wizard): VersionOption | null {
  const { choose } = wizard;
  switch (choose.selected.offer) {
    case 'newestPatch':
      return choose.newestPatch;
    case 'newestStable':
      return choose.newestStable;
    case 'other':
      return choose.versions.find((option) => option.version === choose.selected.version) ?? null;
  }
}

/** Whether the step's own work is done, so that the next one may open. */
export function isComplete(wizard: Wizard, step: WizardStep): boolean {
  switch (step) {
    case 'find':
      return wizard.find.status === 'done';
    case 'choose':
      return wizard.choose.status === 'ready' && chosenVersion(wizard)?.available === true;
    case 'download':
      return wizard.download.status === 'complete';
    case 'verify':
      return wizard.verify.verdict === 'verified';
    case 'exclusions':
      return wizard.exclusions.status === 'applied' || wizard.exclusions.status === 'skipped';
    case 'install':
      return wizard.install.status === 'complete';
    case 'done':
      return false;
  }
}

/** Later results stand as long as the choice comes to the same version from the same source. */
export function keepWhile(before: Wizard, step: WizardStep, after: Wizard): Wizard {
  const isSame =
    chosenVersion(before)?.version === chosenVersion(after)?.version &&
    sameSource(before.choose.source, after.choose.source);
  // The very first list, or one that comes after a start, changes nothing that was chosen.
  const isFirst = chosenVersion(before) === null;
  return isSame || isFirst ? after : invalidateAfter(after, step);
}

/** Takes back every result after `step`. Exclusions that were applied are in effect, and stay shown as such. */
export function invalidateAfter(wizard: Wizard, step: WizardStep): Wizard {
  const at = indexOf(step);
  const reset = (later: WizardStep): boolean => indexOf(later) > at;
  const furthest = indexOf(wizard.furthest) > at ? step : wizard.furthest;
  const keepsExclusions = wizard.exclusions.status === 'applied' || !reset('exclusions');
  return {
    ...wizard,
    furthest,
    step: indexOf(wizard.step) > indexOf(furthest) ? furthest : wizard.step,
    failure: null,
    run: reset('install') ? null : wizard.run,
    download: reset('download') ? initialWizard.download : wizard.download,
    verify: reset('verify') ? initialWizard.verify : wizard.verify,
    exclusions: keepsExclusions ? wizard.exclusions : initialWizard.exclusions,
    install: reset('install') ? initialWizard.install : wizard.install,
    done: reset('done') ? initialWizard.done : wizard.done,
  };
}

export function reach(wizard: Wizard, step: WizardStep): Wizard {
  const isFurther = indexOf(step) > indexOf(wizard.furthest);
  return { ...wizard, step, furthest: isFurther ? step : wizard.furthest };
}

/** The same state with nothing running. What had been reached stays. */
export function stopped(wizard: Wizard): Wizard {
  const { find, choose, verify, exclusions, install } = wizard;
  return {
    ...wizard,
    find: find.status === 'searching' ? { ...find, status: 'idle' } : find,
    choose: choose.status === 'loading' ? { ...choose, status: 'idle' } : choose,
    download: stoppedDownload(wizard.download),
    verify: verify.status === 'running' ? { ...verify, status: 'idle', proofs: [] } : verify,
    exclusions:
      exclusions.status === 'applying'
        ? { ...exclusions, status: 'ready' }
        : exclusions.status === 'planning'
          ? { ...exclusions, status: 'idle' }
          : exclusions,
    install:
      install.status === 'running'
        ? {
            ...install,
            status: 'idle',
            secondsLeft: null,
            filesPerSecond: 0,
            substeps: install.substeps.map((substep) =>
              substep.state === 'running' ? { ...substep, state: 'failed' } : substep,
            ),
          }
        : install,
  };
}

export function stoppedDownload(download: Wizard['download']): Wizard['download'] {
  if (download.status !== 'running') return download;
  return { ...download, status: 'paused', speed: 0, secondsLeft: null };
}

export function indexOf(step: WizardStep): number {
  return wizardSteps.indexOf(step);
}

export function sameSource(a: Source, b: Source): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
