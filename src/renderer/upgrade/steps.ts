// The stepper's seven lines, read from the wizard: each finished step says its result in one line.
import type { Source, Wizard, WizardStep } from '../../shared/model';
import { percent } from '../i18n/format';
import type { Words } from '../i18n/words';
import type { Step, StepState } from '../kit/Stepper';

/** In order. A record, so that a step that is missing does not compile. */
const positions: Readonly<Record<WizardStep, number>> = {
  find: 0,
  choose: 1,
  download: 2,
  verify: 3,
  exclusions: 4,
  install: 5,
  done: 6,
};
export const stepOrder = Object.keys(positions) as readonly WizardStep[];

export function position(step: WizardStep): number {
  return positions[step];
}

export function previous(step: WizardStep): WizardStep | null {
  return stepOrder[positions[step] - 1] ?? null;
}

export function stepsOf(wizard: Wizard, words: Words): Step[] {
  return stepOrder.map((id) => {
    const state = stateOf(id, wizard);
    return {
      id,
      name: words.t(`ui.step.${id}`),
      result: resultOf(id, state, wizard, words),
      state,
      canOpen: canOpen(id, wizard),
    };
  });
}

/** Back and forth are possible where nothing runs and nothing was done that a look back would contradict. */
function canOpen(id: WizardStep, wizard: Wizard): boolean {
  const running = wizard.install.status === 'running' || wizard.exclusions.status === 'applying';
  return (
    id !== wizard.step &&
    !running &&
    wizard.interrupted === null &&
    positions[id] <= positions[wizard.furthest]
  );
}

function stateOf(id: WizardStep, wizard: Wizard): StepState {
  if (id === wizard.step) {
    if (hasFailed(id, wizard)) return 'failed';
    return id === 'done' && wizard.done.status === 'upgraded' ? 'nowDone' : 'now';
  }
  return positions[id] < positions[wizard.furthest] ? 'done' : 'later';
}

function hasFailed(id: WizardStep, wizard: Wizard): boolean {
  return wizard.failure !== null || (id === 'verify' && wizard.verify.verdict === 'refused');
}

function resultOf(
  id: WizardStep,
  state: StepState,
  wizard: Wizard,
  words: Words,
): string | undefined {
  if (state === 'later') return undefined;
  const now = state === 'now' || state === 'failed';
  if (state === 'failed' && id !== 'verify') return words.t('ui.step.stopped');
  switch (id) {
    case 'find':
      return findResult(now, wizard, words);
    case 'choose':
      return now ? undefined : chooseResult(wizard, words);
    case 'download':
      return downloadResult(now, wizard, words);
    case 'verify':
      return verifyResult(wizard, words);
    case 'exclusions':
      return now ? undefined : exclusionsResult(wizard, words);
    case 'install':
      return installResult(now, wizard, words);
    case 'done':
      return undefined;
  }
}

function findResult(now: boolean, wizard: Wizard, words: Words): string | undefined {
  const { find } = wizard;
  if (find.status !== 'done') return undefined;
  if (find.installs.length === 0) return words.t('ui.step.find.none');
  if (now) return words.t('ui.step.find.found', { count: find.installs.length });
  const selected = find.installs.find((install) => install.id === find.selectedId);
  if (selected === undefined) return undefined;
  const how = words.t(`ui.find.short.${selected.origin}`);
  return selected.version === null
    ? how
    : words.t('ui.step.find.result', { version: selected.version, how });
}

function chooseResult(wizard: Wizard, words: Words): string | undefined {
  const version = selectedVersion(wizard);
  if (version === null) return undefined;
  return words.t('ui.step.choose.result', {
    version,
    source:
      wizard.choose.source.kind === 'embedded'
        ? words.t('ui.step.choose.lab')
        : sourceName(wizard.choose.source, words),
  });
}

function downloadResult(now: boolean, wizard: Wizard, words: Words): string | undefined {
  const { download } = wizard;
  if (download.status === 'complete') {
    const amount = words.megabytes(download.total);
    if (download.total > 0 && download.resumedFrom >= download.total) {
      return words.t('ui.step.download.kept', { amount });
    }
    return download.tookMs < 1_000
      ? words.t('ui.unit.megabytes', { amount })
      : words.t('ui.step.download.result', { amount, seconds: words.seconds(download.tookMs) });
  }
  if (!now || download.total === 0) return undefined;
  return words.t('ui.unit.percent', { amount: percent(download.received, download.total) });
}

function verifyResult(wizard: Wizard, words: Words): string | undefined {
  const { passed, published, failed } = countProofs(wizard);
  if (published === 0) return undefined;
  if (failed > 0) return words.t('ui.step.verify.failed', { count: failed });
  return passed === published
    ? words.t('ui.step.verify.resultAll', { count: published })
    : words.t('ui.step.verify.result', { passed, count: published });
}

function exclusionsResult(wizard: Wizard, words: Words): string {
  const applied = wizard.exclusions.results.filter((result) => result.result === 'applied');
  if (applied.length === 0) return words.t('ui.step.exclusions.none');
  const first = applied.flatMap((result) => result.expires ?? []).sort()[0];
  return first === undefined
    ? words.t('ui.step.exclusions.activeNoEnd', { count: applied.length })
    : words.t('ui.step.exclusions.active', {
        count: applied.length,
        until: words.untilShort(first),
      });
}

function installResult(now: boolean, wizard: Wizard, words: Words): string | undefined {
  const { install } = wizard;
  if (install.status === 'complete') {
    return words.t('ui.step.install.result', { count: install.totalFiles });
  }
  if (!now || install.status !== 'running' || install.totalFiles === 0) return undefined;
  return words.t('ui.unit.percent', { amount: percent(install.files, install.totalFiles) });
}

/** A row that is still unchecked after the verdict was not needed: it counts neither for nor against the file. */
export function countProofs(wizard: Wizard): {
  passed: number;
  failed: number;
  published: number;
  notPublished: number;
  notNeeded: number;
  checked: number;
} {
  const { proofs, verdict } = wizard.verify;
  const count = (state: string) => proofs.filter((proof) => proof.state === state).length;
  const notPublished = count('notPublished');
  const notNeeded = verdict === 'verified' ? count('notChecked') : 0;
  return {
    passed: count('passed'),
    failed: count('failed'),
    published: proofs.length - notPublished - notNeeded,
    notPublished,
    notNeeded,
    checked: proofs.length - count('notChecked'),
  };
}

/** "go1.27.0", whichever of the three cards it came from. */
export function selectedVersion(wizard: Wizard): string | null {
  const { selected, newestPatch, newestStable } = wizard.choose;
  switch (selected.offer) {
    case 'newestPatch':
      return newestPatch?.version ?? selected.version;
    case 'newestStable':
      return newestStable?.version ?? selected.version;
    case 'other':
      return selected.version;
  }
}

export function sourceName(source: Source, words: Words): string {
  switch (source.kind) {
    case 'go.dev':
      return words.t('ui.source.goDev');
    case 'golang.google.cn':
      return words.t('ui.source.googleCn');
    case 'url':
      return words.t('ui.source.mirror');
    case 'folder':
      return words.t('ui.source.folder');
    case 'embedded':
      return words.t('ui.source.lab');
  }
}

/** "go1.27.0", whether or not it says "go" already. */
export function withGo(version: string): string {
  return `go${bare(version)}`;
}

/** "1.27.0" of "go1.27.0", as version folders and the pictures write it. */
export function bare(version: string): string {
  return version.startsWith('go') ? version.slice(2) : version;
}
