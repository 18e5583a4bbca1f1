// The wizard's next state, as a pure function of the state and of what happened. It promises: going back loses nothing,
// `step` never passes `furthest`, and a changed choice takes the results that stood on it with it. It starts nothing.
import { initialWizard, wizardSteps, type Wizard } from '../model/wizard';
import type { WizardEvent } from './wizardEvents';
import {
  indexOf,
  invalidateAfter,
  isComplete,
  keepWhile,
  reach,
  sameSource,
  stopped,
  stoppedDownload,
} from './wizardSteps';

type Substep = Wizard['install']['substeps'][number];

export function reduceWizard(wizard: Wizard, event: WizardEvent): Wizard {
  switch (event.kind) {
    case 'searching':
      return { ...wizard, find: { ...wizard.find, status: 'searching' } };
    case 'found':
      return found(wizard, event);
    case 'selectedGo':
      if (!wizard.find.installs.some((install) => install.id === event.id)) return wizard;
      if (wizard.find.selectedId === event.id) return wizard;
      return selectGo(wizard, event.id);
    case 'listing':
      return { ...wizard, choose: { ...wizard.choose, status: 'loading' } };
    case 'listed':
      return keepWhile(wizard, 'choose', {
        ...wizard,
        choose: { ...event.choose, status: 'ready', selected: wizard.choose.selected },
      });
    case 'notListed':
      if (wizard.choose.status !== 'loading') return wizard;
      return { ...wizard, choose: { ...wizard.choose, status: 'idle' } };
    case 'choseSource':
      if (sameSource(wizard.choose.source, event.source)) return wizard;
      return invalidateAfter(
        {
          ...wizard,
          choose: {
            ...wizard.choose,
            source: event.source,
            status: 'idle',
            fetchedAt: null,
            newestPatch: null,
            newestStable: null,
            versions: [],
          },
        },
        'choose',
      );
    case 'choseVersion':
      return keepWhile(wizard, 'choose', {
        ...wizard,
        choose: { ...wizard.choose, selected: event.selected },
      });
    case 'downloadStarted':
      return reach(
        {
          ...invalidateAfter(wizard, 'download'),
          failure: null,
          download: {
            ...initialWizard.download,
            ...event.download,
            received: event.download.resumedFrom,
            status: 'running',
          },
        },
        'download',
      );
    case 'downloadMoved':
      if (wizard.download.status !== 'running') return wizard;
      return {
        ...wizard,
        download: {
          ...wizard.download,
          received: event.received,
          speed: event.speed,
          secondsLeft: event.secondsLeft,
        },
      };
    case 'downloadPaused':
      return { ...wizard, download: stoppedDownload(wizard.download) };
    case 'downloadDropped':
      return {
        ...invalidateAfter(wizard, 'download'),
        failure: null,
        download: initialWizard.download,
      };
    case 'downloaded':
      return {
        ...wizard,
        download: {
          ...wizard.download,
          status: 'complete',
          received: wizard.download.total,
          resumedFrom: event.resumedFrom,
          tookMs: event.tookMs,
          speed: 0,
          secondsLeft: null,
        },
      };
    case 'verifying':
      return reach(
        {
          ...wizard,
          failure: null,
          verify: { ...initialWizard.verify, accepted: wizard.verify.accepted, status: 'running' },
        },
        'verify',
      );
    case 'proved':
      return { ...wizard, verify: { ...wizard.verify, proofs: [...event.proofs] } };
    case 'judged':
      return {
        ...wizard,
        verify: {
          ...wizard.verify,
          status: 'done',
          verdict: event.verdict,
          proofs: [...event.proofs],
          acceptable: [...event.acceptable],
          checkedAt: event.checkedAt,
        },
      };
    case 'accepted':
      return {
        ...wizard,
        verify: {
          ...wizard.verify,
          accepted: [...new Set([...wizard.verify.accepted, event.id])],
        },
      };
    case 'planning':
      return withExclusions(wizard, { status: 'planning' });
    case 'planned':
      return withExclusions(wizard, {
        ...event.plan,
        status: 'ready',
        results: [],
        open: wizard.exclusions.open || event.plan.suggestion === 'plan',
      });
    case 'openedPlan':
      return withExclusions(wizard, { open: true });
    case 'toggled':
      return changeItem(wizard, event.id, (item) => ({ ...item, enabled: event.enabled }));
    case 'expirySet':
      return changeItem(wizard, event.id, (item) => ({ ...item, expiry: event.expiry }));
    case 'planChanged':
      return withExclusions(wizard, event.plan);
    case 'applying':
      return withExclusions({ ...wizard, failure: null }, { status: 'applying' });
    case 'applied':
      return withExclusions(wizard, {
        status: 'applied',
        results: [...event.results],
        run: event.run,
        earlierRuns: earlierRuns(wizard, event.run),
      });
    case 'skipped':
      return withExclusions({ ...wizard, failure: null }, { status: 'skipped' });
    case 'installing':
      return reach(
        {
          ...wizard,
          failure: null,
          run: event.run,
          install: { ...initialWizard.install, status: 'running', target: event.target },
          done: initialWizard.done,
        },
        'install',
      );
    case 'installMoved': {
      if (wizard.install.status !== 'running') return wizard;
      const { files, totalFiles, filesPerSecond, secondsLeft, currentFile } = event;
      return {
        ...wizard,
        install: {
          ...wizard.install,
          files,
          totalFiles,
          filesPerSecond,
          secondsLeft,
          currentFile,
        },
      };
    }
    case 'substep':
      return { ...wizard, install: { ...wizard.install, substeps: setSubstep(wizard, event) } };
    case 'installStopped':
      return { ...wizard, install: initialWizard.install };
    case 'upgraded':
      return reach(
        {
          ...wizard,
          failure: null,
          install: { ...wizard.install, status: 'complete', secondsLeft: null, currentFile: '' },
          done: { ...event.done, status: 'upgraded' },
        },
        'done',
      );
    case 'undone':
      return {
        ...wizard,
        failure: null,
        exclusions: initialWizard.exclusions,
        done: { ...wizard.done, status: 'undone', switchBackTo: null },
      };
    case 'exclusionsUndone':
      return { ...wizard, exclusions: initialWizard.exclusions };
    case 'doneChanged':
      return { ...wizard, done: { ...wizard.done, ...event.done } };
    case 'failed':
      return { ...stopped(wizard), failure: event.failure };
    case 'failureDismissed':
      return { ...wizard, failure: null };
    case 'interrupted':
      return { ...wizard, interrupted: event.interrupted };
    case 'went':
      if (indexOf(event.step) > indexOf(wizard.furthest) || event.step === wizard.step) {
        return wizard;
      }
      // What failed is still told by its step's own state; the panel belongs to the moment.
      return { ...wizard, step: event.step, failure: null };
    case 'continued': {
      const next = wizardSteps[indexOf(wizard.step) + 1];
      if (next === undefined || !isComplete(wizard, wizard.step)) return wizard;
      return reach({ ...wizard, failure: null }, next);
    }
    case 'restarted':
      return {
        ...initialWizard,
        choose: { ...initialWizard.choose, source: wizard.choose.source },
      };
    case 'resumed':
      return stopped(wizard);
  }
}

function found(wizard: Wizard, event: WizardEvent & { readonly kind: 'found' }): Wizard {
  const { find } = wizard;
  const kept = event.installs.find((install) => install.id === find.selectedId);
  const before = find.installs.find((install) => install.id === find.selectedId);
  const selectedId = kept?.id ?? event.suggestedId;
  const next: Wizard = {
    ...wizard,
    find: {
      status: 'done',
      installs: [...event.installs],
      selectedId,
      tookMs: event.tookMs,
      places: [...event.places],
      listedAt: event.listedAt,
    },
  };
  const isSame = selectedId === find.selectedId && kept?.version === before?.version;
  // After an upgrade the same folders are found in another order: what was done stays done.
  return isSame || wizard.done.status !== 'idle' ? next : selectGo(next, selectedId);
}

function selectGo(wizard: Wizard, id: string | null): Wizard {
  const changed = { ...wizard, find: { ...wizard.find, selectedId: id } };
  return invalidateAfter({ ...changed, choose: { ...changed.choose, status: 'idle' } }, 'find');
}

function withExclusions(wizard: Wizard, part: Partial<Wizard['exclusions']>): Wizard {
  return { ...wizard, exclusions: { ...wizard.exclusions, ...part } };
}

/** An undo takes all of them back. */
function earlierRuns({ exclusions }: Wizard, run: string | null): string[] {
  const known = [...(exclusions.earlierRuns ?? []), ...(exclusions.run ? [exclusions.run] : [])];
  return [...new Set(known)].filter((earlier) => earlier !== run).slice(-16);
}

function changeItem(
  wizard: Wizard,
  id: string,
  change: (item: Wizard['exclusions']['items'][number]) => Wizard['exclusions']['items'][number],
): Wizard {
  if (wizard.exclusions.status !== 'ready') return wizard;
  const items = wizard.exclusions.items.map((item) => (item.id === id ? change(item) : item));
  return withExclusions(wizard, { items });
}

function setSubstep(wizard: Wizard, event: WizardEvent & { readonly kind: 'substep' }): Substep[] {
  return wizard.install.substeps.map((substep) =>
    substep.id === event.id
      ? { id: event.id, state: event.state, note: event.note ?? substep.note }
      : substep,
  );
}
